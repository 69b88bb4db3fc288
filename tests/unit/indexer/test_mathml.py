"""Formulas as a line of text."""

import pytest
from lxml import etree

from indexer.parsers.mathml import formula


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<mi>R</mi><mi>D</mi><mo>=</mo><mn>2</mn>", "R D = 2"),
        ("<mfrac><mi>a</mi><mrow><mn>2</mn><mi>b</mi></mrow></mfrac>", "a/(2 b)"),
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x^2"),
        ("<msubsup><mi>x</mi><mi>i</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msubsup>", "x_i^(n + 1)"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x + 1)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "x^(1/3)"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>", "∑ _(i = 1)^n"),
        ("<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd></mtr></mtable>", "a, b; c"),
        ("<mo>(</mo><mi>a</mi><mo>)</mo>", "(a)"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
        ("<mtext>if </mtext><mi>x</mi><mspace/><mi>y</mi>", "if x y"),
        ("<mfrac><mi>a</mi></mfrac>", "a"),
        ("<unknown><mi>a</mi></unknown>", "a"),
        ("", ""),
    ],
)
def test_formula(markup: str, text: str) -> None:
    assert formula(etree.fromstring(f"<math>{markup}</math>")) == text
