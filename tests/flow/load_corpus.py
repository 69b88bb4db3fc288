"""A corpus of several files, formats and archives to load, with everything that makes loading hard: numbers that come again,
within a file and in another format, records that are refused, members of archives."""

import gzip
import json
import random
from pathlib import Path

from tests.unit.indexer import hostile
from tests.unit.indexer.uspto_sample import grant

_TITLES = ("一种旋耕机", "蛋糕装饰公仔", "水线清理装置", "传感器及其方法", "农用灌溉系统")
_HEADER = "item,name,authorization_notice_id,authorized_announcement_date,filing_id,filing_date,patentee,designer,address,Int.Cl.\n"


def write(folder: Path, *, lines: int = 4000, rows: int = 2000, grants: int = 120, members: int = 40) -> Path:
    """The corpus in `folder`, the same at every call."""
    folder.mkdir(parents=True)
    chance = random.Random(7)
    with gzip.open(folder / "1 gazette.jsonl.gz", "wt", encoding="utf-8") as out:
        for place in range(lines):
            out.write(_line(place, chance) + "\n")
            if place % 97 == 0:
                out.write(_line(place, chance) + "\n")  # the same number with another title
            if place % 501 == 0:
                out.write('{"pub_no": broken\n')
    table = _HEADER + "".join(_row(place, chance) for place in range(lines - rows // 2, lines + rows // 2))
    (folder / "2 utility.csv").write_bytes(table.encode("gb18030"))
    listing = b'<?xml version="1.0"?>\n<!DOCTYPE sequence-cwu>\n<sequence-cwu id="S"></sequence-cwu>'
    weekly = [_grant(8_000_000 + place) for place in range(grants)]
    (folder / "3 weekly.xml").write_bytes(b"\n".join([*weekly[:50], listing, weekly[50][:-99], *weekly[50:]]))
    inner = {f"UTIL/{place}.ZIP": hostile.zipped({f"{place}.XML": _grant(9_000_000 + place)}) for place in range(members)}
    (folder / "4 weekly.zip").write_bytes(hostile.zipped(inner | {"DESIGN/d.TIF": b"II*", "bad.xml": b"", "no.txt": b"what"}))
    return folder


def _line(place: int, chance: random.Random) -> str:
    title = f"{chance.choice(_TITLES)}{chance.randint(1, 99)}"
    record = {
        "pub_no": f"CN{209000000 + place}U",
        "kind": "U",
        "title": title,
        "pub_date": "2019-07-09",
        "app_no": None,
        "app_date": "2018-11-02",
        "applicants": [f"江苏禾丰农机有限公司{place % 50}"],
        "inventors": ["王晓明"],
        "address": "210000江苏省南京市玄武区1号",
        "ipc": ["A01B 33/00"],
    }
    return json.dumps(record, ensure_ascii=False)


def _row(place: int, chance: random.Random) -> str:
    title = f"{chance.choice(_TITLES)}{chance.randint(1, 99)}"
    number = f"CN{209000000 + place - place % 50 // 49}U"
    return f"{place},{title},{number},2019.07.09,2.02E+12,2018.11.02,江苏禾丰农机有限公司,王晓明,江苏省南京市,A01B33/00(2006.01)I\n"


def _grant(number: int) -> bytes:
    return grant().replace(b"07654321", f"{number:08d}".encode())
