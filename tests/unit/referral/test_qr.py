"""QR codes: both drawings show the same modules, and say the link's address."""

import struct
import zlib
from xml.etree import ElementTree as ET

import segno

from auth.referral.qr import draw

ADDRESS = "https://patents.example.org/r/7K3QX0M9TZ"


def _modules(png: bytes) -> list[list[bool]]:
    """The dark modules of a drawing in black and white, its quiet zone and the size of its dots taken off."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth = struct.unpack(">IIB", png[16:25])
    assert (width, depth) == (height, 1)
    start, data = 8, b""
    while start < len(png):
        (length,) = struct.unpack(">I", png[start : start + 4])
        if png[start + 4 : start + 8] == b"IDAT":
            data += png[start + 8 : start + 8 + length]
        start += length + 12
    raw, row = zlib.decompress(data), (width + 7) // 8 + 1
    lines = [b"\0" * (row - 1)]
    for place in range(0, len(raw), row):  # filter 0: as it is, 2: the difference to the line above (PNG section 9.2)
        assert raw[place] in (0, 2)
        above = lines[-1] if raw[place] else b"\0" * (row - 1)
        lines.append(bytes((one + other) % 256 for one, other in zip(raw[place + 1 : place + row], above, strict=True)))
    dots = [[not line[x // 8] >> (7 - x % 8) & 1 for x in range(width)] for line in lines[1:]]
    return [line[4 * 16 + 8 : -4 * 16 : 16] for line in dots[4 * 16 + 8 : -4 * 16 : 16]]


def test_the_dots_are_the_modules_of_the_address() -> None:
    code = segno.make_qr(ADDRESS, error="m", boost_error=False)
    assert _modules(draw(ADDRESS, "png")) == [[bool(module) for module in row] for row in code.matrix]


def test_the_drawing_is_sound_xml_without_script_or_reference() -> None:
    root = ET.fromstring(draw(ADDRESS, "svg"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {"svg", "g", "path"}
    assert not any("href" in name for element in root.iter() for name in element.attrib)
