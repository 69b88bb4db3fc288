"""The words of a text that say what it is about: its tokens without those that stand in every text.

A Chinese run is cut at function words and phrases of patent drafting, and what is left into overlapping bigrams, as texts are
indexed; so 锂电池的充电方法 has 锂电 电池 充电 电方 方法 and not 池的.
"""

import re
from collections.abc import Iterator

from search.text.fold import fold
from search.text.stems import stem
from search.text.tokens import UNIT, is_run, shorten

_FUNCTION_WORDS = """
a about above according after all also among an and another any are around as at be because been being below between both but by can
could did do does done during each either else for from further had has have having he her here hereafter hereat hereby herefor
herefrom herein hereinabove hereinafter hereinbefore hereinbelow hereinto hereof hereon herethrough hereto heretofore hereunder
hereupon herewith his hitherto how however i if in into is it its itself least made may means might more most much must neither no
non nor not notwithstanding of off on one only onto or other our out over per same she should since so some such than that the their
them then there thereabout thereabouts thereabove thereacross thereafter thereamong therearound thereat therebelow therebeneath
therebetween thereby therefor therefore therefrom therein thereinto thereof thereon thereover therethrough thereto thereunder
thereupon therewith therewithin these they this those through thus to toward towards two under until up upon used using very via was
we were what when where whereas whereat whereby wherefor wherefore wherefrom wherein whereinto whereof whereon wherethrough whereto
whereupon wherewith whether which while who whose will with within without would you your
said related relates relating comprise comprises comprised comprising
include includes included including consist consists consisting
"""
_ENGLISH = frozenset(_FUNCTION_WORDS.split())

_CHINESE = re.compile(
    "本实用新型|实用新型|本发明|本申请|本公开|本外观设计|其特征在于|其特征是|所述|上述|前述|其中|其他|其它|包括|包含|涉及|公开了|提供了?"
    "|一种|一个|多个|至少|以及|并且|而且|或者|用于|根据|通过|利用|采用|进行|具有|属于|如下|从而|因此|所以|由于|可以|能够|以便"
    "|的|了|和|与|及|或|在|是|为|被|把|将|由|从|对|于|该|其|此|这|那|等|且|而|并|之|也|则|就|都|又|有|使|以"
)

_SIGNS = frozenset("的了及与和或其该这那此且而则也之于以")
"""Chinese characters that make a pair of them and a neighbour no word (法及, 和装), but for `_TERMS`. Those that stand in many
terms (有机, 等离, 对称, 并联, 在线) are not among them."""

_TERMS = """
饱和 中和 调和 缓和 和面 和弦 和声 参与 规则 准则 以太 之字 种子 种植 种苗 种衣 种薯 种猪 种鸡 种蛋 种禽 种群 种球 种类
"""
_PAIRS = """
一种 一个 一款 多个 以及 以便 具有 带有 设有 包括 包含 使用 采用 利用 通过 进行 可以 能够 适用 所述 所需
"""
_ART, _SAID = frozenset(_TERMS.split()), frozenset(_PAIRS.split())


def is_function(token: str) -> bool:
    """Whether a token of the index says nothing of what a text is about: an English function word, a sign alone, a Chinese pair
    that is one, holds one, or is what 一种 leaves of the word behind it (种新)."""
    if not is_run(token):
        return len(token) < 2 or token in _ENGLISH
    return token not in _ART and (token in _SAID or token[0] == "种" or not _SIGNS.isdisjoint(token))


def words(text: str) -> list[str]:
    """The content words in order, with repetitions; where a text has none but such that stand everywhere, all of its words."""
    folded = fold(text)
    return list(_words(folded, drop=True)) or list(_words(folded, drop=False))


def root(word: str) -> str:
    """What the inflections of a word have in common; a Chinese word is its own."""
    return word if is_run(word) else stem(word)


def _words(folded: str, *, drop: bool) -> Iterator[str]:
    for unit in UNIT.findall(folded):
        if is_run(unit):
            for run in _CHINESE.split(unit) if drop else [unit]:
                yield from (run[place : place + 2] for place in range(len(run) - 1)) if len(run) > 1 or drop else run
        elif not drop or (len(unit) > 1 and unit not in _ENGLISH):
            yield shorten(unit)
