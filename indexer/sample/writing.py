"""From an idea to the text of a patent, in Chinese and English, in the phrases such texts use."""

from dataclasses import dataclass
from random import Random

from indexer.sample.offices import Protection
from indexer.sample.vocabulary import Field, Pair
from search.patent.model import Claim

_PROCESSES = (
    Pair("称取原料并混合均匀", "weighing and evenly mixing the raw materials"),
    Pair("采集现场数据并滤除噪声", "collecting data on site and filtering out noise"),
    Pair("检测工作状态并与设定值比较", "detecting the working state and comparing it with a set value"),
    Pair("将所得半成品在恒温下处理", "treating the resulting blank at constant temperature"),
    Pair("根据比较结果调整运行参数", "adjusting the operating parameters according to the result of the comparison"),
)


@dataclass(frozen=True, slots=True)
class Idea:
    """What one invention is about; every text of its family is written from it. `term` is what the text calls itself, `steps`
    are those of the method, where one is claimed."""

    term: Pair
    field: Field
    adjective: Pair
    subject: Pair
    parts: tuple[Pair, ...]
    means: tuple[Pair, ...]
    problem: Pair
    effects: tuple[Pair, ...]
    steps: tuple[Pair, ...]
    figure: int

    @property
    def name(self) -> Pair:
        return Pair(self.adjective.zh + self.subject.zh, f"{self.adjective.en} {self.subject.en}")


def idea(rng: Random, field: Field, protection: Protection) -> Idea:
    """A new idea in the field; half of the inventions also claim a method, a utility model never does."""
    utility = protection == "utility_model"
    return Idea(
        term=Pair("本实用新型", "the utility model") if utility else Pair("本发明", "the invention"),
        field=field,
        adjective=rng.choice(field.adjectives),
        subject=rng.choice(field.subjects),
        parts=tuple(rng.sample(field.parts, 5)),
        means=tuple(rng.sample(field.means, 3)),
        problem=rng.choice(field.problems),
        effects=tuple(rng.sample(field.effects, 2)),
        steps=tuple(rng.sample(_PROCESSES, 3)) if not utility and rng.random() < 0.5 else (),
        figure=rng.randrange(5, 96),
    )


def titles(it: Idea) -> dict[str, str]:
    if it.steps:
        return {
            "zh": f"一种{it.name.zh}及其{it.field.method.zh}",
            "en": _sentence(f"{it.name.en} and {it.field.method.en} therefor"),
        }
    return {"zh": f"一种{it.name.zh}", "en": _sentence(it.name.en)}


def abstracts(it: Idea) -> dict[str, str]:
    a, b, c = it.parts[:3]
    zh = (
        f"{it.term.zh}公开了{titles(it)['zh']}，涉及{it.field.area.zh}技术领域。所述{it.subject.zh}包括{a.zh}、{b.zh}和{c.zh}，"
        f"所述{a.zh}与所述{b.zh}相连，{it.means[0].zh}。{it.term.zh}{it.effects[0].zh}，解决了现有技术中{it.problem.zh}的问题。"
    )
    en = (
        f"Disclosed is {_article(it.name.en)}, relating to the technical field of {it.field.area.en}. The {it.subject.en} "
        f"comprises {_article(a.en)}, {_article(b.en)} and {_article(c.en)}; the {a.en} is connected with the {b.en}, and "
        f"{it.means[0].en}. {_sentence(it.term.en)} {it.effects[0].en} and solves the problem of {it.problem.en} in the prior art."
    )
    return {"zh": zh, "en": en}


def claims(it: Idea) -> tuple[Claim, ...]:
    """Claims 1 to 5 (6 with a method), first in Chinese, then in English."""
    depends = ((), (1,), (1,), (3,), (1, 2, 3, 4), (1,))
    return tuple(
        Claim(number=number, text=text, depends_on=depends[number - 1], lang=lang)
        for lang, texts in (("zh", _chinese_claims(it)), ("en", _english_claims(it)))
        for number, text in enumerate(texts, start=1)
    )


def _chinese_claims(it: Idea) -> list[str]:
    a, b, c, d, e = (part.zh for part in it.parts)
    name, means = it.name.zh, [clause.zh for clause in it.means]
    texts = [
        f"一种{name}，其特征在于，包括{a}、{b}和{c}，所述{a}与所述{b}相连，{means[0]}。",
        f"根据权利要求1所述的{name}，其特征在于，{means[1]}。",
        f"根据权利要求1所述的{name}，其特征在于，还包括{d}，所述{d}设置于所述{c}的一侧。",
        f"根据权利要求3所述的{name}，其特征在于，所述{d}上连接有{e}。",
        f"根据权利要求1至4任一项所述的{name}，其特征在于，{means[2]}。",
    ]
    if it.steps:
        steps = "；".join(step.zh for step in it.steps)
        texts.append(f"如权利要求1所述的{name}的{it.field.method.zh}，其特征在于，包括以下步骤：{steps}。")
    return texts


def _english_claims(it: Idea) -> list[str]:
    a, b, c, d, e = (part.en for part in it.parts)
    name, means = it.name.en, [clause.en for clause in it.means]
    texts = [
        f"{_sentence(_article(name))}, comprising {_article(a)}, {_article(b)} and {_article(c)}, wherein the {a} is connected "
        f"with the {b}, and {means[0]}.",
        f"The {name} according to claim 1, wherein {means[1]}.",
        f"The {name} according to claim 1, further comprising {_article(d)} arranged at one side of the {c}.",
        f"The {name} according to claim 3, wherein {_article(e)} is connected to the {d}.",
        f"The {name} according to any one of claims 1 to 4, wherein {means[2]}.",
    ]
    if it.steps:
        steps = "; ".join(step.en for step in it.steps)
        texts.append(f"{_sentence(_article(it.field.method.en))} for the {name} according to claim 1, comprising {steps}.")
    return texts


def description(it: Idea) -> dict[str, tuple[str, ...]]:
    """Field, background, content, effects and one worked example, a paragraph each."""
    return {"zh": _chinese_description(it), "en": _english_description(it)}


def _chinese_description(it: Idea) -> tuple[str, ...]:
    subject, title, means = it.subject.zh, titles(it)["zh"], [clause.zh for clause in it.means]
    return (
        f"{it.term.zh}涉及{it.field.area.zh}技术领域，具体涉及{title}。",
        f"现有的{subject}在使用中存在{it.problem.zh}的问题，限制了其推广应用。因此，需要对现有的{subject}加以改进。",
        f"{it.term.zh}的目的在于提供{title}，以解决上述背景技术中提出的问题。为实现上述目的，{means[0]}；{means[1]}。",
        f"与现有技术相比，{it.term.zh}的有益效果是：{it.effects[0].zh}，并且{it.effects[1].zh}。",
        f"实施例1：如图1所示，{subject}包括{'、'.join(part.zh for part in it.parts)}。{means[2]}。"
        f"试验表明，与对照相比，性能改善了{it.figure}％。",
    )


def _english_description(it: Idea) -> tuple[str, ...]:
    name, means = _article(it.name.en), [clause.en for clause in it.means]
    return (
        f"{_sentence(it.term.en)} relates to the technical field of {it.field.area.en}, and in particular to {name}.",
        f"The known {it.subject.en} suffers from {it.problem.en}, which limits its use. It is therefore necessary to improve it.",
        f"The object is to provide {name} that solves the above problem. To this end, {means[0]}; {means[1]}.",
        f"Compared with the prior art, {it.term.en} {it.effects[0].en}; moreover, it {it.effects[1].en}.",
        f"Example 1: as shown in Fig. 1, the {it.subject.en} comprises {', '.join(_article(part.en) for part in it.parts)}. "
        f"{_sentence(means[2])}. Tests show an improvement of {it.figure} % over the control.",
    )


def brief(it: Idea) -> dict[str, str]:
    """The brief explanation (简要说明) that a design has in place of an abstract."""
    return {
        "zh": f"1．本外观设计产品的名称：{it.subject.zh}。2．本外观设计产品的用途：用于{it.field.area.zh}。"
        "3．本外观设计产品的设计要点：在于产品的形状。",
        "en": f"The design is of {_article(it.subject.en)} used for {it.field.area.en}; its essential feature is the shape.",
    }


def _article(noun: str) -> str:
    uncounted = noun.endswith(("material", "electrolyte", "hardware"))
    if uncounted:
        return noun
    vowel = noun[0] in "aeioAEIO" or noun.startswith(("ultra", "unmanned", "LED"))
    return f"{'an' if vowel else 'a'} {noun}"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
