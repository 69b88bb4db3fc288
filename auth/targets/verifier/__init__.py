"""What checks a bundle without the product: `verify.py` with `recount.py` beside it, and `verify.html` for a browser.

They import nothing from here: they are run as they are, on Python 3.6 or from disk. Of them the product imports `recount.toml`
alone, so that no rule file is adopted that they would not read.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
