"""Under which head means are counted together: a whole noun at the end of each, as long as enough documents have it.

锂离子电池 and 可充电锂离子电池 are both of 锂离子电池. That a noun is whole its own document must tell: it stands there alone,
after 所述, *the*, a comma …, so nothing is cut within a word (离子电池), whatever the words are.
"""

import re
from collections.abc import Iterator, Mapping, Set

_BOUNDS = re.compile(r"[\u3400-\u9fff]|(?<![\w-])[A-Za-z0-9]")
"""Where a noun may begin: at any Chinese character, at the first letter of another word."""

_BEFORE = (
    *("所述", "所述的", "上述", "前述", "该", "一种", "一个", "两个", "多个", "若干个", "，", "。", "；", "：", "、", "（"),
    *("the ", "a ", "an ", "said ", "one ", "each ", "first ", "second "),
)
"""What stands before a whole noun. A conjunction does not tell (余热回收及利用系统), nor does 的."""

_PAUSES = frozenset("，。；：、（")
_USED = re.compile("利用|采用|使用|借助|通过|设置|设有|安装|增设|进行|实现|提供|包括|包含|具有|根据")
"""What begins no noun behind a pause, but what is said next: ，利用系统产生的热能."""

_GENERAL = re.compile(
    r"(?:装置|系统|方法|设备|工艺|结构|机构|组件|单元|模块|材料|部件|元件|产品|技术|仪器|工具|机器|构件|本体|主体|组合物|程序|模型"
    r"|(?:systems?|devices?|methods?|apparatus|assembl(?:y|ies)|units?|modules?|structures?|mechanisms?|process(?:es)?"
    r"|materials?|components?|members?|elements?|portions?|equipment|parts?|means|products?|bod(?:y|ies)|compositions?))",
    re.IGNORECASE,
)
"""Nouns that say nothing alone."""

_ZH_THING = re.compile(
    r"(?:装置|系统|机构|组件|单元|模块|结构|设备|材料|方法|工艺|涂层|管道|通道|电路|算法|模型|程序|部件|元件|电极|合金|薄膜|循环"
    r"|机器人|弹簧|螺栓|隔膜|轮胎|[接固撑位压封护动导支定弹]件|[转定种端辊]子|[壳箱阀腔炉筒基罩盒]体"
    r"|[器机泵阀管炉窑塔箱板罐仓柜轮轴带网槽孔口室层片膜杆座架芯线圈棒剂胶液料粉油池台车盘壳盖仪具刀镜灯屏床链柱塞盒扇翅翼销键钩夹罩筒套锅鼓嘴头门窗墙桩梁缸斗齿帽垫栓])$"
)
"""How the names of things end in Chinese; what ends otherwise (回收, 空气) is what is done, or with what."""

_EACH = 20
"""A head that every so many-th document has is large enough."""


def is_general(noun: str) -> bool:
    """Whether a noun says nothing alone: 装置, *device*."""
    return _GENERAL.fullmatch(noun) is not None


def is_thing(noun: str) -> bool:
    """Whether a noun names a thing; of one that is not Chinese it can't be told."""
    return not "\u3400" <= noun[-1:] <= "\u9fff" or _ZH_THING.search(noun) is not None


def alone(means: str, text: str) -> Iterator[str]:
    """The nouns at the end of a means that stand alone in the text of its document, the longest first."""
    for bound in list(_BOUNDS.finditer(means))[1:]:
        noun = means[bound.start() :]
        if len(noun) > 1 and not is_general(noun) and is_thing(noun) and _stands(noun, text):
            yield noun


def _stands(noun: str, text: str) -> bool:
    said = _USED.match(noun)
    return any(before + noun in text for before in _BEFORE if not (said and before in _PAUSES))


def heads(documents: Mapping[str, Set[str]], nouns: Set[str], *, read: int) -> Mapping[str, str]:
    """The head of each means, by the `documents` that have it: the longest of itself and the `nouns` at its end that enough of
    those `read` have; where none has so many, the one that most have."""
    having: dict[str, set[str]] = {}
    ends = {means: [means, *_ends(means, nouns)] for means in documents}
    for means, each in ends.items():
        for noun in each:
            having.setdefault(noun, set()).update(documents[means])
    enough = max(2, read // _EACH)
    return {means: max(each, key=lambda noun: (min(len(having[noun]), enough), len(noun))) for means, each in ends.items()}


def _ends(means: str, nouns: Set[str]) -> Iterator[str]:
    return (noun for bound in list(_BOUNDS.finditer(means))[1:] if (noun := means[bound.start() :]) in nouns)
