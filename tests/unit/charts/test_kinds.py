"""What is drawn of each table, by the values of its specification; nothing is rendered here."""

from dataclasses import replace
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.charts.drawing import ACCENT, BASE, HATCH, INK, PAPER, PLACE, QUIET, Drawing, Size, breadth, fit
from search.analysis.charts.kinds import drawing
from search.analysis.charts.night import NIGHT
from search.analysis.charts.titles import TITLES
from search.analysis.model import Name
from tests.unit.charts.tables import (
    COMPETITORS,
    EMPTY,
    EVERY,
    HARM,
    LIFECYCLE,
    MATRIX,
    NAMES,
    NETWORK,
    PARTIES,
    RARE,
    SHADES,
    TREND,
    a_row,
    a_table,
)


def drawn(table: Any, lang: Any = "zh", size: Size = "large") -> Drawing:
    made = drawing(table, lang, size)
    assert made is not None
    return made


def texts(made: Drawing) -> str:
    return msgspec.json.encode(made.spec).decode()


def data(made: Drawing) -> list[dict[str, Any]]:
    """The rows of the specification, wherever they stand in it."""
    found: list[dict[str, Any]] = []

    def look(node: Any) -> None:
        if isinstance(node, dict):
            found.extend(node.get("values", ()) if "href" in str(node.get("values", "")) else ())
            for each in node.values():
                look(each)
        elif isinstance(node, list):
            for each in node:
                look(each)

    look(dict(made.spec))
    return list({row["href"]: row for row in found if "href" in row}.values())


@pytest.mark.parametrize("table", EVERY, ids=lambda table: f"{table.name} by {' and '.join(table.by)}")
@pytest.mark.parametrize("size", get_args(Size))
def test_no_word_of_a_document_stands_in_a_specification(table: Any, size: Size) -> None:
    """T50: what the renderer reads holds places alone."""
    made = drawn(table, size=size)
    for name in NAMES:
        assert name[:6] not in texts(made)
    assert "alert" not in texts(made)


@pytest.mark.parametrize("table", EVERY, ids=lambda table: f"{table.name} by {' and '.join(table.by)}")
def test_every_mark_is_a_row_of_the_table_and_every_place_has_its_text(table: Any) -> None:
    made = drawn(table)
    rows = [row for each in (table, *table.parts) for row in each.rows]
    assert all(row in rows for row in made.marks)
    assert len({(row.keys, row.count) for row in made.marks}) == len(made.marks)
    assert sorted(row["href"] for row in data(made)) == sorted(f"{BASE}/{place}" for place in range(len(made.marks)))
    for place in range(len(made.texts)):
        assert f'"{PLACE}{place}"' in texts(made)


def test_bars_have_the_counts_their_names_and_figures() -> None:
    made = drawn(PARTIES)
    rows = data(made)
    assert [row["count"] for row in rows] == [1200, 1000, 800, 600, 400]
    assert [made.texts[int(row["figure"][1:])] for row in rows] == ["1\u2009200", "1\u2009000", "800", "600", "400"]
    assert made.texts[int(rows[0]["name"][1:])] == NAMES[0]
    assert made.texts[int(rows[2]["name"][1:])] == RARE
    assert made.names[0] == f"{NAMES[0]}：1200"
    assert drawn(PARTIES, "en").names[0] == f"{NAMES[0]}: 1200"


def test_a_long_name_is_cut_in_the_chart_and_whole_in_what_the_mark_is_called() -> None:
    made = drawn(PARTIES, size="small")
    shown = made.texts[int(data(made)[3]["name"][1:])]
    assert shown.endswith("…")
    assert NAMES[3].startswith(shown[:-1])
    assert made.names[3] == f"{NAMES[3]}：600"


def test_rows_that_do_not_fit_are_told_in_words() -> None:
    many = a_table(["applicant"], [a_row(f"甲{place}", count=90 - place) for place in range(50)], name="parties")
    assert len(drawn(many, size="small").marks) == 8
    assert "另有 42 行，见表格" in drawn(many, size="small").texts
    assert "10 more in the table" in drawn(many, "en").texts
    assert not any("more" in text for text in drawn(PARTIES, "en").texts)


def test_years_between_stand_in_the_scale_and_incomplete_ones_are_hatched() -> None:
    made = drawn(TREND)
    years = made.spec["encoding"]["x"]["scale"]["domain"]
    assert years == [str(year) for year in range(2012, 2026)]
    rows = {row["year"]: row for row in data(made)}
    assert "2014" not in rows  # nothing was filed, and there is nothing to open
    assert rows["2015"]["count"] == 3
    assert {year for year, row in rows.items() if row["fill"] == HATCH} == {"2024", "2025"}
    assert rows["2023"]["fill"] == ACCENT
    assert "斜线：尚未全部公开" in made.texts
    complete = replace(TREND, rows=tuple(replace(row, incomplete=False) for row in TREND.rows))
    assert "斜线：尚未全部公开" not in drawn(complete).texts


def test_no_more_years_than_can_be_read_are_labelled() -> None:
    long = a_table(["publication_year"], [a_row(str(year)) for year in range(1900, 2026)], name="trend")
    made = drawn(long, size="small")
    axis, scale = made.spec["encoding"]["x"]["axis"]["values"], made.spec["encoding"]["x"]["scale"]["domain"]
    assert len(scale) == 60
    assert scale[-1] == axis[-1] == "2025"
    assert len(axis) * 3 * 12 <= 340


def test_a_matrix_of_two_classes_has_bubbles_and_one_of_years_has_shades() -> None:
    marks = [layer["mark"]["type"] for layer in drawn(MATRIX).spec["layer"]]
    assert "circle" in marks
    cells = {(row["row"], row["column"]): row["count"] for row in data(drawn(SHADES))}
    assert cells[0, 0] == 1
    assert cells[0, 2] == 4  # 2013 is the third year there is
    assert len(cells) == 15
    assert "circle" not in [layer["mark"]["type"] for layer in drawn(SHADES).spec["layer"]]


def test_branches_stand_in_their_order_and_what_is_each_ones_own_is_no_matrix() -> None:
    names = {code: (f"分支 {code}", f"branch {code}") for code in ("2", "1", "1.1", "_")}
    cells = [a_row(code, key, count=3 + place) for place, code in enumerate(names) for key in ("H01M", "H02J")]
    made = drawn(a_table(["branch", "subclass"], cells, name="branches", branches=names))
    assert [text for text in made.texts if text.startswith("分支")] == ["分支 2", "分支 1", "分支 1.1", "分支 _"]
    assert "circle" in [layer["mark"]["type"] for layer in made.spec["layer"]]
    own = drawn(a_table(["branch", "subclass"], cells, name="classes", branches=names))
    assert "circle" not in [layer["mark"]["type"] for layer in own.spec["layer"]]
    assert own.names[0] == "分支 2 × H01M：3"


def test_few_branches_have_years_of_their_own_and_many_are_shades() -> None:
    for count, panels in ((7, True), (8, False)):
        codes = [str(place) for place in range(count)]
        rows = [a_row(code, str(year), count=year % 5 + 1) for code in codes for year in range(2015, 2020)]
        table = a_table(["branch", "application_year"], rows, name="branches", branches={code: (code, code) for code in codes})
        assert any("from" in row for row in data(drawn(table))) == panels


def test_a_network_has_each_pair_once_and_as_many_circles_as_keys() -> None:
    made = drawn(NETWORK)
    keys, pairs = (each["values"] for each in made.spec["data"])
    assert len(keys) == 5
    assert len(pairs) == 3
    assert [round(pair["wide"], 2) for pair in pairs] == [8.0, 2.94, 2.22]
    force = made.spec["marks"][0]["transform"][0]
    assert force["static"] is True


def test_competitors_are_by_one_scale_and_seven_at_most() -> None:
    made = drawn(COMPETITORS)
    heights = {(row["from"], row["year"]): round(row["from"] - row["to"], 4) for row in data(made)}
    assert len({base for base, _ in heights}) == 5
    assert heights[0.94, "2018"] == round(0.62 * 2 / 6, 4)  # 2018 % 7 of 6 at most
    many = [a_row(f"甲{place}", "2020") for place in range(9)]
    table = replace(COMPETITORS, parts=(a_table(["applicant", "application_year"], many, name="competitors.trend"),))
    assert len(drawn(table).marks) == 7


def test_a_life_cycle_has_its_curve_and_the_band_of_its_ceiling_over_the_complete_years() -> None:
    made = drawn(LIFECYCLE)
    area, line = (layer for layer in made.spec["layer"] if layer["mark"]["type"] in ("area", "line"))
    points = {point["year"]: point for point in line["data"]["values"]}
    assert area["data"] == line["data"]
    assert set(points) == {str(year) for year in range(2006, 2019)}
    assert points["2010"] == {"year": "2010", "fitted": 5.5, "low": 4.125, "high": 8.25}
    assert "曲线：逻辑斯谛拟合，上限 200（150–300）" in made.texts
    refused = replace(LIFECYCLE, figures={"refused": "flat"})
    assert {layer["mark"]["type"] for layer in drawn(refused).spec["layer"]} == {"bar", "text", "rect"}


def test_an_empty_table_has_no_chart_and_an_empty_first_one_is_passed_over() -> None:
    assert drawing(EMPTY, "zh") is None
    assert drawing(a_table(["application_year"], [a_row("2020", count=0)]), "zh") is None
    with_part = replace(EMPTY, parts=(a_table(["inventor"], [a_row("王")], name="parties"),))
    assert drawn(with_part).title == "申请人与发明人：发明人"


def test_what_is_read_out_names_unit_and_the_highest() -> None:
    assert drawn(MATRIX).title == "交叉分析：申请人 × IPC 小类"
    told = drawn(TREND, "en").description
    assert told.startswith("Unit: applications, 121 in all; 13 rows, the highest are: 2025 16, 2019 15, ")


def test_every_question_has_a_title() -> None:
    assert set(get_args(Name)) <= set(TITLES)


@given(st.text(max_size=60), st.floats(20, 300))
def test_a_text_is_cut_to_its_room_and_is_one_line_that_xml_can_hold(text: str, room: float) -> None:
    shown = fit(text, room, font=12)
    assert breadth(shown, font=12) <= max(room, 12)
    assert "\n" not in shown
    assert all(sign >= " " and sign not in "\ufffe\uffff" and not "\ud800" <= sign <= "\udfff" for sign in shown)


def test_harm_is_a_text_like_any_other() -> None:
    made = drawn(PARTIES)
    assert any(text.startswith(HARM[:12]) for text in made.texts)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    light = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [{colour: colour for colour in NIGHT}, NIGHT], ids=["day", "night"])
def test_words_have_a_contrast_of_four_and_a_half_and_marks_of_three(colours: dict[str, str]) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11; a figure on the darkest shade as well."""
    for words in (INK, QUIET):
        assert contrast(colours[words], colours[PAPER]) >= 4.5
    assert contrast(colours[ACCENT], colours[PAPER]) >= 3
    channels = [(int(colours[ACCENT][at : at + 2], 16), int(colours[PAPER][at : at + 2], 16)) for at in (1, 3, 5)]
    shade = "#" + "".join(f"{round(0.45 * accent + 0.55 * paper):02x}" for accent, paper in channels)
    assert contrast(colours[INK], shade) >= 4.5
