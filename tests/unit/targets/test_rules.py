"""The rule files that come with the product, and what the language refuses."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from random import Random

import pytest

from auth.ledger.kinds import KINDS
from auth.ledger.reasons import REASONS
from auth.targets.evaluate import evaluate
from auth.targets.rules import REGISTRATIONS, RulesRefused, SpellingRefused, check_spelling, parse, shipped
from tests.machine import ROOT, soaking
from tests.unit.bundle.bundles import verifier
from tests.unit.targets.years import PROJECT, a_year

PAGE = (ROOT / "docs" / "targets.md").read_text("utf-8")
GUIZHOU = shipped()["guizhou-2019"].decode()


def test_the_five_notices_are_there() -> None:
    names = {"guizhou-2019", "west-2017", "navigation-2022", "tianjin-2023", "sme-cities-2017"}
    assert set(shipped()) == names
    assert all(f"`{name}`" in PAGE for name in names)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_rule_file_reads_and_speaks_of_kinds_that_exist(name: str) -> None:
    rules = parse(shipped()[name])
    assert rules.rule == name
    carried = {attribute for kind in KINDS.values() for attribute in (*kind.needs, *kind.may)} | {"person"}
    for target in rules.targets:
        assert target.of == (REGISTRATIONS,) or set(target.of) <= set(KINDS)
        assert {held.attribute for held in target.where} <= carried
        assert target.quote
        assert target.line > 0
    assert all(f"`{direction}`" in PAGE for direction in rules.directions)


def test_every_reason_has_words_in_both_languages() -> None:
    """Those of the files, and those that generated years of facts bring about."""
    met = set()
    for name in shipped():
        rules = parse(shipped()[name])
        met |= {held.reason for target in rules.targets for held in target.where}
        for seed in range(40 if soaking() else 10):
            standing = evaluate(rules, a_year(Random(seed), rule=name), PROJECT, as_of=date(2020, 12, 31))
            met |= {row.reason for measure in standing.measures for row in measure.left_out}
    assert met - set(REASONS) == set()


def test_guizhou_asks_for_what_the_notice_says() -> None:
    """S0 lines 11, 13, 14, 22, as read by a person."""
    needed = {target.id: target.at_least for target in parse(GUIZHOU.encode()).targets if target.at_least is not None}
    assert needed == {
        "trainings": 3,
        "enterprises": 30,
        "customised": 10,
        "agricultural_leaders": 2,
        "outside_guiyang_zunyi": 10,
        "each_quarter": 30,
        "new_users": 100,
    }


def test_tianjin_public_service_asks_for_what_the_notice_says() -> None:
    """S3 lines 310 to 313."""
    rules = parse(shipped()["tianjin-2023"])
    needed = {target.id: target.at_least for target in rules.of_direction("public_service") if target.at_least is not None}
    assert needed == {"trainings": 5, "attendances": 500, "kinds": 2, "cases": 1}


def test_every_word_of_the_language_is_documented() -> None:
    from auth.targets.rules import Filter, Target

    words = {name for shape in (Target, Filter) for name in shape.__struct_fields__} - {"reason", "attribute", "direction"}
    assert {word for word in words if f"`{word}`" not in PAGE} == set()


@dataclass(frozen=True)
class Wrong:
    """A change that makes the file unreadable, and what is said."""

    old: str
    new: str
    says: str


@pytest.mark.parametrize(
    "wrong",
    [
        Wrong("language = 1", "language = 2", "language"),
        Wrong("version = 1", "version = 0", "versions"),
        Wrong("version = 1", 'version = 1\nsha256 = "x"', "hash"),
        Wrong('id = "advice"', 'id = "trainings"', "two targets"),
        Wrong("at_least = 100", "at_leest = 100", "at_leest"),
        Wrong("at_least = 100", "at_least = 99.5", "int"),
        Wrong('subset_of = "agreements"', 'subset_of = "each_quarter"', "no target above"),
        Wrong('subset_of = "agreements"', 'subset_of = "trainings"', "subset counts"),
        Wrong('reading = "activated"', 'reading = "delivered"', "no reading"),
        Wrong('readings = "rungs"\nreading = "activated"', "", "registrations alone"),
        Wrong("equals = true, reason", 'equals = true, within = ["x"], reason', "exactly one operator"),
        Wrong('distinct = ["training"]\n', 'distinct = ["training"]\ndirection = "north"\n', "no direction"),
        Wrong("each_quarter = 1\n", 'each_quarter = 1\nperiod = "to_last_day"\n', "days of the window"),
        Wrong('name = { zh = "贵州', 'name = { xx = "贵州', "xx"),
        Wrong("[[target]]", "[target", "line"),
    ],
    ids=lambda wrong: wrong.new[:30],
)
def test_what_the_language_has_not_is_refused(wrong: Wrong) -> None:
    """Fails closed: nothing of a rule is ever ignored."""
    assert wrong.old in GUIZHOU
    with pytest.raises(RulesRefused, match=re.escape(wrong.says)):
        parse(GUIZHOU.replace(wrong.old, wrong.new, 1).encode())


HUNDRED = ("at_least = 1_00", "at_least=100", "at_least = 0x64", "at_least  = 100", "'at_least' = 100", "\tat_least = 100")
SPELLINGS = {
    "at_least = 100": HUNDRED,
    'split = "audience"': ("split = 'audience'", 'split = """audience"""', 'split = "audi\\u0065nce"', 'split = "audience" ; a'),
}


@pytest.mark.parametrize("wanted", SPELLINGS)
def test_a_file_that_the_verifiers_do_not_read_is_refused_with_its_line(wanted: str) -> None:
    """T41: TOML of other spellings says the same, but not to who checks the bundle."""
    for written in SPELLINGS[wanted]:
        line = GUIZHOU[: GUIZHOU.index(wanted)].count("\n") + 1
        data = GUIZHOU.replace(wanted, written, 1).encode()
        try:
            parse(data)
        except RulesRefused:
            continue
        with pytest.raises(SpellingRefused) as refused:
            check_spelling(data)
        assert refused.value.line in (line, line - 1), written  # a statement that is not begun anew belongs to the one before


def test_what_is_adopted_the_verifiers_read_alike() -> None:
    """Shipped files changed at random, sign by sign: what is taken has one meaning and a form that they know."""
    rng, taken, tries = Random(41), 0, 600 if soaking() else 150
    signs = "\"'\\=#[]{}, \n\t\x00._-019aZ中"
    for _ in range(tries):
        text = list(shipped()[rng.choice(sorted(shipped()))].decode())
        for _ in range(rng.randrange(1, 3)):
            at = rng.randrange(len(text))
            text[at : at + rng.randrange(2)] = rng.choice(["", rng.choice(signs)])
        data = "".join(text).encode()
        try:
            parse(data)
            check_spelling(data)
        except RulesRefused:
            continue
        taken += 1
        read = verifier().recount.toml(data.decode())
        assert read == tomllib.loads(data.decode())
        assert verifier().fits(read, "rules"), data
    assert taken > tries / 12
