"""The normal form of texts, and XML read without anything from outside (T49; attacks on whole records in test_hostile)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import ParseError
from indexer.parsers import cnipa_text, text, xml


@given(st.text())
def test_a_line_has_no_blank_at_an_end_or_beside_another(printed: str) -> None:
    blanks = [" " if sign.isspace() or sign < " " or sign in "\x7f\u200b\ufeff" else sign for sign in printed]
    assert text.line(printed) == (" ".join("".join(blanks).split()) or None)


@pytest.mark.parametrize(
    ("printed", "found"),
    [("  a \n b\t\u3000c ", "a b c"), ("a\x00b", "a b"), ("\u3000", None), ("", None), (None, None), ("\ufeff一\u200b二", "一 二")],
)
def test_lines(printed: str | None, found: str | None) -> None:
    assert text.line(printed) == found


@pytest.mark.parametrize(
    ("tag", "found"), [("zh-CN", "zh"), ("EN", "en"), ("", None), (None, None), ("中", None), ("english", None)]
)
def test_languages(tag: str | None, found: str | None) -> None:
    assert text.language(tag) == found


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("&times;&deg;&alpha;", "×°α"),
        ("&lt;a&gt; &amp;amp;", "<a> &amp;"),
        ("a<!-- no --><?no no?>b", "ab"),
        ("&#945;", "α"),
        ("<![CDATA[a<b]]>", "a<b"),
        ("&NotEqualTilde;", "≂̸"),
    ],
)
def test_characters_of_sgml_become_themselves(markup: str, found: str) -> None:
    assert xml.text(xml.parse(f"<p>{markup}</p>".encode())) == found
    assert xml.text(xml.parse(f'<!DOCTYPE p SYSTEM "no.dtd" []><p>{markup}</p>'.encode())) == found


def test_a_declared_picture_is_no_entity() -> None:
    """The USPTO's documents of 2001 to 2004 declare their pictures so."""
    dtd = '<!DOCTYPE p [<!NOTATION TIF SYSTEM ""><!ENTITY fig SYSTEM "fig.tif" NDATA TIF>]>'
    assert xml.text(xml.parse(f"{dtd}<p>text</p>".encode())) == "text"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "big5"])
def test_the_declared_encoding_is_read(encoding: str) -> None:
    assert xml.text(xml.parse(f'<?xml version="1.0" encoding="{encoding}"?><p>中文</p>'.encode(encoding))) == "中文"


def test_t49_a_text_above_the_parsers_limit_is_refused() -> None:
    with pytest.raises(ParseError, match="too long"):
        xml.parse(b"<p>" + b"x" * 11_000_000 + b"</p>")


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("速度为10<Sup>-3</Sup>米", "速度为10^-3米"),
        ("H<Sub>2</Sub>O", "H2O"),
        ("Ca<Sup>2+</Sup>", "Ca2+"),
        ("m<Sup>2</Sup>", "m2"),
        ("呈“<Image/>”形", "呈“”形"),
        ("<MathText>&lt;math&gt;broken</MathText>后", "后"),
        (
            "<MathText>&lt;math&gt;&lt;msup&gt;&lt;mi&gt;x&lt;/mi&gt;&lt;mn&gt;2&lt;/mn&gt;&lt;/msup&gt;&lt;/math&gt;</MathText>",
            "x^2",
        ),
        ("<Image/>", None),
    ],
)
def test_text_of_cnipa_markup(markup: str, found: str | None) -> None:
    assert cnipa_text.line(xml.parse(f"<p>{markup}</p>".encode())) == found
