"""An export whose engine goes away midway, over a real connection: what receives it says that the transfer failed, and the file
ends with what happened."""

import subprocess
from dataclasses import replace
from pathlib import Path

from search.app import create_app
from tests.exports import Leaving
from tests.service import running
from tests.web.conftest import served

PARTIAL = 18
"""Exit status of curl: the connection was closed before the answer had ended."""


def test_curl_calls_the_transfer_partial_and_the_file_says_where_it_was_cut(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    (tmp_path / "data").mkdir()
    with running(tmp_path / "data") as service:
        leaving = replace(service.services, reader=Leaving(service.services.reader, after=9))  # type: ignore[arg-type]
        token = service.as_("researcher").headers["Authorization"]
        with served(create_app(service.settings, leaving, log=service.log)) as address:
            asked = [
                "curl",
                "-sS",
                "-o",
                out,
                "-H",
                f"Authorization: {token}",
                f"{address}/api/v1/export?q=*&lang=en&columns=number",
            ]
            done = subprocess.run(asked, capture_output=True, text=True, check=False)
            cut = out.read_text("utf-8-sig").splitlines()
            whole = subprocess.run([*asked[:-1], f"{asked[-1]}&limit=8"], capture_output=True, text=True, check=False)
    assert (done.returncode, whole.returncode) == (PARTIAL, 0), done.stderr
    assert len(cut) == 1 + 9 + 1
    assert cut[-1].startswith("[CUT] The search engine went away after 9 documents")
    assert "[CUT] Only the first 8 documents of 40, as limited" in out.read_text("utf-8-sig").splitlines()[-1]
