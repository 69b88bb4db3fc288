"""T49: a folder of attacks and one sound file: each attack refused with file and offset, the rest loaded, memory flat."""

import gzip
import json
import lzma
import os
import subprocess
import sys
from pathlib import Path

from auth.database import Database
from search.loads.store import Loads
from search.migrations import migrate
from search.patent.model import encode
from tests import machine
from tests.builders import a_patent
from tests.unit.indexer import hostile
from tests.unit.indexer.uspto_sample import DESCRIPTION, HEAD, grant

MOST_MB = 400
GIANT = 2 * 2**30 if machine.soaking() else 256 * 2**20
"""Bytes of one text node."""

MEASURED = """
import sys
from indexer.cli import app
try:
    app(sys.argv[1:])
finally:
    status = open("/proc/self/status").read()
    print(status.partition("VmHWM:")[2].split()[0], file=sys.stderr)
"""
"""Ends with the process's own peak in kB; getrusage would tell that of the process it was forked from, where that is higher."""


def numbered(number: int, document: bytes) -> bytes:
    return document.replace(b"07654321", b"%08d" % number)


def corpus(folder: Path) -> Path:
    folder.mkdir()
    external = '[<!ENTITY x SYSTEM "file:///etc/hostname">]'
    laughs = '[<!ENTITY a "lol">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>"
    used = DESCRIPTION.replace("BACKGROUND", "&x;")
    weekly = [
        numbered(8000001, grant()),
        grant(head=HEAD.replace("[ ]", external), description=used),
        grant(head=HEAD.replace("[ ]>", laughs), description=DESCRIPTION.replace("BACKGROUND", "&j;")),
        numbered(8000002, grant()).replace(b"soil", b"s\xf6il"),
        numbered(8000003, grant())[:-200],
        numbered(8000004, grant()),
    ]
    (folder / "weekly.xml").write_bytes(b"\n".join(weekly))
    with gzip.open(folder / "giant.xml.gz", "wb", compresslevel=1) as out:  # between two sound documents
        out.write(numbered(8000005, grant()) + b"\n" + grant()[:3000])
        filler = bytes(range(32, 60)) * 40_000
        for _ in range(GIANT // len(filler)):
            out.write(filler.replace(b"<", b" "))
        out.write(b"\n" + numbered(8000006, grant()))
    (folder / "bomb.jsonl.gz").write_bytes(hostile.bomb(256 * 2**20, start=encode(a_patent()) + b"\n"))
    (folder / "bomb.zip").write_bytes(hostile.zipped({"a.xml": hostile.bomb(256 * 2**20, start=grant()[:2000])}))
    (folder / "outside.zip").write_bytes(hostile.zipped({"../../x.xml": grant(), "good.xml": numbered(8000007, grant())}))
    (folder / "outside.tar.xz").write_bytes(lzma.compress(hostile.tarred({"/etc/x.xml": grant()}, link="link.xml")))
    lines = b"".join(encode(a_patent(f"CN{110000000 + place}B")) + b"\n" for place in range(400))
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(lines, mtime=0)[:-2000])
    (folder / "deep.zip").write_bytes(hostile.quine_like(9))
    (folder / "nested.jsonl").write_bytes(b'{"number":' + b"[" * 200_000 + b"\n" + encode(a_patent("CN110330870B")) + b"\n")
    (folder / "latin.jsonl").write_bytes(encode(a_patent()).replace("旋".encode(), b"\xd0\xfd") + b"\n")
    return folder


def test_t49_attacks_are_refused_with_their_place_and_the_rest_is_loaded(tmp_path: Path) -> None:
    folder, data = corpus(tmp_path / "corpus"), tmp_path / "data"
    data.mkdir()
    database = Database(f"sqlite:///{data / 'patentry.sqlite'}")
    migrate(database)
    environment = {**os.environ, "PATENTRY_DATA": str(data), "PATENTRY_LANG": "en", "ELASTICSEARCH_URL": "", "DATABASE_URL": ""}
    command = [sys.executable, "-c", MEASURED, "load", str(folder)]
    done = subprocess.run(command, cwd=machine.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert int(done.stderr.split()[-1]) < MOST_MB * 1024
    assert "hostname" not in done.stdout

    refused = {(one.name.removeprefix("corpus/"), one.offset): one.reason for one in Loads(database).refusals()}
    database.close()
    for place, reason in foreseen(folder).items():
        assert reason in refused.pop(place), place
    (cut,) = refused
    assert cut[0] == "cut.jsonl.gz"
    assert refused[cut].startswith("ends too early")

    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "indexer", "convert", str(folder), "--out", str(out)]
    subprocess.run(command, cwd=machine.ROOT, env=environment, capture_output=True, check=False)
    numbers = {json.loads(line)["number"] for line in out.read_bytes().splitlines()}
    assert {f"US{number}B2" for number in (8000001, 8000004, 8000005, 8000006, 8000007)} <= numbers
    assert "CN110330870B" in numbers
    assert not any(number in numbers for number in ("US8000002B2", "US8000003B2", "US7654321B2"))
    assert len([number for number in numbers if number.startswith("CN1100")]) > 100  # of 400: the others lay behind the cut


def foreseen(folder: Path) -> dict[tuple[str, int], str]:
    weekly = (folder / "weekly.xml").read_bytes()
    starts = [0]
    while (following := weekly.find(b"<?xml ", starts[-1] + 1)) > 0:
        starts.append(following)
    return {
        ("weekly.xml", starts[1]): "entity",
        ("weekly.xml", starts[2]): "entity",
        ("weekly.xml", starts[3]): "well-formed",
        ("weekly.xml", starts[4]): "well-formed",
        ("giant.xml.gz", len(numbered(8000005, grant())) + 1): "document above",
        ("bomb.jsonl.gz", 0): "bomb",
        ("bomb.zip!a.xml", 0): "bomb",
        ("outside.zip!../../x.xml", 0): "path outside the archive",
        ("outside.tar.xz!/etc/x.xml", 0): "path outside the archive",
        ("outside.tar.xz!link.xml", 0): "link",
        ("deep.zip!8.zip!7.zip!6.zip!5.zip!4.zip", 0): "deep",
        ("nested.jsonl", 0): "not",
        ("latin.jsonl", 0): "not",
    }
