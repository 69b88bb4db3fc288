"""The address of a chart: that of its table, with the words' language and the size of the picture."""

from typing import Literal

from pydantic import Field

from search.analysis.schemas import AnalysisParams


class ChartParams(AnalysisParams):
    """What is drawn, and how."""

    lang: Literal["zh", "en"] = Field("zh", description="Language of the words in it.")
    box: Literal["small", "large"] = Field("large", description="`small`: 340 wide, the first rows alone; `large`: 700 wide.")
