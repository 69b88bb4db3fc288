"""The generated sample: the same for a seed, plausible, and consistent in itself."""

from collections import Counter, defaultdict
from functools import cache
from itertools import islice
from pathlib import Path

from typer.testing import CliRunner

from indexer.sample.cli import app
from indexer.sample.generate import LAST_DAY, patents
from search.patent import classes, numbers
from search.patent.model import Patent, decode


@cache
def sample() -> tuple[Patent, ...]:
    return tuple(patents(3_000))


def test_a_seed_means_the_same_documents_and_a_longer_sample_begins_with_the_shorter() -> None:
    assert tuple(islice(patents(3_000), 200)) == tuple(patents(200)) == sample()[:200]
    assert tuple(patents(50, seed=2)) != sample()[:50]


def test_numbers_are_canonical_and_given_once() -> None:
    given = [patent.number for patent in sample()]
    assert len(set(given)) == len(given) == 3_000
    assert all(numbers.parse_publication(number).number == number for number in given)


def test_chinese_application_numbers_have_their_check_digit_and_mean_one_application() -> None:
    families = defaultdict(set)
    for patent in sample():
        assert patent.application is not None
        assert patent.application.number is not None
        if patent.country == "CN":
            body, digit = patent.application.number.removeprefix("CN").split(".")
            assert numbers.check_digit(body) == digit
        families[patent.application.number].add(patent.family)
    assert all(len(of_one) == 1 for of_one in families.values())


def test_every_document_speaks_both_languages() -> None:
    for patent in sample():
        assert set(patent.titles) == set(patent.abstracts) == {"zh", "en"}
        if patent.type != "design":
            assert set(patent.description) == {claim.lang for claim in patent.claims} == {"zh", "en"}


def test_twenty_years_in_order_and_nothing_after_the_last_day() -> None:
    for patent in sample():
        assert patent.publication_date is not None
        assert patent.application is not None
        assert patent.application.date is not None
        assert patent.application.date < patent.publication_date <= LAST_DAY.isoformat()
    years = Counter(str(patent.publication_date)[:4] for patent in sample())
    assert len(years) >= 20


def test_a_grant_follows_the_publication_of_its_own_application() -> None:
    published = {patent.application: patent for patent in sample() if patent.stage == "published"}
    grants = [patent for patent in sample() if patent.stage == "granted" and patent.type == "invention"]
    assert len(grants) > 300
    for grant in grants:
        first = published[grant.application]
        assert str(first.publication_date) < str(grant.publication_date)
        assert first.titles == grant.titles


def test_citations_point_to_earlier_documents_of_the_sample() -> None:
    days = {patent.number: str(patent.publication_date) for patent in sample()}
    cited = [(patent, citation) for patent in sample() for citation in patent.citations]
    assert len(cited) > 1_000
    for patent, citation in cited:
        assert patent.application is not None
        assert days[citation.number] < str(patent.application.date)


def test_families_reach_abroad_and_every_kind_of_document_is_there() -> None:
    members = defaultdict(set)
    for patent in sample():
        members[patent.family].add(patent.country)
    assert sum(len(countries) >= 3 for countries in members.values()) > 50
    assert {patent.country for patent in sample()} == {"CN", "US", "EP", "WO"}
    assert {patent.type for patent in sample()} == {"invention", "utility_model", "design"}


def test_classes_are_canonical() -> None:
    for patent in sample():
        assert all(classes.ipc(symbol.symbol) == symbol.symbol for symbol in patent.ipc)
        assert bool(patent.locarno) == (patent.type == "design")


def test_the_command_writes_one_record_a_line(tmp_path: Path) -> None:
    out = tmp_path / "sample.jsonl"
    done = CliRunner().invoke(app, ["--out", str(out), "--count", "7"])
    assert done.exit_code == 0
    assert [decode(line) for line in out.read_bytes().splitlines()] == list(sample()[:7])
