"""The grammar of effects: verbs by what they do to a thing, and what says it before or after the thing, in each language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grammar:
    """`verbs` have the groups avoid, up, down. `after_up` … `before_down` are looked for behind and before a thing that is better
    when there is more (up) or less (down) of it. A clause with `named` says no effect. A verb reaches `reach` characters."""

    clause: re.Pattern[str]
    verbs: re.Pattern[str]
    after_up: re.Pattern[str]
    after_down: re.Pattern[str]
    before_up: re.Pattern[str]
    before_down: re.Pattern[str]
    named: re.Pattern[str]
    reach: int


_NEVER = re.compile(r"(?!)")
_ZH = Grammar(
    clause=re.compile(r"[^，。；：！？,;\n]+"),
    verbs=re.compile(
        r"(?P<avoid>避免|防止|解决|克服|消除|杜绝|免除|不影响|防)"
        r"|(?P<up>提高|提升|增强|增加|增大|改善|优化|加快|加速|保证|确保|保障|实现|有利于|利于|延长|促进|强化|达到|满足|具有|具备|补偿|获得|更高的|高)"
        r"|(?P<down>降低|减少|减小|减轻|节省|节约|缩短|抑制|无需|不需|不需要|省去|减缓|延缓|下降|低)"
    ),
    after_up=re.compile(
        r"[^，。；]{0,4}?(?:更?[高好强佳优]|更?长|显著|明显|[得到大幅进一步有所]*(?:提高|提升|增强|增加|改善|延长))"
    ),
    after_down=re.compile(r"[^，。；]{0,4}?(?:更?[低少小]|更?短|廉|[得到大幅进一步有所]*(?:降低|减少|减小|下降|减轻|缩短|消除))"),
    before_up=_NEVER,
    before_down=_NEVER,
    named=re.compile(
        r"^[^，]{0,12}?(?:公开|涉及|属于|揭示|提供|公布|披露|提出)了?(?!.*(?:解决|克服))"
        r"|^(?:一种|其特征|所述|现有|传统|目前|如图|随着)|技术领域|^[^，]{0,6}权利要求"
    ),
    reach=26,
)
_BE = r"(?:is|are|be|being|was|been)"
_EN = Grammar(
    clause=re.compile(r"[^,.;:\n]+(?:\.(?=\d)[^,.;:\n]+)*"),
    verbs=re.compile(
        r"\b(?:(?P<avoid>avoid\w*|prevent\w*|solv(?:e|es|ed|ing)|overcom\w+|without|inhibit\w*)"
        r"|(?P<up>improv\w+|increas\w+|enhanc\w+|rais(?:e|es|ing)|boost\w*|promot\w+|extend\w*|prolong\w*|ensur\w+|guarante\w+"
        r"|achiev\w+|reali[sz]\w+|maximi[sz]\w+|optimi[sz]\w+|accelerat\w+|strengthen\w*|balancing|enabl\w+|highly)"
        r"|(?P<down>reduc\w+|decreas\w+|lower(?:s|ing|ed)?(?= )|minimi[sz]\w+|eliminat\w+|sav(?:e|es|ing)|cut(?:s|ting)?"
        r"|shorten\w*|suppress\w+|lessen\w*|mitigat\w+|restrain\w*|diminish\w*|less|smooths? out))\b",
        re.IGNORECASE,
    ),
    after_up=re.compile(
        rf"(?: \w+){{0,4}}? {_BE} (?:\w+ ){{0,2}}?"
        r"(?:improved|increased|enhanced|high|higher|good|better|extended|ensured|excellent)\b",
        re.IGNORECASE,
    ),
    after_down=re.compile(
        rf"(?: \w+){{0,10}}? {_BE} (?:\w+ ){{0,2}}?"
        r"(?:reduced|decreased|low|lower|small|avoided|prevented|eliminated|suppressed|saved|minimi[sz]ed)\b",
        re.IGNORECASE,
    ),
    before_up=re.compile(
        r"\b(?:high(?:er)?|good|better|excellent|superior|great(?:er)?|long(?:er)?|improved|enhanced)(?: \w+){0,2} $", re.IGNORECASE
    ),
    before_down=re.compile(r"\b(?:low(?:er)?|less|reduced|small(?:er)?|no)(?: \w+){0,1} $", re.IGNORECASE),
    named=re.compile(
        r"^\s*(?:the )?(?:present |utility |this )?(?:invention|disclosure|model|application|utility model)?\s*"
        r"(?:relates? to|discloses?|is directed to)"
        r"|^(?!.*\b(?:solv|overcom|avoid|eliminat|reduc|improv)).*\b(?:prior art|conventional(?:ly)?)\b|^\s*wherein\b|\bclaims? \d",
        re.IGNORECASE,
    ),
    reach=70,
)
GRAMMARS: Mapping[str, Grammar] = {"zh": _ZH, "en": _EN}
