"""Settings of the commands that load, from the environment, beside those of `auth.settings`."""

from pathlib import Path

from pydantic import Field

from auth.settings import Settings as Base
from search.engine.settings import EngineSettings


class Settings(Base):
    """Read once at start."""

    elasticsearch_url: str | None = Field(
        default=None,
        validation_alias="ELASTICSEARCH_URL",
        repr=False,
        description="address of Elasticsearch; unset: the embedded engine",
    )
    elasticsearch_index: str = Field(
        default="patentry", description="the alias that is written, and the stem of its generations' names"
    )
    elasticsearch_shards: int = Field(
        default=1, ge=1, le=64, description="shards of a new generation; one holds some tens of millions of documents"
    )
    elasticsearch_load_timeout_s: float = Field(default=60, gt=0, description="seconds for any answer of Elasticsearch to a load")

    @property
    def rejects(self) -> Path:
        """Where refused records are kept."""
        return self.data / "rejects"

    def engine(self) -> EngineSettings:
        """Which engine, as its factory asks."""
        return EngineSettings(
            data=self.data.resolve(),
            elasticsearch_url=self.elasticsearch_url or None,
            elasticsearch_index=self.elasticsearch_index,
            elasticsearch_shards=self.elasticsearch_shards,
            timeout_s=self.elasticsearch_load_timeout_s,
        )
