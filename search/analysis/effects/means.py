"""The means of a sentence: what it says an effect comes by, as it is written, and the head under which means are counted together.

In Chinese what follows 通过 采用 利用 设置 …, in English what follows *by …-ing*, *by*, *through*, *using*, else the subject; where
the sentence names none, what the document is about: its title, or what its abstract begins with.
"""

import re

LONGEST = 60
"""Characters of a means."""

_ZH = re.compile(r"(?:通过|采用|利用|借助|由于|使用|增设|设置有?|设有|安装有?)了?(?P<means>[^，。；：、,;]{2,40})")
_ZH_AGAIN = re.compile(r"^(?:设置|安装|采用|设计|增加|使用|利用|对|将)(?:有|了)?(?:一款|一种|一个|两个)?")
_ZH_REST = re.compile(
    r"(?:的?(?:配合使用|相?配合|设置|方式|作用|使用|共同作用)|来|将|对|进行|使|能够|可以|实现|提高|降低|减少|达到|以|从而|为|在|与|和|及|并|后|之后).*$"
)
_ZH_ABOUT = re.compile(r"一种(?P<means>[^，。；：,;]{2,40})")
_ZH_NOTHING = re.compile(r"^(?:本|该|上述|所述)|^(?:装置|系统|方法|设备|工艺|结构|机构)$")
_ZH_HEAD = re.compile(
    r"(?:[\u3400-\u9fff]{0,2}(?:装置|系统|机构|组件|单元|模块|结构|设备|材料|方法|工艺|涂层|管道|通道|电路|算法|模型|程序|部件|元件|电极|合金|薄膜|循环)"
    r"|[\u3400-\u9fff]{0,2}[器机泵阀管炉窑塔箱板罐仓柜轮轴带网槽孔口室层片膜杆座架芯线圈棒剂胶液料粉油])$"
)
_EN = re.compile(
    r"\b(?:by(?: means of)?|through|via|using|thanks to|due to|because of)\s+(?:the\s+)?"
    r"(?:(?:use|combination|optimal combination)\s+of\s+)?(?P<means>[^,.;:()]{3,80})",
    re.IGNORECASE,
)
_EN_SUBJECT = re.compile(
    r"^(?:at the same time )?(?:the|this|an?)\s+(?P<means>(?:[\w-]+\s+){0,5}?[\w-]+)\s+(?:can|may|could|will|has|have|is|are"
    r"|improves?|reduces?|provides?|enables?|allows?|ensures?|avoids?|prevents?|increases?|achieves?)\b",
    re.IGNORECASE,
)
_EN_ABOUT = re.compile(r"\b(?:relates? to|provides?|discloses?|is)\s+(?:an?|the)\s+(?P<means>[^,.;:()]{3,80})", re.IGNORECASE)
_EN_REST = re.compile(
    r"\s*\b(?:of|for|to|in|on|at|from|into|with|that|which|wherein|and|so|is|are|be|can|may|could|will|as|having|comprising"
    r"|including)\b.*$",
    re.IGNORECASE,
)
_EN_START = re.compile(r"^(?:\w+ing\s+)?(?:the|an?|this|one|two|said|at least one|a plurality of)\s+|^\w+ing\s+", re.IGNORECASE)
_EN_NOTHING = re.compile(
    r"^(?:present )?(?:invention|utility model|disclosure|application|embodiments?|technology|scheme|solution|systems?|devices?"
    r"|methods?)$",
    re.IGNORECASE,
)


def means(sentence: str, lang: str, *, before: int) -> str:
    """What the sentence says the effect at `before` comes by: the last before it, else the first; empty where it names none."""
    if lang == "zh":
        found = [_zh(hit["means"]) for hit in _ZH.finditer(sentence) if hit.start() <= before]
        return next((each for each in reversed(found) if _ZH_HEAD.search(each) and not _ZH_NOTHING.search(each)), "")
    hits = [(hit.start(), named) for hit in _EN.finditer(sentence) if (named := _en(hit["means"]))]
    if hits:
        return next((named for place, named in reversed(hits) if place <= before), hits[0][1])
    subject = _EN_SUBJECT.search(sentence)
    named = _en(subject["means"]) if subject else ""
    return "" if _EN_NOTHING.search(named) else named


def about(text: str, title: str, lang: str) -> str:
    """What a document is about, by its title or the beginning of its abstract; empty where neither says."""
    if lang == "zh":
        if title:
            return _zh_named(title.removeprefix("一种"))
        hit = _ZH_ABOUT.search(text[:200])
        return _zh_named(hit["means"]) if hit else ""
    if title:
        return _en(title)
    hit = _EN_ABOUT.search(text[:300])
    return _en(hit["means"]) if hit else ""


def head(means: str, lang: str) -> str:
    """The head of a means: of Chinese its last word, with up to two characters before it, of English its last two words."""
    if lang == "zh":
        hit = _ZH_HEAD.search(means)
        return hit[0] if hit else means[-4:]
    return " ".join(word.lower() for word in means.split()[-2:])


def _zh(phrase: str) -> str:
    """The thing itself, of which what stands before its last 的 only tells."""
    return _ZH_REST.sub("", _ZH_AGAIN.sub("", phrase.strip())).rpartition("的")[2].strip()[:LONGEST]


def _zh_named(phrase: str) -> str:
    """The first of the things that a title names."""
    return re.split("及其?|和|与|、", phrase)[0].rpartition("的")[2].strip()[:LONGEST]


def _en(phrase: str) -> str:
    short = _EN_REST.sub("", _EN_START.sub("", " ".join(phrase.split())))
    return short[:LONGEST].strip()
