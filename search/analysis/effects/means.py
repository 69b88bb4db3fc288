"""The means of a sentence: what it says an effect comes by, as it is written.

In Chinese what follows 通过 采用 利用 设置 …, in English what follows *by …-ing*, *by*, *through*, *using*, else the subject; where
the sentence names none, what the document is about: its title, or what its abstract begins with.
"""

import re

from search.analysis.effects.heads import is_general, is_thing

LONGEST = 60
"""Characters of a means."""

_ZH = re.compile(
    r"(?<!不)(?<!不需要)(?<!无需)(?<!避免)(?:(?<!连)通过|采用|利用|借助|由于|使用|增设|设置有?|设有|安装有?)了?(?P<means>[^，。；：、,;]{2,40})"
)
_ZH_AGAIN = re.compile(r"^(?:设置|安装|采用|设计|增加|使用|利用|对|将)(?:有|了)?(?:一款|一种|一个|两个)?")
_ZH_SAYS = re.compile(r"(?:涉及|(?:主要)?包括|进入|[固活转][定动]连接|连接(?![管件杆轴板座架器环头套筒块片臂柱孔口线部装机])).*$")
"""Where a sentence goes on behind the thing, without a comma."""
_ZH_REST = re.compile(
    r"(?:的?(?:配合使用|相?配合|设置|方式|作用|使用|共同作用)|来|将|对|进行|使|能够|可以|实现|提高|降低|减少|达到|以|从而|为|在|与|和|及|并|后|之后).*$"
)
_ZH_ABOUT = re.compile(r"一种(?P<means>[^，。；：,;]{2,40})")
_ZH_NOTHING = re.compile(r"^(?:本|该|此|这|各|上述|所述|较|更|简单|相应|不同|原有|现有|体积|技术领域)")
_ZH_ALSO = re.compile("及其?|以及|和|与|、|$")
_ZH_FOR = re.compile(r"^(?:一种|一款|一(?=[A-Za-z])|用于|应用于|适用于|基于|于|在|对|将|由|从|以|其)+")
_EN = re.compile(
    r"\b(?:(?<!caused )by(?: means of)?|through|via|using|thanks to|due to|because of)\s+(?:the\s+)?"
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
    r"\s*(?:\b(?:of|for|to|in|on|at|from|into|with|that|which|wherein|and|so|is|are|be|being|can|may|could|will|as|or|during|when"
    r"|according|capable|able|apart|more|having|comprising|including|occurring|resulting|using|provided|disposed|produced|formed"
    r"|made|located|mounted|arranged|configured|based|caused|between|through|by|without|within|thereof|therefor)\b).*$",
    re.IGNORECASE,
)
_EN_START = re.compile(r"^(?:\w+ing\s+)?(?:a plurality of|at least one|the|an?|this|one|two|said)\s+|^\w+ing\s+", re.IGNORECASE)
_EN_NOTHING = re.compile(
    r"^(?:present )?(?:invention|utility model|disclosure|application|embodiments?|technology|scheme|solution)$"
    r"|^(?:it|its|they|their|them|such|which|other)\b|^(?:increas|improv|decreas|reduc(?:e|es|ed|ing)\b)"
    r"|^(?:means|ways?|advantages?|purposes?|objects?|designs?|plurality|visual effect|aims?|users?|drivers?|operators?)$",
    re.IGNORECASE,
)


_PROBLEM = re.compile(r"(?:解决|克服)[^，。；]*问题|\bproblems?\b[^,.;]*")
"""What a sentence tells of a problem: by dust is no means there."""


def means(sentence: str, lang: str, *, before: int) -> str:
    """What the sentence says the effect at `before` comes by: the last before it, else the first; empty where it names none."""
    sentence = _PROBLEM.sub(lambda told: " " * len(told[0]), sentence)
    if lang == "zh":
        found = [_zh(hit["means"]) for hit in _ZH.finditer(sentence) if hit.start() <= before]
        return next((each for each in reversed(found) if each and is_thing(each)), "")
    hits = [(hit.start(), named) for hit in _EN.finditer(sentence) if (named := _en(hit["means"]))]
    if hits:
        return next((named for place, named in reversed(hits) if place <= before), hits[0][1])
    subject = _EN_SUBJECT.search(sentence)
    named = _en(subject["means"]) if subject else ""
    return named


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


def _zh(phrase: str) -> str:
    return _zh_thing(_ZH_REST.sub("", _ZH_SAYS.sub("", _ZH_AGAIN.sub("", phrase.strip()))))


def _zh_named(phrase: str) -> str:
    """The first of the things that a title names: 旋耕机 of 旋耕机及其方法, but all of 余热回收及储热装置."""
    phrase = _ZH_SAYS.sub("", phrase)
    firsts = (phrase[: also.start()] for also in _ZH_ALSO.finditer(phrase))
    return _zh_thing(next((each for each in firsts if is_thing(each)), phrase))


def _zh_thing(phrase: str) -> str:
    """The thing itself, of which what stands before its last 的 only tells, unless it says nothing alone: 检测电池的装置."""
    told, of, thing = phrase.strip().rpartition("的")
    if is_general(thing):
        thing = f"{told.rpartition('的')[2]}{of}{thing}" if told else ""
    thing = _ZH_FOR.sub("", thing).strip()[:LONGEST]
    return "" if _ZH_NOTHING.search(thing) else thing


def _en(phrase: str) -> str:
    short = _EN_REST.sub("", _EN_START.sub("", " ".join(phrase.split())))[:LONGEST].strip()
    return "" if _EN_NOTHING.search(short) or is_general(short) else short
