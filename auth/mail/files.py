"""Messages as files in a folder: for development and tests, for e-mail and text messages alike."""

import json
import os
from pathlib import Path

from auth.mail.model import Message


class FileSender:
    """Writes each message to ``<id>.json``, readable by the owner alone; one sent twice is one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: Message, *, id: str) -> None:  # noqa: A002
        """Writes the file in one step."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fields = {"channel": message.channel, "to": message.recipient, "subject": message.subject, "text": message.text}
        draft = self._folder / f".{id}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as handle:
            json.dump(fields, handle, ensure_ascii=False, indent=1)
        draft.replace(self._folder / f"{id}.json")
