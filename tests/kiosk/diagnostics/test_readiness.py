from __future__ import annotations

import itertools

import pytest
from benches import result, status
from hypothesis import given
from hypothesis import strategies as st

from drivers.status import State
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.model import DeviceStatus, Readiness, TestResult, Verdict
from kiosk.diagnostics.readiness import Surroundings, judge

KINDS = ("idreader", "card", "scanner", "camera", "printer")
WELL = {kind: status(kind) for kind in KINDS}
AROUND = Surroundings(screen=True, backend=True, free_mb=5000.0)
ORDER = {Readiness.READY: 0, Readiness.LIMITED: 1, Readiness.NOT_READY: 2}


def judged(
    devices: dict[str, DeviceStatus] | None = None,
    results: tuple[TestResult, ...] = (),
    around: Surroundings = AROUND,
    installed: tuple[str, ...] = KINDS,
) -> tuple[Readiness, list[str]]:
    verdict, reasons = judge(installed, WELL | (devices or {}), results, around)
    assert sorted(reasons, key=lambda reason: not reason.decisive) == list(reasons)
    return verdict, [reason.code for reason in reasons]


def gone(*kinds: str) -> dict[str, DeviceStatus]:
    return {kind: status(kind, State.ABSENT, "device.absent") for kind in kinds}


def test_a_terminal_on_which_everything_works_is_ready() -> None:
    assert judged() == (Readiness.READY, [])


@pytest.mark.parametrize("kind", KINDS)
def test_one_device_that_is_lost_limits_it(kind: str) -> None:
    assert judged(gone(kind)) == (Readiness.LIMITED, [f"{kind}.lost"])


def test_nobody_is_served_where_nobody_can_be_identified() -> None:
    assert judged(gone("idreader", "card")) == (Readiness.NOT_READY, ["identify.none", "idreader.lost", "card.lost"])
    assert judged(gone("idreader"), installed=("idreader", "printer"))[0] is Readiness.NOT_READY
    assert judged({}, installed=("scanner", "printer"))[1] == ["identify.none"]


def test_a_reader_that_failed_its_own_test_identifies_nobody() -> None:
    sick = result("idreader.self-test", Verdict.FAIL, reason="idreader.self-test")
    assert judged(gone("card"), (sick,))[0] is Readiness.NOT_READY
    assert judged({}, (sick,))[0] is Readiness.LIMITED


@pytest.mark.parametrize(
    ("around", "verdict", "code"),
    [
        (Surroundings(screen=False), Readiness.NOT_READY, "screen.dark"),
        (Surroundings(outbox=False), Readiness.NOT_READY, "outbox.unusable"),
        (Surroundings(free_mb=10.0), Readiness.NOT_READY, "disk.no-room"),
        (Surroundings(backend=False), Readiness.LIMITED, "backend.away"),
        (Surroundings(waiting=5000), Readiness.LIMITED, "outbox.many"),
        (Surroundings(records=False), Readiness.LIMITED, "records.changed"),
        (Surroundings(), Readiness.READY, None),
    ],
)
def test_what_it_stands_on_counts(around: Surroundings, verdict: Readiness, code: str | None) -> None:
    assert judged(around=around) == (verdict, [code] if code else [])


def test_a_device_that_works_with_a_limit_limits_it_by_its_cause() -> None:
    low = {"printer": status("printer", State.DEGRADED, "printer.paper-near-end")}
    assert judged(low) == (Readiness.LIMITED, ["printer.paper-near-end"])


def test_a_screen_that_cannot_be_touched_everywhere_serves_nobody() -> None:
    dead = result("touch.grid", Verdict.FAIL, measures=(measured("touch.reached", 80),))
    assert judged({}, (dead,))[0] is Readiness.NOT_READY
    off = result("touch.grid", Verdict.FAIL, measures=(measured("touch.reached", 100), measured("touch.error", 9)))
    assert judged({}, (off,)) == (Readiness.LIMITED, ["test.failed"])


def test_a_failed_test_of_a_device_that_is_not_installed_any_more_does_not_count() -> None:
    old = result("camera.picture", Verdict.FAIL)
    assert judged({}, (old,), installed=("idreader", "card", "scanner", "printer")) == (Readiness.READY, [])


def test_warnings_and_skipped_tests_keep_it_ready() -> None:
    near = (result("printer.page", Verdict.WARN), result("loop.print-scan", Verdict.SKIPPED, reason="needs.hand"))
    assert judged({}, near)[0] is Readiness.READY


states = st.sampled_from(State)
verdicts = st.sampled_from(Verdict)


@given(st.tuples(*[states] * 5), st.tuples(*[verdicts] * 3), st.booleans(), st.booleans())
def test_nothing_that_gets_worse_makes_it_readier(
    now: tuple[State, ...], found: tuple[Verdict, ...], backend: bool, outbox: bool
) -> None:
    devices = {kind: status(kind, state) for kind, state in zip(KINDS, now, strict=True)}
    results = tuple(
        result(test, verdict)
        for test, verdict in zip(("idreader.self-test", "printer.page", "touch.grid"), found, strict=True)
    )
    around = Surroundings(screen=True, backend=backend, outbox=outbox)
    before, reasons = judge(KINDS, devices, results, around)
    assert (before is Readiness.READY) == (not reasons)
    assert (before is Readiness.NOT_READY) == any(reason.decisive for reason in reasons)
    worse = [({**devices, kind: status(kind, State.FAILED)}, results, around) for kind in KINDS]
    worse += [
        (devices, tuple(result(each.test, Verdict.FAIL) if each is one else each for each in results), around)
        for one in results
    ]
    worse.append((devices, results, Surroundings(screen=False, backend=backend, outbox=outbox)))
    for after in itertools.starmap(lambda d, r, a: judge(KINDS, d, r, a)[0], worse):
        assert ORDER[after] >= ORDER[before]
