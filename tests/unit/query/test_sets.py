"""Questions that name earlier ones."""

import pytest

from search.query import QueryError, parse
from search.query.check import CLAUSES, KEPT, check
from search.query.render import render
from search.query.sets import named, resolve
from search.query.tree import Listed, Or, Query, Ref, Value, Word, either, leaves

HISTORY = {
    1: "title:电池",
    2: "ipc:H01M OR ipc:H02J",
    3: "#1 AND #2",
    4: "#3 NOT country:US",
}


def held(number: int) -> Query | None:
    return parse(HISTORY[number]).tree if number in HISTORY else None


def resolved(text: str) -> str:
    return render(resolve(parse(text).tree, held, text=text))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("#1", "title:电池"),
        ("#1 AND #2", "title:电池 AND (ipc:H01M OR ipc:H02J)"),
        ("#2 OR 石墨", "ipc:H01M OR ipc:H02J OR 石墨"),
        ("NOT #3", "NOT (title:电池 AND (ipc:H01M OR ipc:H02J))"),
        ("#4 AND 石墨", "title:电池 AND (ipc:H01M OR ipc:H02J) AND NOT country:US AND 石墨"),
    ],
)
def test_each_number_stands_for_its_question(text: str, whole: str) -> None:
    assert resolved(text) == whole
    assert parse(resolved(text)).tree == resolve(parse(text).tree, held)


def test_a_question_without_numbers_is_itself() -> None:
    tree = parse("电池 AND (石墨 NEAR/3 负极)").tree
    assert resolve(tree, held) == tree


def test_a_number_that_is_not_held_is_told_with_its_place() -> None:
    with pytest.raises(QueryError) as caught:
        resolved("电池 AND #7")
    assert (caught.value.code, caught.value.position) == ("no_set", 7)
    assert "#7" in caught.value.zh


def test_questions_that_double_each_other_end_at_the_limit() -> None:
    with pytest.raises(QueryError, match="too_many_clauses"):
        resolve(Ref(40), lambda number: parse(f"#{number - 1} AND #{number - 1}").tree if number > 1 else parse("电池").tree)


def test_terms_inside_collections_count_by_themselves() -> None:
    """A hundred are typed at the most, five hundred stand in what is named; those that a number stands for are typed."""
    many = Or(tuple(Word(f"w{place}") for place in range(KEPT)))
    asked = parse("collection:a1 AND 电池").tree
    assert len(leaves(resolve(asked, held, {"a1": many}.get))) == KEPT + 1
    check(resolve(asked, held, {"a1": many}.get), clauses=CLAUSES + KEPT)
    with pytest.raises(QueryError, match="too_many_clauses") as caught:
        resolve(asked, held, {"a1": either(many, Word("one too many"))}.get)
    assert "500" in caught.value.en
    assert resolve(many, held, kept=True) == many
    with pytest.raises(QueryError, match="too_many_clauses"):
        resolve(many, held)


def test_what_no_branch_holds_is_named_by_an_underscore() -> None:
    assert parse('collection:"a1/_"').tree == Value("collection", "a1/_")
    assert parse(parse('collection:"a1/_" AND 电池').canonical).tree == parse('collection:"a1/_" AND 电池').tree
    for wrong in ("a1/__", "a1/_.1", "_"):
        with pytest.raises(QueryError, match="collection"):
            parse(f'collection:"{wrong}"')


def test_a_list_of_numbers_is_one_leaf() -> None:
    listed = Listed(tuple(f"CN{number}A" for number in range(10_000)))
    assert leaves(resolve(parse("#1 AND #9").tree, {1: parse("电池").tree, 9: listed}.get))[1] is listed


def test_the_numbers_that_a_question_names() -> None:
    assert named(parse("#3 AND (#1 OR 电池 NOT #3)").tree) == (Ref(3), Ref(1))
    assert named(parse('country:CN AND collection:"4f0a/1"').tree) == (Value("collection", "4f0a/1"),)


COLLECTIONS = {
    "a1": parse("ipc:H01M OR #1").tree,
    "b2": parse("collection:a1 AND NOT country:US").tree,
    "b2/1.2": Listed(("CN1A", "CN2B")),
    "c3": parse("电池 OR collection:c4").tree,
    "c4": parse("collection:c3").tree,
}


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("collection:a1", "ipc:H01M OR title:电池"),
        ("collection:b2 AND 石墨", "(ipc:H01M OR title:电池) AND NOT country:US AND 石墨"),
        ("专题库：b2/1.2 OR 石墨", "number:(CN1A OR CN2B) OR 石墨"),
    ],
)
def test_a_collection_stands_for_its_documents(text: str, whole: str) -> None:
    assert render(resolve(parse(text).tree, held, COLLECTIONS.get, text=text)) == whole


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("石墨 collection:d5", "no_collection", 14),
        ("collection:b2/9", "no_collection", 11),
        ("collection:c3", "collection_circle", 11),
    ],
)
def test_a_collection_that_can_not_be_asked_is_told_with_its_place(text: str, code: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        resolve(parse(text).tree, held, COLLECTIONS.get, text=text)
    assert (caught.value.code, caught.value.position) == (code, position)


def test_without_collections_their_names_stand() -> None:
    assert render(resolve(parse("#1 collection:a1").tree, held)) == "title:电池 AND collection:a1"
