"""CNIPA publication XML: every key of the record out of one grant, and the real publications."""

import io
from pathlib import Path

import pytest

from indexer.model import ParseError, RawRecord
from indexer.parsers import cnipa_xml
from search.patent.model import Citation, Claim, Drawing, Party, Patent, Reference, Symbol
from tests.unit.parsers import samples


def parse(data: bytes) -> Patent:
    return cnipa_xml.parse(RawRecord(data, "file", 0))


def test_a_grant() -> None:
    patent = parse(samples.CNIPA)
    assert patent == Patent(
        number="CN110330865B",
        country="CN",
        doc_number="110330865",
        kind="B",
        stage="granted",
        type="invention",
        publication_date="2020-12-01",
        application=Reference(number="CN201910792871.4", date="2019-08-26"),
        priorities=(Reference(number="KR20180100096", date="2018-08-27"),),
        titles={"zh": "一种 旋耕机"},
        abstracts={"zh": "本发明公开了一种旋耕机。\n它包括机架。"},
        claims=(
            Claim(number=1, text="一种旋耕机，其特征在于，包括：\n机架；", lang="zh"),
            Claim(number=2, text="根据权利要求1所述的旋耕机，其特征在于，还包括刀轴。", depends_on=(1,), lang="zh"),
            Claim(number=3, text="如权利要求1至2中任一项所述的旋耕机。", depends_on=(1, 2), lang="zh"),
        ),
        description={"zh": ("技术领域", "温度为20°，转速为10^3，水为H2O。", "呈“ ”字型的刀轴满足 a/α (1)")},
        applicants=(
            Party(name="江苏禾丰农机有限公司", country="CN", region="江苏省", city="苏州市", address="江苏省苏州市虎丘区科灵路8号"),
        ),
        inventors=(Party(name="王晓明"),),
        agents=(Party(name="李一"), Party(name="李二")),
        agent_firms=(Party(name="苏州禾木事务所"),),
        examiners=(Party(name="张三"),),
        ipc=(Symbol(symbol="A01B 33/08", first=True), Symbol(symbol="A01B 33/10")),
        drawings=(
            Drawing(name="201910792871.TIF"),
            Drawing(name="A.TIF"),
            Drawing(name="B.TIF"),
            Drawing(name="HDA1.TIF", figure="1"),
            Drawing(name="HDA2.TIF", figure="2A"),
        ),
        citations=(Citation(number="CN1719946A", phase="search", date="2006-01-11"),),
    )


def test_a_design_has_its_locarno_class_and_brief_explanation() -> None:
    patent = parse(samples.CNIPA_DESIGN)
    assert (patent.number, patent.type, patent.stage) == ("CN305246987S", "design", "granted")
    assert patent.locarno == (Symbol(symbol="01-01", first=True),)
    assert patent.description == {"zh": ("1.产品的名称：巧克力公仔。",)}
    assert patent.ipc == ()


@pytest.mark.parametrize("value", ["", "0", "CN", "2019107928714", "x"])
def test_a_publication_without_its_number_is_refused(value: str) -> None:
    data = samples.CNIPA.replace(b"<base:DocNumber>110330865<", f"<base:DocNumber>{value}<".encode())
    with pytest.raises(ParseError, match="publication number"):
        parse(data)


def test_what_cannot_be_read_is_absent() -> None:
    data = (
        samples.CNIPA.decode()
        .replace("201910792871.4", "201910792871.5")
        .replace("<base:Date>20190826", "<base:Date>20191326")
        .replace("<business:MainGroup>33", "<business:MainGroup>")
        .replace("<base:DocNumber>1719946", "<base:DocNumber>第一篇")
    ).encode()
    patent = parse(data)
    assert patent.application is None
    assert patent.ipc == ()
    assert patent.citations == ()


def test_another_root_is_refused() -> None:
    with pytest.raises(ParseError, match="PatentDocumentAndRelated"):
        parse(b"<us-patent-grant><us-bibliographic-data-grant/></us-patent-grant>")


def test_it_is_known_by_its_root_whatever_the_prefix() -> None:
    assert cnipa_xml.recognise(samples.CNIPA[:4096], "a.XML")
    assert cnipa_xml.recognise(samples.CNIPA_DESIGN[:4096], "")
    assert not cnipa_xml.recognise(b"<PatentDocumentAndRelatedness>", "")


def test_a_file_of_two_documents_gives_both_with_their_offsets() -> None:
    file = samples.CNIPA + samples.CNIPA_DESIGN
    found = list(cnipa_xml.records(io.BytesIO(file), "two.xml"))
    assert [record.offset for record in found] == [0, len(samples.CNIPA)]
    assert [cnipa_xml.parse(record).number for record in found if isinstance(record, RawRecord)] == ["CN110330865B", "CN305246987S"]


@pytest.mark.data
def test_the_real_publications(real_data: Path) -> None:
    found = {}
    for path in sorted((real_data / "cnipa/publications").glob("*/*.XML")):
        with path.open("rb") as file:
            (record,) = cnipa_xml.records(file, path.name)
        assert isinstance(record, RawRecord)
        patent = cnipa_xml.parse(record)
        found[patent.number] = patent
        xml = path.read_text("utf-8")
        assert len(patent.claims) == xml.count("<business:Claim ")
        pictures = {part.split('"')[0] for part in xml.split(' file="')[1:]} - {path.name}
        assert {drawing.name for drawing in patent.drawings} == pictures
    assert sorted(found) == ["CN101945314B", "CN102025678A", "CN85100312A"]
    assert found["CN85100312A"].application == Reference(number="CN85100312", date="1985-04-01")
    assert found["CN85100312A"].claims[3].depends_on == (1, 3)
    assert [symbol.symbol for symbol in found["CN85100312A"].ipc] == ["B03C 3/09", "F28F 1/38", "F28G 1/02"]
    assert found["CN102025678A"].claims[8].depends_on == (1, 2, 3, 8)
    assert found["CN101945314B"].stage == "granted"
    assert found["CN101945314B"].citations == (Citation(number="CN1719946A", phase="search", date="2006-01-11"),)
