"""The monthly report: a project's standing at the end of a month beside the month before, and the log's checkpoint.

Printed and stamped it is a witness: whoever keeps the paper can show later what had been signed by then.
"""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from auth.access.model import Identity
from auth.clock import Clock, day
from auth.clock import now as clock_now
from auth.database import Connection, Database
from auth.ledger import tlog
from auth.ledger.notes import SignedNote
from auth.ledger.service import Ledger
from auth.projects import store
from auth.projects.model import Project
from auth.projects.problems import DayAhead, NoRuleYet
from auth.projects.service import Projects, seen
from auth.targets.rules import Words, parse
from auth.targets.service import Targets
from auth.targets.standing import Measure, Standing

_GROUP = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A target at the end of the month; `before` are its readings a month earlier, 0 where it was not counted yet."""

    name: Words
    measure: Measure
    before: Mapping[str, int]

    def change(self, reading: str) -> int:
        """How many came in the month."""
        return self.measure.counts[reading] - self.before.get(reading, 0)


@dataclass(frozen=True, slots=True)
class Report:
    """`as_of` is the month's last day, today's in a month that is not over. `checkpoint` is the log as it stands now."""

    project: Project
    agency: str
    bureau: str
    month: date
    as_of: date
    standing: Standing
    lines: Sequence[Line]
    checkpoint: SignedNote

    @property
    def to_type(self) -> Sequence[str]:
        """The checkpoint as a person types it: origin, size, root in groups of hexadecimal digits, which look like no others."""
        signed = tlog.checkpoint(self.checkpoint.text)
        root = signed.root.hex()
        groups = " ".join(root[at : at + _GROUP] for at in range(0, len(root), _GROUP))
        return signed.origin, str(signed.size), groups


class Reports:
    """The reports of one installation."""

    def __init__(
        self, database: Database, projects: Projects, targets: Targets, ledger: Ledger, *, clock: Clock = clock_now
    ) -> None:
        self._database = database
        self._projects = projects
        self._targets = targets
        self._ledger = ledger
        self._clock = clock

    def month(self, caller: Identity, project: str, month: date) -> Report:
        """The report of the month in which the day lies. `NotFound`, `DayAhead`, `NoRuleYet`."""
        today = day(self._clock())
        first = month.replace(day=1)
        if first > today:
            raise DayAhead(extra={"today": today.isoformat()})
        as_of = min(month.replace(day=calendar.monthrange(month.year, month.month)[1]), today)
        standing = self._targets.standing(caller, project, as_of=as_of)
        before = self._before(caller, project, first - timedelta(days=1))
        with self._database.read() as connection:
            held = seen(connection, caller, project, today=today)
            names = _names(connection, standing.sha256)
        agency, bureau = self._projects.parties(held)
        lines = [Line(names[each.target], each, before.get(each.target, {})) for each in standing.measures]
        return Report(held, agency, bureau, first, as_of, standing, lines, self._ledger.checkpoint(held.agency))

    def _before(self, caller: Identity, project: str, as_of: date) -> dict[str, Mapping[str, int]]:
        """The readings of that day, by target; none while there was no rule."""
        try:
            standing = self._targets.standing(caller, project, as_of=as_of)
        except NoRuleYet:
            return {}
        return {measure.target: measure.counts for measure in standing.measures}


def text(report: Report) -> str:
    """The report for a terminal or an e-mail."""
    standing = report.standing
    lines = [
        f"{report.project.name} · 月报 monthly report {report.month:%Y-%m}",
        f"承担机构 agency {report.agency} · 主管 bureau {report.bureau} · 项目 project {report.project.id}",
        f"截至 as of {report.as_of} · 合同期 contract {standing.first} – {standing.last}",
        f"规则 rule {standing.rule} {standing.version} · {standing.sha256}",
        "",
    ]
    for line in report.lines:
        measure = line.measure
        bounds = [f"{sign} {bound}" for sign, bound in (("≥", measure.needed), ("≤", measure.at_most)) if bound is not None]
        verdict = {True: "✓ 达到 met", False: f"✕ 缺 missing {measure.missing}", None: "—"}[measure.met]
        lines.append(" ".join([line.name.zh, line.name.en, *bounds, verdict]))
        lines.append(f"    {' · '.join(_reading(line, name) for name in measure.counts)}")
    lines += ["", "检查点 checkpoint", report.checkpoint.written(), "手工录入 to be typed", *report.to_type, ""]
    return "\n".join(lines)


def _reading(line: Line, name: str) -> str:
    """What decides has a star."""
    star = "*" if name == line.measure.reading else ""
    return f"{name} {line.measure.counts[name]}{star} ({line.change(name):+d})"


def _names(connection: Connection, sha256: str) -> dict[str, Words]:
    data = store.rule(connection, sha256)
    assert data is not None, "the file of an adopted rule is kept"
    return {target.id: target.name for target in parse(data).targets}
