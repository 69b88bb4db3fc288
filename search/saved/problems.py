"""What a caller is told about his history and saved searches."""

from auth.errors import Problem
from search.saved.model import SAVED


class NoOrganisation(Problem):
    """Sharing needs an organisation to share in."""

    status = 409
    code = "no_organisation"
    zh = "您的账号不属于任何单位，不能共享；请管理员把账号加入单位。"
    en = "Your account belongs to no organisation to share with. Ask the administrator to add it to yours."


class Changed(Problem):
    """Somebody changed it since it was read."""

    status = 409
    code = "changed_meanwhile"
    zh = "这条检索已被修改，请重新打开后再改。"
    en = "This search was changed meanwhile. Open it again and then change it."


class TooManySaved(Problem):
    """The account has `SAVED` of them."""

    status = 409
    code = "too_many_saved"
    zh = f"已保存 {SAVED} 条检索，请先删除不用的。"
    en = f"{SAVED:,} searches are saved already. Delete some that are not used."


class NamesHistory(Problem):
    """A saved search stands by itself; a number of the history is one person's, and is forgotten in time."""

    status = 422
    code = "names_history"
    zh = "保存的检索不能引用检索历史中的编号列表，请写出完整的检索式。"
    en = "A saved search can't name a list of numbers of the history. Write the query in full."
