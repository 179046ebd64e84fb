"""Visits of technicians to look at: each made by stepping the pure machine, nothing on a wire."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from drivers.status import Identity, State
from kiosk.diagnostics.audit import Action
from kiosk.diagnostics.bench import Progress, Question
from kiosk.diagnostics.drift import drift
from kiosk.diagnostics.history import Entry
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.model import Counters, DeviceStatus, Mishap, Readiness, Reason, Report, TestResult, Verdict
from kiosk.diagnostics.repairs import STEPS, Kind, begin
from kiosk.diagnostics.report import Signed, Statement
from kiosk.diagnostics.running import TESTS
from kiosk.diagnostics.visit import Heard, Place, Trend, Visit, events, step
from kiosk.words import Language

ZONE: Final = ZoneInfo("Asia/Shanghai")
NOW: Final = datetime(2026, 4, 15, 9, 30, 12, tzinfo=ZONE)
OPERATOR: Final = "YJ-0017"

DEVICES: Final = (
    DeviceStatus(
        kind="idreader",
        state=State.READY,
        since=NOW - timedelta(hours=2, minutes=14),
        identity=Identity(
            maker="示例电子",
            model="SIM-SAMV-2",
            serial="0501.20260312.0000117",
            firmware="3.2.1",
            connection="SAM_V, /dev/onething/idreader, 115200 baud",
        ),
        counters=Counters(opened=3, lost=2, done=1287, failed=9),
        mishaps=(
            Mishap(at=NOW - timedelta(minutes=52), code="device.silent", detail="no answer within 1.0 s"),
            Mishap(at=NOW - timedelta(days=2, hours=3), code="device.gone", detail="the port hung up"),
        ),
    ),
    DeviceStatus(
        kind="card",
        state=State.READY,
        since=NOW - timedelta(days=9),
        identity=Identity(maker="示例", model="CR-20", connection="PC/SC, slot 0"),
        counters=Counters(opened=1, done=211),
    ),
    DeviceStatus(
        kind="scanner",
        state=State.READY,
        since=NOW - timedelta(hours=2, minutes=14),
        identity=Identity(maker="示例", model="QS-700"),
        counters=Counters(opened=1, done=96),
    ),
    DeviceStatus(
        kind="camera",
        state=State.READY,
        since=NOW - timedelta(hours=2, minutes=14),
        identity=Identity(maker="示例", model="DOC-5M"),
        counters=Counters(opened=14, done=14),
    ),
    DeviceStatus(
        kind="printer",
        state=State.READY,
        since=NOW - timedelta(minutes=41),
        identity=Identity(maker="示例", model="TP-80", serial="TP80-002931", connection="ESC/POS, 10.0.0.20:9100"),
        counters=Counters(opened=2, lost=1, done=403, failed=2),
    ),
)


def found(test: str, verdict: Verdict = Verdict.PASS, **wanted: object) -> TestResult:
    """Return a result of this morning."""
    device = next(spec.device for spec in TESTS if spec.id == test)
    return TestResult(test=test, device=device, verdict=verdict, began=NOW - timedelta(minutes=6), took_s=2.4, **wanted)  # type: ignore[arg-type]  # handed through


SELF_TEST: Final = found(
    "idreader.self-test",
    measures=(measured("idreader.well", 1), measured("idreader.answer", 38.2), measured("idreader.find", 212)),
    identity=DEVICES[0].identity,
)
SLOW: Final = found(
    "idreader.self-test",
    Verdict.WARN,
    measures=(measured("idreader.well", 1), measured("idreader.answer", 184.6), measured("idreader.find", 447)),
    identity=DEVICES[0].identity,
)
BLURRED: Final = found(
    "camera.picture",
    Verdict.FAIL,
    measures=(
        measured("camera.sharpness", 9.4),
        measured("camera.brightness", 131),
        measured("camera.clipped", 24.1),
        measured("camera.rate", 24.8),
        measured("camera.lost", 0),
        measured("camera.repeated", 2.1),
    ),
    identity=DEVICES[3].identity,
)
UNTOUCHED: Final = found(
    "touch.grid",
    Verdict.FAIL,
    reason="touch.not-felt",
    measures=(measured("touch.reached", 0), measured("touch.error", math.inf)),
)
SKIPPED: Final = found("system.power", Verdict.SKIPPED, reason="ups.none")
MORNING: Final = (
    SELF_TEST,
    found("card.reader", measures=(measured("card.round-trip", 41),)),
    found("printer.sensors", Verdict.WARN, measures=(measured("printer.paper", 1), measured("printer.cover", 0))),
    found("network.backend", measures=(measured("network.median", 84), measured("network.slowest", 190))),
    found("disk.state", measures=(measured("disk.free", 48_211), measured("disk.write", 183))),
)


def report(verdict: Readiness, *reasons: Reason, results: tuple[TestResult, ...] = MORNING) -> Report:
    """Return how the terminal is."""
    return Report(
        terminal="SIM-0001",
        place="示例市湖滨区政务服务中心一楼大厅",
        made=NOW - timedelta(seconds=9),
        operator=OPERATOR,
        verdict=verdict,
        reasons=reasons,
        devices=DEVICES,
        results=results,
        versions={"kiosk": "1.0", "catalogue": "2026-04"},
    )


LOW_PAPER: Final = Reason(code="printer.paper-low", about="printer", decisive=False)
NOBODY: Final = Reason(code="identify.none", about="idreader", decisive=True)
LOST: Final = Reason(code="printer.lost", about="printer", decisive=False)
AWAY: Final = Reason(code="backend.away", about="network", decisive=False)
SOFT: Final = Reason(code="test.failed", about="camera.picture", decisive=False)


def trend(measure: str, unit: str, *, drifting: bool = False) -> Trend:
    """Return a measure that wandered a little, and from one day on went away."""
    values = []
    for day in range(42):
        value = 40 + 3 * math.sin(day * 1.7) + 1.5 * math.cos(day * 0.6)
        if drifting and day > 28:
            value += (day - 28) * 2.6
        values.append((NOW - timedelta(days=42 - day), value))
    return Trend(measure=measure, unit=unit, drift=drift(values))


def signed(verdict: Readiness, *reasons: Reason) -> Signed:
    """Return a report as it is handed out; its signature is none."""
    made = report(verdict, *reasons)
    lines = ("KIOSK-READINESS/1", made.terminal, made.made.isoformat(timespec="seconds"), made.verdict.value, "A" * 43)
    return Signed(
        verdict=verdict,
        statement=Statement(report=made, history="5f1c" * 16, audit="a90e" * 16),
        key="11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        jws="",
        code="\n".join((*lines, "B" * 86)),
    )


class VisitStory:
    """One technician on the way: ``happens`` steps the machine, ``visit`` is where it came to."""

    def __init__(self, language: Language) -> None:
        self.visit = Visit(prefix="YJ-", language=language)

    def happens(self, *all_of: events.Event) -> VisitStory:
        """Let this happen, one after the other; news carry the ticket that is under way."""
        for event in all_of:
            stamped = replace(event, ticket=self.visit.ticket) if isinstance(event, events.News) else event
            self.visit, _ = step(self.visit, stamped)
        return self

    def knocks(self, *, card: bool = True, shut_until: datetime | None = None) -> VisitStory:
        """Come to the door."""
        language = self.visit.language
        self.happens(events.Knocked(), events.Held(card=card, shut_until=shut_until))
        return self.happens(events.LanguageChosen(language=language))

    def types(self, digits: str) -> VisitStory:
        """Type digits."""
        return self.happens(*(events.DigitTyped(digit=digit) for digit in digits))

    def enters(self, *devices: DeviceStatus) -> VisitStory:
        """Be let in, and wait for how the terminal is."""
        self.knocks().happens(events.CardProven(operator=OPERATOR))
        return self.happens(events.Begun(tests=TESTS, devices=devices or DEVICES))

    def sees(self, verdict: Readiness, *reasons: Reason, results: tuple[TestResult, ...] = MORNING) -> VisitStory:
        """See how the terminal is."""
        return self.happens(events.Looked(ticket=0, report=report(verdict, *reasons, results=results)))

    def inside(self) -> VisitStory:
        """Stand before a terminal that is well."""
        return self.enters().sees(Readiness.READY)

    def runs(self, *tests: str) -> VisitStory:
        """Run one test, or all that need no hand."""
        self.inside()
        if len(tests) == 1:
            return self.happens(events.TestChosen(test=tests[0]))
        return self.happens(events.TestsWanted(), events.AllChosen(hands=False))

    def reads(self, *trends: Trend, results: tuple[TestResult, ...] = MORNING) -> VisitStory:
        """Have the past read."""
        entries = tuple(
            Entry(
                operator=("console", "terminal", OPERATOR)[number % 3],
                result=replace(each, began=NOW - timedelta(days=9 - number)),
            )
            for number, each in enumerate(results)
        )
        return self.happens(events.HistoryRead(ticket=0, entries=entries, trends=trends))

    def mends(self, kind: Kind, device: str, at: int, note: str = "") -> VisitStory:
        """Come to a step of a repair."""
        repair = replace(begin(kind, device, "0000117"), step=at, note=note)
        self.inside().happens(
            events.RepairsWanted(device=device),
            events.RepairChosen(kind=kind, device=device),
            events.Mended(ticket=0, repair=repair),
        )
        return self.happens(events.MendOver(ticket=0)) if repair.done else self

    def reports(self, verdict: Readiness = Readiness.LIMITED) -> VisitStory:
        """Have the report made."""
        return self.inside().happens(
            events.ReportWanted(), events.ReportMade(ticket=0, signed=signed(verdict, LOW_PAPER))
        )


Tell = Callable[[VisitStory], VisitStory]


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitScene:
    """A place to look at."""

    place: Place
    tell: Tell


def _broken(*states: tuple[int, State, str]) -> tuple[DeviceStatus, ...]:
    devices = list(DEVICES)
    for number, state, cause in states:
        devices[number] = replace(devices[number], state=state, cause=cause)
    return tuple(devices)


def _overview_limited(story: VisitStory) -> VisitStory:
    story.enters(*_broken((4, State.DEGRADED, "printer.paper-low"), (2, State.STARTING, "")))
    return story.sees(Readiness.LIMITED, LOW_PAPER, SOFT, results=(*MORNING, BLURRED))


def _overview_not_ready(story: VisitStory) -> VisitStory:
    story.enters(
        *_broken(
            (0, State.ABSENT, "device.absent"),
            (1, State.FAILED, "device.gone"),
            (4, State.FAILED, "printer.cover-open"),
        )
    )
    return story.sees(Readiness.NOT_READY, NOBODY, LOST, AWAY, results=())


def _device_failed(story: VisitStory) -> VisitStory:
    story.enters(*_broken((0, State.FAILED, "device.silent"))).sees(Readiness.NOT_READY, NOBODY)
    return story.happens(events.DeviceChosen(device="idreader"))


def _running(story: VisitStory) -> VisitStory:
    story.runs("scanner.decode")
    saying = Progress(test="scanner.decode", share=0.4, say="scan.screen", values={"number": "2", "of": "3"})
    return story.happens(events.Advanced(ticket=0, progress=saying))


def _running_batch(story: VisitStory) -> VisitStory:
    story.runs()
    wanted = {result.test: result for result in (*MORNING, BLURRED)}
    for test in story.visit.batch[:4]:
        story.happens(events.Found(ticket=0, result=wanted.get(test) or found(test)))
    return story.happens(events.Advanced(ticket=0, progress=Progress(test=story.visit.batch[4], share=0.55)))


def _running_asks(story: VisitStory) -> VisitStory:
    story.runs("sound.tone").happens(events.Advanced(ticket=0, progress=Progress(test="sound.tone", share=0.8)))
    return story.happens(events.Asked(ticket=0, question=Question(say="sound.how-many"))).types("3")


def _ended(story: VisitStory, result: TestResult, *trends: Trend) -> VisitStory:
    story.runs(result.test).happens(events.Found(ticket=0, result=result), events.TestsOver(ticket=0))
    return (
        story.reads(*trends, results=(result,))
        if trends
        else story.happens(events.HistoryRead(ticket=0, entries=(), trends=()))
    )


def _batch(story: VisitStory) -> VisitStory:
    story.runs()
    wanted = {result.test: result for result in (*MORNING, BLURRED, SKIPPED)}
    for test in story.visit.batch:
        story.happens(events.Found(ticket=0, result=wanted.get(test) or found(test)))
    return story.happens(events.TestsOver(ticket=0))


def _stopped(story: VisitStory) -> VisitStory:
    story.runs()
    for result in (SLOW, UNTOUCHED):
        story.happens(events.Found(ticket=0, result=result))
    return story.happens(events.Stopped())


def _pairs(story: VisitStory) -> VisitStory:
    story.mends(Kind.REPLACE, "idreader", 2)
    question = Question(
        say="repair.pair",
        values={"serial": "0501.20260401.0000482"},
        digits=False,
        choices=("repair.yes", "repair.no"),
    )
    return story.happens(events.Asked(ticket=0, question=question))


HEARD: Final = (
    Heard(ms=12.4, to_device=True, length=10, data="aa aa aa 96 69 00 03 20 01 22"),
    Heard(ms=58.0, length=15, data="aa aa aa 96 69 00 08 00 00 9f 00 00 00 00 97"),
    Heard(ms=301.2, to_device=True, length=10, data="aa aa aa 96 69 00 03 30 01 32"),
    Heard(ms=1360.7, length=1295),
    Heard(ms=1402.1, to_device=True, length=96, data=" ".join(f"{byte:02x}" for byte in range(64))),
    Heard(ms=20_911.5, gone=True),
)
ACTIONS: Final = tuple(
    Action(at=NOW - timedelta(minutes=60 - 5 * number), operator=operator, what=what, about=about, result=result)
    for number, (operator, what, about, result) in enumerate(
        (
            ("terminal", "card", "", "technician.expired"),
            (OPERATOR, "code.tried", "", ""),
            (OPERATOR, "entered", "", "code"),
            (OPERATOR, "test.begun", "idreader.self-test", ""),
            (OPERATOR, "test", "idreader.self-test", "pass"),
            (OPERATOR, "repair.begun", "roll.printer", ""),
            (OPERATOR, "repair", "roll.printer", "done"),
            (OPERATOR, "paired.idreader", "", "0501.20260401.0000482"),
            (OPERATOR, "report.saved", "", "done"),
            (OPERATOR, "traffic", "idreader", "over"),
            (OPERATOR, "left", "", "idle"),
        )
    )
)


def _scene(place: Place, tell: Tell) -> VisitScene:
    return VisitScene(place=place, tell=tell)


VISITS: Final[Mapping[str, VisitScene]] = {
    "door": _scene(Place.DOOR, lambda s: s.knocks().types("0017")),
    "door-code": _scene(
        Place.DOOR, lambda s: s.knocks(card=False).types("0017").happens(events.Entered()).types("4096")
    ),
    "door-wrong": _scene(
        Place.DOOR,
        lambda s: (
            s.knocks()
            .types("0017")
            .happens(events.Entered())
            .types("12345678")
            .happens(events.Entered(), events.Refused(code="door.wrong-code"))
        ),
    ),
    "door-checking": _scene(
        Place.DOOR,
        lambda s: s.knocks().types("0017").happens(events.Entered()).types("12345678").happens(events.Entered()),
    ),
    "door-shut": _scene(Place.DOOR, lambda s: s.knocks(shut_until=NOW + timedelta(minutes=4, seconds=32))),
    "overview-looking": _scene(Place.OVERVIEW, lambda s: s.enters()),
    "overview": _scene(Place.OVERVIEW, lambda s: s.inside()),
    "overview-limited": _scene(Place.OVERVIEW, _overview_limited),
    "overview-not-ready": _scene(Place.OVERVIEW, _overview_not_ready),
    "overview-idle": _scene(Place.OVERVIEW, lambda s: s.inside().happens(events.IdleWarned(remaining_s=14))),
    "device": _scene(Place.DEVICE, lambda s: s.inside().happens(events.DeviceChosen(device="idreader"))),
    "device-bare": _scene(Place.DEVICE, lambda s: s.inside().happens(events.DeviceChosen(device="camera"))),
    "device-failed": _scene(Place.DEVICE, _device_failed),
    "tests": _scene(Place.TESTS, lambda s: s.inside().happens(events.TestsWanted())),
    "tests-device": _scene(Place.TESTS, lambda s: s.inside().happens(events.TestsWanted(device="idreader"))),
    "running": _scene(Place.RUNNING, _running),
    "running-batch": _scene(Place.RUNNING, _running_batch),
    "running-asks": _scene(Place.RUNNING, _running_asks),
    "result": _scene(
        Place.RESULT, lambda s: _ended(s, SELF_TEST, trend("idreader.answer", "ms"), trend("idreader.find", "ms"))
    ),
    "result-near": _scene(Place.RESULT, lambda s: _ended(s, SLOW, trend("idreader.answer", "ms", drifting=True))),
    "result-failed": _scene(Place.RESULT, lambda s: _ended(s, BLURRED)),
    "result-nothing": _scene(Place.RESULT, lambda s: _ended(s, UNTOUCHED)),
    "result-skipped": _scene(Place.RESULT, lambda s: _ended(s, SKIPPED)),
    "result-reading": _scene(
        Place.RESULT,
        lambda s: s.runs("idreader.self-test").happens(
            events.Found(ticket=0, result=SELF_TEST), events.TestsOver(ticket=0)
        ),
    ),
    "result-batch": _scene(Place.RESULT, _batch),
    "result-stopped": _scene(Place.RESULT, _stopped),
    "history": _scene(
        Place.HISTORY,
        lambda s: s.inside().happens(events.HistoryWanted()).reads(results=(*MORNING, BLURRED, SKIPPED, UNTOUCHED)),
    ),
    "history-test": _scene(
        Place.HISTORY,
        lambda s: (
            s.inside()
            .happens(events.HistoryWanted(test="idreader.self-test"))
            .reads(
                trend("idreader.answer", "ms", drifting=True),
                trend("idreader.find", "ms"),
                results=(SELF_TEST, SELF_TEST, SLOW),
            )
        ),
    ),
    "history-reading": _scene(Place.HISTORY, lambda s: s.inside().happens(events.HistoryWanted())),
    "history-empty": _scene(Place.HISTORY, lambda s: s.inside().happens(events.HistoryWanted()).reads(results=())),
    "repairs": _scene(Place.REPAIRS, lambda s: s.inside().happens(events.RepairsWanted())),
    "repairs-device": _scene(Place.REPAIRS, lambda s: s.inside().happens(events.RepairsWanted(device="printer"))),
    "repair-begins": _scene(
        Place.REPAIR,
        lambda s: s.inside().happens(events.RepairsWanted(), events.RepairChosen(kind=Kind.CABLE, device="card")),
    ),
    "repair": _scene(Place.REPAIR, lambda s: s.mends(Kind.ROLL, "printer", 1, "repair.roll.still-low")),
    "repair-pairs": _scene(Place.REPAIR, _pairs),
    "repair-done": _scene(Place.REPAIR, lambda s: s.mends(Kind.CABLE, "idreader", len(STEPS[Kind.CABLE]))),
    "repair-left": _scene(Place.REPAIR, lambda s: s.mends(Kind.REPLACE, "card", 2).happens(events.MendOver(ticket=0))),
    "report-making": _scene(Place.REPORT, lambda s: s.inside().happens(events.ReportWanted())),
    "report": _scene(Place.REPORT, lambda s: s.reports()),
    "report-out": _scene(
        Place.REPORT,
        lambda s: s.reports(Readiness.READY).happens(
            events.PrintWanted(),
            events.ReportPrinted(ticket=0, proof="drained"),
            events.SaveWanted(),
            events.ReportSaved(
                ticket=0,
                files=(
                    "reports/SIM-0001-20260415-093003.json",
                    "reports/SIM-0001-20260415-093003.zh-Hans.pdf",
                    "reports/SIM-0001-20260415-093003.en.pdf",
                ),
            ),
        ),
    ),
    "report-printing": _scene(Place.REPORT, lambda s: s.reports(Readiness.NOT_READY).happens(events.PrintWanted())),
    "report-not-printed": _scene(
        Place.REPORT,
        lambda s: s.reports().happens(events.PrintWanted(), events.NotDone(ticket=0, code="printer.unproven")),
    ),
    "traffic": _scene(
        Place.TRAFFIC,
        lambda s: s.inside().happens(
            events.DeviceChosen(device="idreader"),
            events.TrafficWanted(),
            events.TrafficHeard(ticket=0, heard=HEARD[:-1], listening=True),
        ),
    ),
    "traffic-silent": _scene(
        Place.TRAFFIC,
        lambda s: s.inside().happens(events.DeviceChosen(device="printer"), events.TrafficWanted()),
    ),
    "traffic-over": _scene(
        Place.TRAFFIC,
        lambda s: s.inside().happens(
            events.DeviceChosen(device="idreader"),
            events.TrafficWanted(),
            events.TrafficHeard(ticket=0, heard=HEARD, listening=False),
        ),
    ),
    "audit": _scene(
        Place.AUDIT,
        lambda s: s.inside().happens(
            events.AuditWanted(), events.AuditRead(ticket=0, actions=ACTIONS, broken_row=None)
        ),
    ),
    "audit-broken": _scene(
        Place.AUDIT,
        lambda s: s.inside().happens(
            events.AuditWanted(), events.AuditRead(ticket=0, actions=ACTIONS[:4], broken_row=2)
        ),
    ),
    "audit-reading": _scene(Place.AUDIT, lambda s: s.inside().happens(events.AuditWanted())),
    "leave": _scene(Place.LEAVE, lambda s: s.inside().happens(events.LeaveWanted())),
}
"""By name: every place, in every state."""
