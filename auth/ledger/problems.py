"""What a caller is told about a log."""

from auth.errors import Problem


class LogUnknown(Problem):
    """The caller may not see the log, or it has no fact yet: one answer."""

    status = 404
    code = "log_unknown"
    zh = "没有这个存证日志，或其中还没有事实。请核对机构编号。"
    en = "There is no such evidence log, or it has no fact yet. Check the agency's id."


class SizeUnsigned(Problem):
    """No checkpoint of this size was ever signed."""

    status = 404
    code = "size_unsigned"
    zh = "没有这个大小的签名检查点；省略 size 即用最新的。"
    en = "No checkpoint of this size was signed. Leave size out to use the newest."


class OutsideTree(Problem):
    """The leaf or the earlier size is not inside the tree asked about."""

    status = 422
    code = "outside_tree"
    zh = "index 须小于检查点的大小，old 不得大于它。"
    en = "index must be less than the checkpoint's size, and old no more than it."


class LedgerDamaged(Problem):
    """The log does not agree with what was signed: nothing is signed or proved until somebody has looked."""

    status = 503
    code = "ledger_damaged"
    zh = "存证日志与已签名的检查点不符，已停止签名。请管理员运行 patentry ledger fsck。"
    en = "The evidence log disagrees with what was signed, so nothing more is signed. The administrator runs patentry ledger fsck."

    def __init__(self) -> None:
        super().__init__(retry_after_s=3600)
