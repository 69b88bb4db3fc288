"""What is wrong with a question (`QueryError`) or may not be meant so (`Note`): where, and what would be right, in both
languages. Two tables hold every message, so that the documentation can be checked against them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MESSAGES: dict[str, tuple[str, str]] = {
    "empty": ("检索式为空，请输入检索词。", "The query is empty; type a word to search for."),
    "too_long": ("检索式超过 {limit} 个字符，请缩短。", "The query has more than {limit} characters; shorten it."),
    "character": ("检索式含有不可见的控制字符，请删除。", "The query holds a control character; delete it."),
    "dialect": ("没有名为“{found}”的检索语言。", "There is no query language called “{found}”."),
    "expected": ("此处是{found_zh}，应为{options_zh}。", "Found {found}, expected {options}."),
    "quote": ("引号没有闭合，请补上“{found}”。", "This quotation mark is not closed; add {found}."),
    "bracket": ("括号没有闭合，请补上“)”。", "This bracket is not closed; add )."),
    "field": (
        "没有名为“{found}”的字段。{hint_zh}冒号或等号是文字的一部分时，请加引号。",
        "There is no field called “{found}”. {hint} Quote a text that holds a colon or an equals sign itself.",
    ),
    "relation": (
        "字段“{field_zh}”不能用“{found}”，只有日期可以比较大小。",
        "The field {field} takes no “{found}”; only dates can be compared.",
    ),
    "range": (
        "字段“{field_zh}”不是日期，不能用范围。方括号是文字的一部分时，请加引号。",
        "The field {field} is no date and takes no range. Quote a text that holds square brackets itself.",
    ),
    "date": (
        "“{found}”不是日期，应写作 2019、201907、2019-07-09 等。",
        "“{found}” is no date; write 2019, 201907, 2019-07-09 or the like.",
    ),
    "range_order": ("范围的起点 {low} 晚于终点 {high}，请对调。", "The range starts on {low}, after its end on {high}; swap them."),
    "class": (
        "“{found}”不是分类号，应写作 H01M、H01M10/0525（洛迦诺：14-03）等。",
        "“{found}” is no class symbol; write H01M, H01M10/0525 (Locarno: 14-03) or the like.",
    ),
    "number": (
        "“{found}”不是专利号码，应写作 CN110330865B、201910792871.4 等。",
        "“{found}” is no patent number; write CN110330865B, 201910792871.4 or the like.",
    ),
    "value": (
        "字段“{field_zh}”没有取值“{found}”，可用：{options_zh}。",
        "The field {field} has no value “{found}”; it has {options}.",
    ),
    "distance": (
        "“{found}”的间隔应为 0 至 {limit} 的整数，写作 {operator}/5；作为文字检索请加引号。",
        "The distance of “{found}” is a whole number from 0 to {limit}: {operator}/5. Quote it to search for it as a text.",
    ),
    "proximity": (
        "“{found}”不是可用的邻近运算，可写：{options}。",
        "“{found}” is no proximity that can be asked; write {options}.",
    ),
    "tail": (
        "“{found}”不是可用的限定，可写：{options}。",
        "“{found}” is no restriction; write {options}.",
    ),
    "reference": (
        "“{found}”指检索历史中的编号，从 1 到 {limit}，不能写在字段里；作为文字检索请加引号。",
        "“{found}” stands for a question of the history, from 1 to {limit}, and in no field. Quote it to search for it as a text.",
    ),
    "no_set": (
        "检索历史中没有 {found}，请在“检索历史”页核对编号。",
        "There is no {found} in your search history; look the number up on the page of the history.",
    ),
    "collection": (
        "“{found}”不是专题库的编号，请从专题库页面复制检索式，写作 专题库:编号、专题库:编号/分支代码 或 专题库:编号@快照号。",
        "“{found}” is no id of a collection; copy the query from the collection's page: collection:id, collection:id/branch or"
        " collection:id@snapshot.",
    ),
    "no_collection": (
        "没有专题库、分支或快照“{found}”，或者您无权查看，请在“专题库”页核对。",
        "There is no collection, branch or snapshot “{found}” that you may see; look it up on the page of your collections.",
    ),
    "collection_circle": (
        "专题库“{found}”的检索式引用了它自己，请修改其检索式。",
        "The query of the collection “{found}” names the collection itself; change that query.",
    ),
    "sign": (
        "此处不能用“{found}”；是文字的一部分时请加引号，花括号里是这种语言无法表达的部分，请改写或删除。",
        "“{found}” can't stand here. Quote it where it is part of a text; what stands in braces can't be said in this language: "
        "write it otherwise or leave it out.",
    ),
    "field_absent": (
        "{dialect_zh}的“{found}”（{meaning_zh}）在这里没有可检索的字段，请删除该条件。",
        "“{found}” of {dialect} ({meaning}) is no field that can be searched here; leave this condition out.",
    ),
    "check_digit": (
        "申请号校验位错误：“{found}”的校验位应为 {right}。",
        "The check digit of the application number “{found}” is wrong: it is {right}.",
    ),
    "no_word": (
        "“{found}”里没有字母、数字或汉字，无法检索；请删除，或把整个短语放进引号。",
        "“{found}” has no letter or digit to search for; leave it out, or quote the whole phrase.",
    ),
    "too_many_clauses": ("检索式超过 {limit} 个检索项，请拆分。", "The query has more than {limit} terms; split it."),
    "too_wide": (
        "加上同义词和其他名称后检索式过大（最多 {limit} 个检索项），请去掉一些，或不用它们检索。",
        "With synonyms and other names the query is too large (at most {limit} terms); leave some out, or search without them.",
    ),
    "too_deep": ("括号或运算符嵌套超过 {limit} 层，请简化。", "Brackets or operators nest more than {limit} deep; simplify."),
    "too_many_wildcards": ("通配符检索项超过 {limit} 个。", "The query has more than {limit} terms with wildcards."),
    "too_many_leading": (
        "以通配符开头的检索项超过 {limit} 个。",
        "The query has more than {limit} terms that start with a wildcard.",
    ),
    "wildcard_short": (
        "“{found}”太短：通配符之外至少要有 {limit} 个字母或数字（汉字一个即可）。",
        "“{found}” is too short: beside its wildcards it needs {limit} letters or digits (of Chinese, one character).",
    ),
    "wildcard_place": (
        "“{found}”里的通配符无法检索：汉字词本来就在全文任意位置匹配，* 不能隔开汉字，"
        "开头的 ? 至多一个，字母与汉字之间不能有通配符；请用“与”连接各部分。",
        "The wildcards of “{found}” can't be searched: Chinese words are found anywhere in a text as they are, so no * may divide "
        "them, one ? at most may begin them, and none may stand between letters and Chinese. Join the parts with AND.",
    ),
    "near_operand": (
        "距离运算符的两边只能是文字字段的检索词、通配符检索词、它们的“或”，或不带 NOT 的另一个距离检索式。",
        "On either side of a distance stand words or wildcards of a text field, OR of such, or another distance without NOT.",
    ),
    "near_field": (
        "距离只在一个字段内计算，两边的检索词须属于同一字段。",
        "A distance is measured within one field: the words on both sides must be of the same one.",
    ),
    "near_far": (
        "距离太大：最多相隔 {words} 个字词，或相隔 {others} 个句子或段落。",
        "The distance is too large: at most {words} words, or {others} sentences or paragraphs.",
    ),
    "near_order": (
        "同句、同段运算符不分先后；要求先后时请用 ADJ。",
        "Words of one sentence or paragraph are in no order; use ADJ where the order counts.",
    ),
    "too_many_distances": (
        "距离运算符超过 {limit} 个或嵌套超过 {nested} 层，请简化。",
        "More than {limit} distances, or more than {nested} nested; simplify.",
    ),
    "wildcard_date": (
        "日期不能用通配符，年或月本身就代表整段时间。",
        "Dates take no wildcards; a year or month is its whole span.",
    ),
}
"""Code -> the message in Chinese and in English."""

NOTES: dict[str, tuple[str, str]] = {
    "lower_case": (
        "“{found}”按普通词检索；运算符须大写：{operator}。",
        "“{found}” is searched for as a word; the operator is written in capitals: {operator}.",
    ),
    "minus": (
        "“{found}”前的减号没有作用；排除请写 NOT 或 非。",
        "The minus sign of “{found}” says nothing; to exclude, write NOT.",
    ),
    "no_field": (
        "“{found}”按文字检索；检索号码或分类号请写 {field}:{found}。",
        "“{found}” is searched for as a word; as a number or class it is written {field}:{found}.",
    ),
    "read_as": (
        "按 {dialect_zh} 读取；要按本系统的语言（native）读取，请另选。",
        "Read as {dialect}. To have it read in this system's own language (native), choose that.",
    ),
    "other_reading": (
        "也可以按 {dialect_zh} 读作：{canonical}。要这样检索，请选择该语言（{name}）。",
        "As {dialect} it would be: {canonical}. To search so choose that language ({name}).",
    ),
    "other_failed": (
        "看来是 {dialect_zh}，但读不懂，因此按本系统的语言读取：{reason_zh}",
        "This looks like {dialect} but can't be read so, and was read in this system's own language: {reason}",
    ),
    "mixed_order": (
        "“与、非”先于“或”计算；要另一种顺序，请加括号。",
        "AND and NOT are done before OR; bracket to have another order.",
    ),
    "implicit": (
        "“{found}”前没有运算符，按“与”读取。",
        "There is no operator before “{found}”; it was read as AND.",
    ),
    "field_for": (
        "“{found}”按“{field_zh}”检索。",
        "“{found}” is searched as {field}.",
    ),
    "across_sentences": (
        "这里的“{found}”可以跨句；只在一句之内请用 WITH。",
        "“{found}” reaches across sentences here; to stay within one use WITH.",
    ),
    "unsupported": (
        "{dialect_zh}不能表达“{found}”，已原样放在花括号里。",
        "{dialect} can't say “{found}”; it stands in braces as it was.",
    ),
    "quoted_word": (
        "“{found}”须加引号，因此只查其本身，不查词形变化。",
        "“{found}” had to be quoted and so is searched for as it is, without its inflections.",
    ),
    "whole_name": (
        "{dialect_zh}不能限定整个名称，“{found}”也会命中更长的名称。",
        "{dialect} can't ask for a whole name; “{found}” finds longer ones too.",
    ),
    "left_truncation": (
        "{dialect_zh}不支持词首的通配符：“{found}”。",
        "{dialect} takes no wildcard at the start of a word: “{found}”.",
    ),
    "bare_not": (
        "{dialect_zh}的“非”只能接在另一检索项之后：“{found}”。",
        "{dialect} knows NOT only after another term: “{found}”.",
    ),
    "open_range": (
        "{dialect_zh}的日期范围须有两端，“{found}”补了一端。",
        "A range of dates has two ends in {dialect}; “{found}” was given one.",
    ),
    "within_sentence": (
        "{dialect_zh}的“{found}”不跨句。",
        "“{found}” stays within a sentence in {dialect}.",
    ),
    "quoted_wildcard": (
        "引号内的 * 和 ? 也是通配符：“{found}”。",
        "The signs * and ? are wildcards within quotes too: “{found}”.",
    ),
}
"""Code -> what to tell about a question that can be read but may not say what its author means."""


class QueryError(Exception):
    """A question that can't be asked: a 400. `position` is the code point, counted from 0, where the text goes wrong (its
    length: at the end); `expected` what could stand there, `suggestions` what may have been meant, nearest first."""

    def __init__(
        self,
        code: str,
        position: int,
        *,
        expected: Sequence[str] = (),
        suggestions: Sequence[str] = (),
        **values: object,
    ) -> None:
        zh, en = MESSAGES[code]
        self.code = code
        self.position = position
        self.zh = zh.format_map(values)
        self.en = en.format_map(values)
        self.expected = tuple(expected)
        self.suggestions = tuple(suggestions)
        super().__init__(f"{code} at {position}: {self.en}")


@dataclass(frozen=True, slots=True)
class Note:
    """A warning: the question was read as it stands, `position` is where it may mean something else."""

    code: str
    position: int
    zh: str
    en: str


def note(code: str, position: int, **values: object) -> Note:
    """The note of that code."""
    zh, en = NOTES[code]
    return Note(code, position, zh.format_map(values), en.format_map(values))
