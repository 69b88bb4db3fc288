"""Bulk actions as lines, and how they are shared out over requests."""

from itertools import pairwise

import orjson
from hypothesis import given
from hypothesis import strategies as st

from search.engine.elastic import bulk


def test_an_action_is_its_line_and_the_documents() -> None:
    lines = bulk.action("index", "papers", "CN1A", {"title": '水\n"泵"'}, if_seq_no=3, if_primary_term=1).split(b"\n")
    head = {"index": {"_index": "papers", "_id": "CN1A", "if_seq_no": 3, "if_primary_term": 1}}
    assert [orjson.loads(line) for line in lines[:-1]] == [head, {"title": '水\n"泵"'}]
    assert lines[-1] == b""
    assert bulk.action("delete", "papers", "CN1A") == b'{"delete":{"_index":"papers","_id":"CN1A"}}\n'


@given(st.lists(st.sampled_from([1, 7_000, bulk.MOST_BYTES // 2, bulk.MOST_BYTES - 1, bulk.MOST_BYTES, bulk.MOST_BYTES + 1])))
def test_requests_keep_the_order_and_both_limits(sizes: list[int]) -> None:
    made = {size: bytes(size) for size in set(sizes)}
    requests = list(bulk._cut([made[size] for size in sizes]))
    assert [len(lines) for request in requests for lines in request] == sizes
    for request in requests:
        assert 0 < len(request) <= bulk.MOST_ACTIONS
        assert len(request) == 1 or sum(map(len, request)) <= bulk.MOST_BYTES
    for request, following in pairwise(requests):
        assert sum(map(len, request)) + len(following[0]) > bulk.MOST_BYTES


def test_small_actions_are_cut_by_count() -> None:
    requests = list(bulk._cut([b"x\n"] * (2 * bulk.MOST_ACTIONS + 1)))
    assert [len(request) for request in requests] == [bulk.MOST_ACTIONS, bulk.MOST_ACTIONS, 1]
