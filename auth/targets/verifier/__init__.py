"""What checks a bundle without the product: `verify.py` with `recount.py` beside it, and `verify.html` for a browser.

Neither imports anything from here, nor is imported: they are run as they are, on Python 3.6 or from disk.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
