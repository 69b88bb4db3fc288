"""Which engine, and where it is."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """No Elasticsearch address means the embedded engine, in the folder `data`. `elasticsearch_index` is the alias that
    readers ask, `elasticsearch_shards` into how many shards a new generation is cut; `timeout_s` bounds every request to it."""

    data: Path
    elasticsearch_url: str | None = None
    elasticsearch_index: str = "patentry"
    elasticsearch_shards: int = 1
    timeout_s: float = 10
