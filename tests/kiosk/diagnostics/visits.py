"""A technician's visit for tests: events that fit, and what the world would answer."""

from __future__ import annotations

from benches import BEGIN, SETTINGS

from drivers.status import Identity, State
from kiosk.diagnostics.bench import Progress, Question
from kiosk.diagnostics.model import DeviceStatus, Readiness, Report, TestResult, Verdict
from kiosk.diagnostics.repairs import begin
from kiosk.diagnostics.report import Signed, Statement
from kiosk.diagnostics.running import all_tests
from kiosk.diagnostics.visit import Visit, effects, events, step

TESTS = all_tests(SETTINGS)
DEVICES = tuple(
    DeviceStatus(kind=kind, state=state, since=BEGIN, identity=Identity(model="Pretence", serial="1"))
    for kind, state in {
        "idreader": State.READY,
        "card": State.FAILED,
        "scanner": State.READY,
        "camera": State.READY,
        "printer": State.ABSENT,
    }.items()
)
REPORT = Report(terminal="T-1", place="样例", made=BEGIN, operator="YJ-0001", verdict=Readiness.READY, devices=DEVICES)
SIGNED = Signed(
    verdict=Readiness.READY,
    statement=Statement(report=REPORT, history="h", audit="a"),
    key="k",
    jws="j",
    code="c",
)
QUESTION = Question(say="sound.how-many")
CHOICE = Question(say="repair.pair", digits=False, choices=("repair.yes", "repair.no"))
AT_THE_DOOR = Visit(prefix="YJ-")


def result(test: str) -> TestResult:
    """Return what a test found."""
    return TestResult(test=test, device="disk", verdict=Verdict.PASS, began=BEGIN, took_s=0.1)


def after(visit: Visit, *happened: events.Event) -> Visit:
    """Return a visit after several events."""
    for event in happened:
        visit, _ = step(visit, event)
    return visit


def knocked() -> Visit:
    """Return a visit at the door."""
    return after(AT_THE_DOOR, events.Knocked(), events.Held(card=True))


def inside() -> Visit:
    """Return a visit at the overview, which is complete."""
    visit = after(knocked(), events.CardProven(operator="YJ-0001"), events.Begun(tests=TESTS, devices=DEVICES))
    return after(visit, events.Looked(ticket=visit.ticket, report=REPORT))


def answers(effect: effects.Effect) -> tuple[events.Event, ...]:  # noqa: C901  # a row per effect
    """Return what the world says to an effect when all goes well."""
    match effect:
        case effects.Hold():
            return (events.Held(card=True),)
        case effects.CheckCode(number=number):
            return (events.Admitted(operator=number),)
        case effects.Enter():
            return (events.Begun(tests=TESTS, devices=DEVICES),)
        case effects.Look(ticket=ticket):
            return (events.Looked(ticket=ticket, report=REPORT),)
        case effects.RunTests(ticket=ticket, tests=tests):
            each = [
                (
                    events.Advanced(ticket=ticket, progress=Progress(test=test, share=0.5)),
                    events.Asked(ticket=ticket, question=QUESTION),
                    events.Found(ticket=ticket, result=result(test)),
                )
                for test in tests
            ]
            return (*(event for some in each for event in some), events.TestsOver(ticket=ticket))
        case effects.Mend(ticket=ticket, kind=kind, device=device):
            mended = events.Mended(ticket=ticket, repair=begin(kind, device, "1"))
            return (mended, events.Asked(ticket=ticket, question=CHOICE), events.MendOver(ticket=ticket))
        case effects.MakeReport(ticket=ticket):
            return (events.ReportMade(ticket=ticket, signed=SIGNED),)
        case effects.PrintReport(ticket=ticket):
            return (events.ReportPrinted(ticket=ticket, proof="drained"),)
        case effects.SaveReport(ticket=ticket):
            return (events.ReportSaved(ticket=ticket, files=("a.json",)),)
        case effects.ReadHistory(ticket=ticket):
            return (events.HistoryRead(ticket=ticket, entries=(), trends=()),)
        case effects.ReadAudit(ticket=ticket):
            return (events.AuditRead(ticket=ticket, actions=(), broken_row=None),)
        case effects.Listen(ticket=ticket):
            return (events.TrafficHeard(ticket=ticket, heard=(), listening=True),)
        case _:
            return ()
