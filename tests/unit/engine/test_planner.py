"""What each kind of leaf becomes."""

import pytest

from search.engine.plan import Bool, Days, Everything, Keys, Pattern, Piece, Pieces, Plan, Prefix, Proximity, Run
from search.engine.planner import NOTHING, plan
from search.query.fields import DEFAULT, FIELDS
from search.query.tree import All, And, Near, Not, Or, Query, Range, Ref, Value, Wild, Word

CN = Keys("country", ("CN",))
US = Keys("country", ("US",))
A, B = Word("Charging", "title"), Wild("batter*", "title")
LEFT, RIGHT = Run("title_s", ("charg",), 3.0), Prefix("title", "batter", 3.0)
NEAR, ALONE = Near(A, B, "word", 3), Near(A, B, without=True)
NESTED = Near(NEAR, Or((A, B)), "sentence")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (All(), Everything()),
        (Word("Charging", "title"), Run("title_s", ("charg",), 3.0)),
        (Word("Wireless charging", "title"), Run("title_s", ("wireless", "charg"), 3.0)),
        (Word("Charging", "title", exact=True), Run("title", ("charging",), 3.0)),
        (Word("Charging", "applicant"), Run("applicant", ("charging",), 1.0)),
        (Word("锂电池", "abstract"), Run("abstract", ("锂电", "电池"), 2.0)),
        (Word("鋰電池", "abstract"), Run("abstract", ("锂电", "电池"), 2.0)),
        (Word("灯", "claims"), Prefix("claims", "灯", 1.5)),
        (Word("LED灯", "title"), Pieces("title", (Piece("token", "led"), Piece("prefix", "灯")), 3.0)),
        (Word("电池 pack", "title"), Run("title", ("电池", "池", "pack"), 3.0)),
        (Word("!?", "title"), NOTHING),
        (Wild("charg*", "title"), Prefix("title", "charg", 3.0)),
        (Wild("*CHARG?", "title"), Pattern("title", "*charg?", 3.0)),
        (Wild("锂电池*", "title"), Run("title", ("锂电", "电池"), 3.0)),
        (Wild("CN1103*", "number"), Prefix("number_keys", "CN1103")),
        (Wild("*0865B", "number"), Pattern("number_keys", "*0865B")),
        (Wild("CN2019*", "application"), Prefix("application_keys", "CN2019")),
        (Wild("H01M10/*", "ipc"), Prefix("ipc", "H01M10/")),
        (Wild("H0?M*", "ipc"), Pattern("ipc", "H0?M*")),
        (Value("country", "CN"), CN),
        (Value("country", "cn"), CN),
        (Value("ipc", "H01M"), Keys("ipc", ("H01M",))),
        (Value("ipc", "H01M 10/0525"), Keys("ipc", ("H01M10/0525",))),
        (Value("ipc", "?"), NOTHING),
        (Value("applicant", "华为技术有限公司"), Keys("applicant_k", ("华为技术有限公司",))),
        (Value("year", "2020"), Keys("publication_year", ("2020",))),
        (Range("publication_date", "2020-01-02", "2020-03-04"), Days("publication_date", 20200102, 20200304)),
        (Range("priority_date", None, "2020-03-04"), Days("priority_date", 0, 20200304)),
        (Range("priority_date", "2020-03-04"), Days("priority_date", 20200304, 99991231)),
        (Not(Value("country", "CN")), Bool(must=(Everything(),), must_not=(CN,))),
        (And((Value("country", "CN"), Not(Value("country", "US")))), Bool(must=(CN,), must_not=(US,))),
        (And((Not(Value("country", "CN")), Not(Value("country", "US")))), Bool(must=(Everything(),), must_not=(CN, US))),
        (Or((Value("country", "CN"), Value("country", "US"))), Bool(should=(CN, US))),
        (NEAR, Bool(must=(LEFT, RIGHT), filters=(Proximity("title", NEAR),))),
        (ALONE, Bool(must=(LEFT,), filters=(Proximity("title", ALONE),))),
        (NESTED, Bool(must=(Bool(must=(LEFT, RIGHT)), Bool(should=(LEFT, RIGHT))), filters=(Proximity("title", NESTED),))),
    ],
    ids=repr,
)
def test_a_leaf_becomes(query: Query, expected: Plan) -> None:
    assert plan(query) == expected


def test_a_number_is_sought_under_every_key_its_spelling_may_mean() -> None:
    found = plan(Value("number", "CN 110330865 B"))
    assert isinstance(found, Keys)
    assert found.field == "number_keys"
    assert "CN110330865B" in found.values
    application = plan(Value("application", "201910792871.4"))
    assert isinstance(application, Keys)
    assert application.field == "application_keys"
    assert application.values


@pytest.mark.parametrize("field", ["number", "application"])
def test_a_number_that_no_office_prints_is_sought_as_it_is(field: str) -> None:
    found = plan(Value(field, "cn 4－b"))
    assert isinstance(found, Keys)
    assert "CN4-B" in found.values


@pytest.mark.parametrize("leaf", [Word("charging"), Word("锂电池"), Word("灯"), Wild("charg*"), Wild("ch?rge")], ids=repr)
def test_a_leaf_without_a_field_is_sought_in_four_with_their_boosts(leaf: Word | Wild) -> None:
    boosts = {field.name: field.boost for field in FIELDS}
    found = plan(leaf)
    assert isinstance(found, Bool)
    assert [part.field.removesuffix("_s") for part in found.should if not isinstance(part, Everything | Bool)] == list(DEFAULT)
    assert [part.boost for part in found.should if isinstance(part, Run | Prefix | Pattern)] == [boosts[name] for name in DEFAULT]


def test_a_distance_without_a_field_is_measured_in_each_default_field() -> None:
    near = Near(Word("灯"), Word("泡"))
    found = plan(near)
    assert isinstance(found, Bool)
    parts = [part for part in found.should if isinstance(part, Bool)]
    assert [part.filters for part in parts] == [(Proximity(field, near),) for field in DEFAULT]


def test_a_reference_is_not_planned() -> None:
    with pytest.raises(ValueError, match="replaced"):
        plan(Ref(1))
