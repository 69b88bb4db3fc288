"""Effects and means in sentences written for it: what each rule finds, and what it leaves."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.effects.finding import digest, read
from search.analysis.effects.means import LONGEST, about, means
from search.analysis.effects.sentence import said
from search.analysis.effects.store import Correction
from search.analysis.effects.words import effects, words
from tests.builders import a_claim, a_patent
from tests.tenants import NOON

SENTENCES = [
    ("zh", "通过设置双层刀轴，提高了作业效率，降低了油耗。", {"efficiency", "energy"}),
    ("zh", "该结构体积小，成本低，使用寿命长。", {"size", "cost", "life"}),
    ("zh", "可以避免刀片损坏，便于更换。", {"life", "ease"}),
    ("zh", "解决了测量精度低的问题。", {"precision"}),
    ("zh", "减少污染物的排放，噪音小，运行更加安全。", {"environment", "noise", "safety"}),
    ("zh", "本发明公开了一种高效节能的旋耕机。", set()),
    ("zh", "所述刀轴的一端与机架连接。", set()),
    ("zh", "现有旋耕机成本高。", set()),
    ("zh", "根据权利要求1所述的高安全性固态电池，其特征在于，包括隔膜。", set()),
    ("zh", "如权利要求2至5中任一项所述的低噪声电机，便于安装。", {"ease"}),
    ("en", "The low noise tire of claim 1, wherein a groove is formed.", set()),
    ("en", "The invention solves the problem of fouling in the prior art.", {"life"}),
    ("en", "The cost of the prior art is high.", set()),
    ("zh", "增加了成本。", set()),
    ("en", "The double shaft improves the efficiency and reduces fuel consumption.", {"efficiency", "energy"}),
    ("en", "The structure is compact, the cost is low and the service life is long.", {"cost"}),
    ("en", "Damage to the blade is avoided, and the blade is easy to replace.", {"life", "ease"}),
    ("en", "Noise and vibration can be suppressed.", {"noise"}),
    ("en", "The measuring accuracy is improved.", {"precision"}),
    ("en", "The present invention relates to an energy-saving tiller.", set()),
    ("en", "The shaft is connected with the frame.", set()),
    ("en", "The tiller increases the cost.", set()),
    ("de", "Die Kosten werden gesenkt.", set()),
]


@pytest.mark.parametrize(("lang", "text", "expected"), SENTENCES, ids=range(len(SENTENCES)))
def test_what_a_sentence_says(lang: str, text: str, expected: set[str]) -> None:
    assert {each.effect for each in said(text, lang)} == expected


@given(st.text(max_size=200), st.sampled_from(["zh", "en"]))
def test_what_is_found_stands_in_the_sentence(text: str, lang: str) -> None:
    for each in said(text, lang):
        assert each.effect in effects()
        assert 0 <= each.start < each.end <= len(text)
        assert len(means(text, lang, before=each.start)) <= LONGEST


@pytest.mark.parametrize(
    ("lang", "piece"), [("en", "reduces the the cost "), ("zh", "降低了余热的"), ("en", "heat of the "), ("zh", "将热")]
)
def test_a_hostile_sentence_ends(lang: str, piece: str) -> None:
    """No pattern tries everything with everything: of thirty thousand characters that would be minutes."""
    assert len(said(piece * (30_000 // len(piece)), lang)) <= 1


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("zh", "通过设置两级凝渣管，减轻积灰。", "两级凝渣管"),
        ("zh", "采用可调的液压装置，作业更加稳定。", "液压装置"),
        ("zh", "利用用于检测电池的装置，提高了效率。", "检测电池的装置"),
        ("zh", "通过固定柱固定连接水箱，提高了强度。", "固定柱"),
        ("zh", "不需要采用高温风机，降低了成本。", ""),
        ("zh", "提高了效率。", ""),
        ("en", "By setting the rectifier plate, the efficiency is improved.", "rectifier plate"),
        ("en", "The hydraulic lifting device can reduce cost.", "hydraulic lifting device"),
        ("en", "The invention can reduce cost.", ""),
        ("en", "The device can reduce cost.", ""),
        ("en", "The object of the design is to reduce cost.", ""),
        ("en", "By using the gear reducer, the cost is reduced.", "gear reducer"),
        ("en", "By using an item carrier, the cost is reduced.", "item carrier"),
        ("en", "The invention solves the problem of wear by dust.", ""),
    ],
)
def test_the_means_of_an_effect(lang: str, text: str, expected: str) -> None:
    assert said(text, lang)
    assert means(text, lang, before=len(text)) == expected


def test_what_a_document_is_about() -> None:
    assert about("", "一种可调的旋耕机及其方法", "zh") == "旋耕机"
    assert about("", "一种高温电石余热回收及储热装置", "zh") == "高温电石余热回收及储热装置"
    assert about("", "一种用于锂电池检测的装置", "zh") == "锂电池检测的装置"
    assert about("本发明公开了一种水田平地机，包括机架。", "", "zh") == "水田平地机"
    assert about("", "Rotary tiller for paddy fields", "en") == "Rotary tiller"


def test_every_effect_has_words_in_both_languages() -> None:
    for lang in ("zh", "en"):
        for name in effects():
            assert {piece.side for piece in words(lang).pieces if piece.effect == name} == {"up", "down", "said"}
    assert all(re.search("[\u4e00-\u9fff]", each.zh) and each.en.isascii() for each in effects().values())


TILLER = a_patent(
    abstracts={"zh": "一种旋耕机，包括刀轴。通过设置双层刀轴，降低了成本。", "en": "A tiller. The shaft reduces noise."},
    claims=(a_claim("一种旋耕机，其特征在于，便于更换刀片。"), a_claim("A tiller.", lang="en")),
)


def test_findings_tell_where_they_stand() -> None:
    first, second = read(TILLER, "zh", {}).findings
    assert (first.field, first.effect, first.means) == ("abstract", "cost", "双层刀轴")
    assert TILLER.abstracts["zh"][first.start : first.end] == first.text == "通过设置双层刀轴，降低了成本。"
    assert first.text[slice(*first.words)] == "降低了成本"
    assert (second.field, second.effect, second.means) == ("claims/1", "ease", "旋耕机")


def test_the_language_asked_for_is_read_else_the_other() -> None:
    assert [each.lang for each in read(TILLER, "en", {}).findings] == ["en"]
    chinese = a_patent(abstracts={"zh": "降低了成本。"}, claims=())
    assert [each.lang for each in read(chinese, "en", {}).findings] == ["zh"]
    assert not read(a_patent(abstracts={}, claims=()), "zh", {}).findings


def corrected(effect: str | None, means: str | None = None) -> list[tuple[str, str, bool]]:
    first = read(TILLER, "zh", {}).findings[0]
    made = Correction("1", TILLER.number, first.sentence, "cost", effect, means, NOON)
    return [
        (each.effect, each.means, each.corrected)
        for each in read(TILLER, "zh", {(TILLER.number, first.sentence, "cost"): made}).findings
    ]


def test_corrections_are_applied_to_their_sentence_alone() -> None:
    assert corrected(None) == [("ease", "旋耕机", False)]
    assert corrected("life") == [("life", "双层刀轴", True), ("ease", "旋耕机", False)]
    assert corrected("life", "刀轴") == [("life", "刀轴", True), ("ease", "旋耕机", False)]


def test_a_correction_keeps_to_the_text_of_its_sentence() -> None:
    assert digest("降低了成本。") == digest("降低了成本。") != digest("降低了成本！")
