"""What a caller is told about projects."""

from auth.errors import Problem


class ContractRefused(Problem):
    """The contract does not hold together."""

    status = 422
    code = "bad_contract"
    zh = "合同信息不正确：承担机构须为您辖区内的服务机构，末日不得早于首日，省份须为两位行政区划代码。"
    en = "The contract needs an agency under your bureau, a last day not before the first, and a province's two digits."


class BureauMissing(Problem):
    """The bureau of the project is missing."""

    status = 422
    code = "bad_bureau"
    zh = "请在 bureau 中写明主管知识产权局（您本单位或其下级）。"
    en = "Name the project's bureau in bureau: your own or one under it."


class EvaluatorRefused(Problem):
    """The account is none that evaluates, or the day is over."""

    status = 422
    code = "bad_evaluator"
    zh = "须为角色是评估员的帐号，且截止日不得早于今天。"
    en = "The account must have the role of an evaluator, and the last day must not be over."


class DecisionRefused(Problem):
    """A decision lacks what its kind needs, or has something else."""

    status = 422
    code = "bad_decision"
    zh = (
        "决定内容不完整或有多余项：延期须有晚于现末日的 last，更换须有 enterprise 和 by，"
        "调整计划须有 target 和 value，豁免须有 target。"
    )
    en = (
        "The decision lacks something or has too much: an extension needs a later last, a replacement enterprise and by, "
        "a plan target and value, a waiver target."
    )


class RuleRefused(Problem):
    """The rule file can't be read, or does not fit the contract; `reason` says why."""

    status = 422
    code = "bad_rule"
    zh = "规则文件无法采用（原因见 reason），请对照 docs/targets.md 修改。"
    en = "The rule can't be adopted (reason says why). Compare it with docs/targets.md."


class RuleSpelling(Problem):
    """The rule file is written as the verifiers of a bundle do not read it, from `line` on."""

    status = 422
    code = "bad_rule_toml"
    zh = (
        "规则文件自第 line 行起用了核对程序不认识的写法。每条语句从第一列开始，键为字母并在等号前留一个空格，"
        "文字用双引号且不含反斜杠和控制字符，数字为整数；不用日期、小数、带点的键和多行字符串。"
    )
    en = (
        "From line on the rule file is written as the verifiers do not read it. A statement begins in the first column, a key is "
        "letters with one blank before =, text stands in double quotes without backslashes and control characters, numbers are "
        "whole; no dates, fractions, dotted keys or strings of several lines."
    )


class NoRuleYet(Problem):
    """No rule was adopted by that day, or the project had no contract yet."""

    status = 409
    code = "no_rule_yet"
    zh = "该日尚无合同或尚未采用规则：请选择更晚的日期，或由知识产权局先采用规则。"
    en = "By that day there was no contract or no adopted rule. Ask for a later day, or let the bureau adopt a rule first."


class DayAhead(Problem):
    """Evidence was asked for as of a day to come."""

    status = 422
    code = "day_ahead"
    zh = "as_of 晚于今天（北京时间）。证据包只能截至今天或以前的某日，请改日期。"
    en = "as_of lies after today in Shanghai. A bundle shows today or a day before: choose another day."
