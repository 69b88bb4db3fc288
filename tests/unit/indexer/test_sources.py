"""T49: what stands in files, folders and archives comes out as it is; what is broken or hostile is refused with its place."""

import gzip
import lzma
import os
import random
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from indexer.sources.limits import Limits
from indexer.sources.walk import Found, Member, PassedOver, Unreadable, members, origins
from tests.unit.indexer import hostile

TEXT = b"<doc>one</doc>"


def found(path: Path, data: bytes, limits: Limits | None = None) -> list[Found]:
    path.write_bytes(data)
    return [drained(one) for origin in origins([path]) for one in members(origin, limits)]


def drained(one: Found) -> Found:
    """A member with its content read while it could be: `CONTENT` by its name."""
    if isinstance(one, Member):
        CONTENT[one.name] = b"".join(iter(lambda: one.stream.read(2**16), b""))
    return one


CONTENT: dict[str, bytes] = {}


@pytest.fixture(autouse=True)
def _empty() -> None:
    CONTENT.clear()


@pytest.mark.parametrize(
    ("name", "data", "inside"),
    [
        ("a.xml", TEXT, "a.xml"),
        ("a.xml.gz", gzip.compress(TEXT), "a.xml.gz"),
        ("a.xml.gz", gzip.compress(TEXT[:5]) + gzip.compress(TEXT[5:]), "a.xml.gz"),
        ("a.xml.xz", lzma.compress(TEXT), "a.xml.xz"),
        ("a.xml.xz", lzma.compress(TEXT[:5]) + b"\x00" * 4 + lzma.compress(TEXT[5:]), "a.xml.xz"),
        ("a.zip", hostile.zipped({"b/c.xml": TEXT}), "a.zip!b/c.xml"),
        ("a.tar", hostile.tarred({"b/c.xml": TEXT}), "a.tar!b/c.xml"),
        ("a.tar.gz", gzip.compress(hostile.tarred({"c.xml": TEXT})), "a.tar.gz!c.xml"),
        ("a.tar.xz", lzma.compress(hostile.tarred({"c.xml": TEXT})), "a.tar.xz!c.xml"),
        ("a.zip", hostile.zipped({"b.ZIP": hostile.zipped({"c.xml": TEXT})}), "a.zip!b.ZIP!c.xml"),
        ("a.zip", hostile.zipped({"b.gz": gzip.compress(TEXT)}), "a.zip!b.gz"),
        ("no ending", hostile.zipped({"c": TEXT}), "no ending!c"),
    ],
)
def test_known_by_its_bytes_and_unpacked_as_deep_as_it_goes(tmp_path: Path, name: str, data: bytes, inside: str) -> None:
    (one,) = found(tmp_path / name, data)
    assert isinstance(one, Member)
    assert (one.name, one.key) == (inside, str(tmp_path / inside))
    assert CONTENT[inside] == TEXT
    assert one.stream.failure is None


def test_a_folder_in_the_order_of_names_links_to_folders_not_followed(tmp_path: Path) -> None:
    base = tmp_path / "given"
    for name in ("b/2.xml", "b/1.xml", "a.xml", "c.TIF"):
        base.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        base.joinpath(name).write_bytes(TEXT)
    os.symlink(tmp_path, base / "loop")
    names = [origin.name for origin in origins([base])]
    assert names == ["given/a.xml", "given/c.TIF", "given/b/1.xml", "given/b/2.xml"]
    kinds = [type(one) for origin in origins([base]) for one in members(origin)]
    assert kinds == [Member, PassedOver, Member, Member]


def test_a_path_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        origins([Path("nowhere/at/all")])


@pytest.mark.parametrize("name", ["../x.xml", "a/../../x.xml", "/etc/x.xml", "C:\\x.xml", "..\\x.xml"])
@pytest.mark.parametrize("pack", [hostile.zipped, hostile.tarred])
def test_t49_a_path_outside_the_archive_is_refused_and_the_rest_read(tmp_path: Path, name: str, pack: object) -> None:
    first, second = found(tmp_path / "a", pack({name: TEXT, "good.xml": TEXT}))  # type: ignore[operator]
    assert isinstance(first, Unreadable)
    assert first.reason == "path outside the archive"
    assert isinstance(second, Member)
    assert CONTENT[second.name] == TEXT


def test_t49_links_in_a_tar_are_refused(tmp_path: Path) -> None:
    first, second = found(tmp_path / "a.tar", hostile.tarred({"good.xml": TEXT}, link="l.xml"))
    assert isinstance(first, Member)
    assert isinstance(second, Unreadable)
    assert "link" in second.reason


LONG = random.Random(1).randbytes(300_000)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (hostile.truncated_gzip(LONG, 200_000), "ends too early"),
        (lzma.compress(LONG)[:200_000], "ends too early"),
        (gzip.compress(LONG)[:100_000] + b"\x00" * 100_000, "damaged compressed data"),
        (hostile.tarred({"a": LONG})[:100_000], "TAR"),
    ],
)
def test_t49_a_source_cut_short_gives_what_it_has_and_says_so(tmp_path: Path, data: bytes, reason: str) -> None:
    all_ = found(tmp_path / "a", data)
    failures = [one.stream.failure if isinstance(one, Member) else one.reason for one in all_ if not isinstance(one, PassedOver)]
    assert any(reason in (failure or "") for failure in failures), failures
    (given,) = CONTENT.values()
    assert LONG.startswith(given[: len(LONG)][:50_000])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (hostile.zipped({}), "empty archive"),
        (hostile.zipped({"a.xml": LONG})[:200_000], "damaged ZIP"),
        (hostile.encrypted(TEXT), "encrypted"),
        (b"PK\x03\x04 not really", "damaged ZIP"),
        (hostile.zipped({"a.xml": b""}), "empty file"),
    ],
)
def test_t49_what_can_not_be_opened(tmp_path: Path, data: bytes, reason: str) -> None:
    (one,) = found(tmp_path / "a.zip", data)
    assert isinstance(one, Unreadable)
    assert reason in one.reason


def test_t49_a_damaged_member_leaves_the_others(tmp_path: Path) -> None:
    data = bytearray(hostile.zipped({"bad.xml": LONG, "good.xml": TEXT}, compression=zipfile.ZIP_STORED))
    data[1000] ^= 0xFF
    bad, good = found(tmp_path / "a.zip", bytes(data))
    assert isinstance(bad, Member)
    assert isinstance(good, Member)
    assert "ZIP" in (bad.stream.failure or "")
    assert good.stream.failure is None


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(hostile.bomb(64 * 2**20), id="gzip"),
        pytest.param(gzip.compress(hostile.bomb(64 * 2**20)), id="gzip in gzip"),
        pytest.param(hostile.zipped({"a.xml": b" " * (64 * 2**20)}), id="zip"),
        pytest.param(hostile.zipped({f"{i}.xml": b" " * 2**20 for i in range(64)}), id="many members"),
        pytest.param(hostile.overlapping(500, b" " * 2**20), id="one member many times"),
        pytest.param(lzma.compress(b" " * (64 * 2**20)), id="xz"),
    ],
)
def test_t49_bombs_are_stopped_at_the_limit(tmp_path: Path, data: bytes) -> None:
    limits = Limits(free=8 * 2**20)
    tracemalloc.start()
    try:
        path = tmp_path / "bomb"
        path.write_bytes(data)
        total = 0
        reasons = []
        for origin in origins([path]):
            for one in members(origin, limits):
                if isinstance(one, Member):
                    while chunk := one.stream.read(2**16):
                        total += len(chunk)
                    reasons.append(one.stream.failure or "")
                elif isinstance(one, Unreadable):
                    reasons.append(one.reason)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert any("bomb" in reason for reason in reasons)
    assert total <= max(limits.free, limits.ratio * len(data)) + 2**20
    assert peak < 24 * 2**20


@pytest.mark.parametrize("seed", range(8))
def test_t49_random_damage_never_gets_out(tmp_path: Path, seed: int) -> None:
    """Flipped, cut and doubled bytes of every kind of archive: an end or a refusal, whatever comes."""
    chance = random.Random(seed)
    sound = {"a/甲.xml": LONG[:3000], "b.xml": TEXT * 200}
    inner = hostile.zipped(sound)
    kinds = [
        inner,
        hostile.tarred(sound),
        gzip.compress(inner),
        lzma.compress(hostile.tarred(sound)),
        hostile.zipped({"x.zip": inner}),
    ]
    for round_ in range(60):
        data = bytearray(chance.choice(kinds))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            data[at : at + chance.choice((0, 1, 1, 1, 40))] = chance.randbytes(chance.choice((0, 1, 1, 1, 8)))
        for one in found(tmp_path / f"{round_}", bytes(data)):
            one_name = one.name if not isinstance(one, PassedOver) else ""
            assert one_name.encode()


def test_names_that_are_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.xml"
    with open(path, "wb") as out:
        out.write(TEXT)
    (origin,) = origins([tmp_path])
    assert origin.name.endswith("\\udcff.xml")
    (one,) = members(origin)
    assert isinstance(one, Member)
    assert one.stream.read() == TEXT


def test_t49_archives_too_deep_and_too_many(tmp_path: Path) -> None:
    (deep,) = found(tmp_path / "deep", hostile.quine_like(8))
    assert isinstance(deep, Unreadable)
    assert "deep" in deep.reason
    many = found(tmp_path / "many", hostile.zipped({f"{i}.xml": TEXT for i in range(12)}), Limits(members=10))
    assert sum(isinstance(one, Member) for one in many) == 10
    assert all("more than 10" in one.reason for one in many if isinstance(one, Unreadable))


def test_t49_a_directory_too_large_for_memory_is_refused_unread(tmp_path: Path) -> None:
    (one,) = found(tmp_path / "a.zip", hostile.zipped({f"{i}": b"" for i in range(2000)}), Limits(directory=50_000))
    assert isinstance(one, Unreadable)
    assert "directory" in one.reason
