"""Valid values for tests: each builder gives a whole, plausible one, and the test says only what matters to it."""

import re
from collections.abc import Iterable
from typing import Any

from search.patent.model import Claim, Party, Patent, Reference, Symbol


def a_patent(number: str = "CN110330865B", **fields: Any) -> Patent:
    """A granted bilingual invention; `country`, `doc_number` and `kind` follow from `number`, the rest are the defaults
    below; any field of `Patent` can be given instead."""
    parts = re.fullmatch(r"([A-Z]{2})(.+?)([A-Z]\d?)?", number)
    if parts is None:
        raise ValueError(f"not a canonical publication number: {number}")
    identity = {"number": number, "country": parts[1], "doc_number": parts[2], "kind": parts[3]}
    return Patent(**(_defaults() | identity | fields))


def a_claim(
    text: str = "一种旋耕机，其特征在于，包括机架和刀轴。",
    *,
    number: int = 1,
    depends_on: Iterable[int] = (),
    lang: str = "zh",
) -> Claim:
    """An independent Chinese claim."""
    return Claim(number=number, text=text, depends_on=tuple(depends_on), lang=lang)


def a_party(name: str = "江苏禾丰农机有限公司", **fields: Any) -> Party:
    """A Chinese enterprise with its place."""
    return Party(**({"name": name, "country": "CN", "region": "江苏省", "city": "苏州市"} | fields))


def _defaults() -> dict[str, Any]:
    return {
        "stage": "granted",
        "type": "invention",
        "publication_date": "2020-12-01",
        "application": Reference(number="CN201910792871.4", date="2019-08-26"),
        "titles": {"zh": "一种旋耕机", "en": "Rotary tiller"},
        "abstracts": {"zh": "本发明公开了一种旋耕机，包括机架和刀轴。", "en": "A rotary tiller has a frame and a blade shaft."},
        "claims": (a_claim(), a_claim("A rotary tiller comprising a frame and a blade shaft.", lang="en")),
        "description": {"zh": ("本发明涉及农业机械。",), "en": ("The invention relates to agricultural machinery.",)},
        "applicants": (a_party(),),
        "inventors": (Party(name="王晓明"),),
        "ipc": (Symbol(symbol="A01B 33/00", first=True, inventive=True),),
        "family": "F100001",
    }
