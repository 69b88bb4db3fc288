"""What every test shares: the servers' fixtures, the folder of real documents, and what the machine lacks, said aloud."""

from pathlib import Path

import pytest

from tests import machine

pytest_plugins = ["tests.servers.elasticsearch", "tests.servers.postgres", "tests.servers.browser", "tests.servers.smtp"]


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real patent documents; the test is skipped where it is absent."""
    return machine.need("data")


def pytest_report_header() -> list[str]:
    """Before the tests: what they will have to do without."""
    lacking = machine.lacking() or ["nothing; Elasticsearch, PostgreSQL, Chromium and the real documents are used"]
    return [f"lacking: {what}" for what in lacking]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After the tests: how many were skipped for want of the real documents."""
    skipped = terminalreporter.stats.get("skipped", [])
    for_data = sum("real documents" in str(report.longrepr) for report in skipped)
    terminalreporter.write_line(f"skipped for want of the real documents: {for_data}")
