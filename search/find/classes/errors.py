"""What loading or looking up classes may answer instead."""

from auth.errors import Problem


class SchemeRefused(Exception):
    """A file that is no scheme or concordance that can be read."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{en} · {zh}")
        self.zh = zh
        self.en = en


class NoSuchClass(Problem):
    """A symbol that can't be one, or a class of another scheme that no loaded file has."""

    status = 404
    code = "no_class"
    zh = "没有这个分类号。IPC、CPC 应写作 H01M、H01M10/0525；其他分类体系须由管理员用 patentry classes load 加载。"
    en = "There is no such class. Write H01M, H01M10/0525; other schemes are loaded by the administrator (patentry classes load)."
