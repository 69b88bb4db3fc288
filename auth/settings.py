"""Settings of the house that `auth` needs, from the environment; the other packages' settings build on this class."""

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

PREFIX = "PATENTRY_"


class Settings(BaseModel):
    """Read once at start. Nothing secret stands here but a password inside `database_url`; keys are files under `key_folder`."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    def __init__(self, **given: Any) -> None:
        """What is `given` by name, else the variable of the environment that is set and not empty, else the default. Raises
        pydantic's `ValidationError`, which names the field or its variable."""
        read = {name: os.environ.get(variable(type(self), name), "") for name in type(self).model_fields.keys() - given.keys()}
        super().__init__(**{name: text for name, text in read.items() if text}, **given)

    env: Literal["production", "development"] = Field(default="production", description="production refuses missing or weak keys")
    data: Path = Field(default=Path("var"), description="the data folder: everything the service writes")
    database_url: str = Field(
        default="",
        validation_alias="DATABASE_URL",
        repr=False,
        description="postgresql+psycopg://…; empty: SQLite in the data folder",
    )
    keys: Path | None = Field(default=None, description="folder of the keys; unset: `keys` in the data folder")
    public_url: str = Field(default="http://127.0.0.1:8000", description="the address users open; with https cookies are Secure")
    smtp_url: str = Field(
        default="",
        repr=False,
        description="smtp://user:password@host:port (?starttls=1) or smtps://…; empty: in development files in `outbox` of the"
        " data folder, in production no e-mail",
    )
    mail_from: str = Field(default="Patentry <patentry@localhost>", description="the sender that e-mails name")
    hash_workers: int = Field(
        default=2, ge=1, le=16, description="passwords hashed at once by a process; each takes 19 MiB and a core"
    )
    hash_queue: int = Field(
        default=64, ge=1, description="sign-ins that may wait for a worker; further ones get 503 with Retry-After"
    )

    @property
    def key_folder(self) -> Path:
        return self.keys or self.data / "keys"

    @property
    def secure(self) -> bool:
        """Whether users reach the service by https."""
        return self.public_url.startswith("https://")


def variable(settings: type[Settings], name: str) -> str:
    """The variable of the environment that a field is read from."""
    alias = settings.model_fields[name].validation_alias
    return alias if isinstance(alias, str) else f"{PREFIX}{name.upper()}"
