"""Settings of the service, from the environment, beside those of `auth.settings`."""

from pydantic import DirectoryPath, Field

from auth.settings import Settings as Accounts
from search.engine.settings import EngineSettings


class Settings(Accounts):
    """Read once at start."""

    elasticsearch_url: str | None = Field(
        default=None,
        validation_alias="ELASTICSEARCH_URL",
        repr=False,
        description="address of Elasticsearch; unset: the embedded engine",
    )
    elasticsearch_index: str = Field(
        default="patentry", description="the alias that is read, and the stem of its generations' names"
    )
    elasticsearch_timeout_s: float = Field(default=10, gt=0, description="seconds for any answer of Elasticsearch; then 503")
    trusted_proxies: str = Field(
        default="", description="addresses, separated by commas, whose X-Forwarded-For and -Proto are believed; empty: nobody's"
    )
    operator: str = Field(
        default="", max_length=200, description="name and contact of the body that runs the service, shown at the foot of each page"
    )
    export_rows: int = Field(default=0, ge=0, description="documents of one export at most; a file that is cut says so; 0: all")
    fonts: DirectoryPath | None = Field(
        default=None,
        description="folder of fonts in which reports are set as PDF: 仿宋, 楷体, 小标宋, 宋体, 黑体; unset: Noto Sans CJK alone",
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR")

    def engine(self) -> EngineSettings:
        """Which engine, as its factory asks."""
        return EngineSettings(
            data=self.data,
            elasticsearch_url=self.elasticsearch_url or None,
            elasticsearch_index=self.elasticsearch_index,
            timeout_s=self.elasticsearch_timeout_s,
        )
