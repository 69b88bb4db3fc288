"""Texts of each language's pieces in any order."""

import random

_SHARED = (
    *(
        "(",
        ")",
        "（",
        "）",
        '"',
        "“",
        "”",
        "[",
        "]",
        "{",
        "}",
        ",",
        ";",
        "，",
        "、",
        "/",
        "\\",
        "-",
        "－",
        "#",
        "$",
        "@",
        "~",
        "^",
        "&",
    ),
    *("锂电池", "灯", "battery", "a", "b", "LED灯", "wi-fi", "ß", "İ", "𬭛", "１９", "2019", "20190101", "2019-13", "9999", "00"),
    *("*", "?", "＊", "？", "+", "＋", ":", "：", "=", "＝", "<", ">", "<=", ">=", "<>", "==", "..", "."),
    *(" ", "　", "\n", "\t", "\x00", "\u200b", "\ud800", "\x85", "H01M10/05", "CN110330865B", "201910792871.4", "201910792871.5"),
    *('"}},{"match_all":{}', "_exists_:title", "field:*", "/.*a{1000}/", "${jndi:x}", "';--", "<script>", "{!x}", "%", "%s", "{0}"),
)
_PIECES = {
    "native": ("AND", "OR", "NOT", "与", "或", "非", "NEAR/3", "ADJ/0", "SENT", "同段/2", "#3", "ti", "标题", "pd", "TO", "*:*"),
    "cql": (
        *(
            "and",
            "or",
            "not",
            "AND",
            "prox",
            "prox/distance<3",
            "prox/unit=sentence",
            "prox/ordered",
            "prox/distance<=99999",
            "prox/x",
        ),
        *("ti", "ab", "ta", "txt", "pd", "ipc", "cl", "pn", "num", "ct", "xx", "all", "any", "within", "bat*", "c#t", "c?t"),
        *("ti=", 'ti all "a b"', 'pd within "2000 2005"', "pd=2000:2002", '"07/01/2008"', "pn=EP"),
    ),
    "ppubs": (
        *("AND", "OR", "NOT", "XOR", "ADJ", "ADJ3", "NEAR2", "WITH", "SAME3", "SAME99", "ADJ0", "NEAR99999", "L12", "L0", "adj"),
        *(".ti.", ".ti,ab.", "[ti]", "TI/", ".pd.", ".zz.", "@pd", "@pd>=1997<=1998", "@ay=2006", "@xx", "bat$", "bat$2", "bat$9"),
        *("(a b).ti.", "# x", "9876543.pn.", "US-11449323-B2.did.", ".ccls."),
    ),
    "cprs": (
        *("/TI", "/AB", "/IC", "/AN", "/PN", "/AD", "/GD", "/DZ", "/CO", "/PR", "/ZZ", "/ti", "(001)", "(000)", "（002）"),
        *(
            "@LX=UM",
            "@LX=DI,AI",
            "@LX",
            "@YX",
            "@SX",
            "@CO=CN,US",
            "@LX=ZZ",
            "20060202>20090101",
            "85107482",
            "20082",
            "北京市",
            "11",
        ),
        *("电脑/TI", "A47J02766/IC", "2008/AD"),
    ),
    "pss": (
        *(
            "AND",
            "OR",
            "NOT",
            "与",
            "或",
            "非",
            "W",
            "3W",
            "D",
            "2D",
            "S",
            "P",
            "99999W",
            "发明名称",
            "申请（专利权）人",
            "公开日",
            "申请号",
        ),
        *("=(", "发明名称=(", "公开日=20190101:20201231", "+2019107+", "ba+", "c#t", "c?t", "发明类型=", '"I"', "法律状态=", "xx="),
    ),
    "google": (
        *("AND", "OR", "NOT", "and", "NEAR/3", "ADJ/2", "NEAR", "ADJ/0", "-battery", "-", "--", "-(", "assignee:", "inventor:"),
        *(
            "TI=",
            "tac:",
            "before:",
            "after:",
            "before:priority:2019",
            "after:filing:",
            "status:GRANT",
            "type:DESIGN",
            "language:",
            "xx:",
        ),
        *("bat*", "c#t", "c?t", "bat$2", "bat$9"),
    ),
}


def fuzz(dialect: str, seed: int) -> str:
    """The same seed gives the same text; ``auto`` mixes the pieces of all languages."""
    chance = random.Random(seed)
    own = _PIECES.get(dialect) or tuple(piece for pieces in _PIECES.values() for piece in pieces)
    pieces = [
        chance.choice(own if chance.random() < 0.6 else _SHARED) for _ in range(chance.choice([1, 2, 3, 4, 6, 9, 14, 40, 400]))
    ]
    return chance.choice(["", " ", " "]).join(pieces)
