"""Stems, and that threads may share them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from search.text.stems import stem


@pytest.mark.parametrize(
    ("forms", "root"),
    [("battery batteries", "batteri"), ("charge charging charged charges", "charg"), ("lifepo4", "lifepo4"), ("größe", "größe")],
)
def test_inflections_meet(forms: str, root: str) -> None:
    assert {stem(form) for form in forms.split()} == {root}


def test_threads_get_their_own_stems() -> None:
    words = [f"{root}{number}s" for root in ("charge", "battery", "cell") for number in range(2000)]
    alone = [stem.__wrapped__(word) for word in words]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda _: [stem.__wrapped__(word) for word in words], range(8)))
    assert together == [alone] * 8
