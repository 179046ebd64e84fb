from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.simulated.api import UnknownAction
from drivers.simulated.clock import HandClock
from drivers.simulated.faults import COMMON, Faults, flipped, menu
from drivers.simulated.script import LONGEST_SCRIPT, ScriptError, Step, parse, play

ANSWER = bytes(range(200))


class Box:
    """A device with a cable, a flap and nothing else."""

    actions: tuple[str, ...] = ("plug", "unplug", "fault", "cover-open", "cover-closed")

    def __init__(self) -> None:
        self.clock = HandClock()
        self.done: list[str] = []
        self.plugged = True
        self.faults = Faults(
            menu({"torn": "it is torn"}),
            units=("command", "byte", "line", "mm"),
            plug=self.plug,
            unplug=self.unplug,
            clock=self.clock,
        )
        self.heard = b""

    async def plug(self) -> None:
        self.plugged = True
        self.done.append("plug")

    async def unplug(self) -> None:
        self.plugged = False
        self.done.append("unplug")

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        match action:
            case "plug":
                await self.plug()
            case "unplug":
                await self.unplug()
            case "fault":
                await self.faults.order(arguments)
            case _:
                self.done.append(action)
        return {}

    async def write(self, data: bytes) -> None:
        self.heard += data

    async def ask(self, answer: bytes = ANSWER) -> bytes:
        """Let one command be answered, and return what was heard of the answer."""
        self.heard = b""
        await self.faults.begins("command")
        await self.faults.send(answer, self.write)
        await self.faults.ends("command")
        return self.heard


async def settled() -> None:
    for _ in range(30):
        await asyncio.sleep(0)


async def test_a_well_device_changes_nothing() -> None:
    assert await Box().ask() == ANSWER


@pytest.mark.parametrize(("kind", "heard"), [("mute", b""), ("half", ANSWER[:100]), ("torn", ANSWER), ("none", ANSWER)])
async def test_what_becomes_of_an_answer(kind: str, heard: bytes) -> None:
    box = Box()
    await box.faults.set(kind)
    assert await box.ask() == heard


async def test_a_stuck_device_gives_its_last_answer_whatever_it_is_asked() -> None:
    box = Box()
    await box.ask(b"first")
    await box.faults.set("stuck")
    assert [await box.ask(b"second"), await box.ask(b"third")] == [b"first", b"first"]


async def test_a_slow_device_answers_when_it_was_told_to() -> None:
    box = Box()
    await box.faults.order({"kind": "slow", "late_s": "4"})
    asking = asyncio.create_task(box.ask())
    await box.clock.advance(3.9)
    assert not asking.done()
    await box.clock.advance(0.2)
    assert await asking == ANSWER


async def test_the_same_seed_garbles_the_same_bits_and_tells_which_it_was() -> None:
    heard = []
    for seed in ("7", "7", "8"):
        box = Box()
        await box.faults.order({"kind": "garbled", "seed": seed})
        heard.append(await box.ask())
        assert box.faults.state() == {"fault": "garbled", "fault_seed": seed}
    assert heard[0] == heard[1] != heard[2] != ANSWER
    await box.faults.order({"kind": "garbled", "seed": "any"})
    assert box.faults.state()["fault_seed"].isdecimal()


@given(st.binary(min_size=1, max_size=300), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_one_bit_flips_in_every_64_bytes(data: bytes, chance: object) -> None:
    spoilt = flipped(data, chance)  # type: ignore[arg-type]  # hypothesis' own Random
    assert len(spoilt) == len(data)
    assert sum((one ^ other).bit_count() for one, other in zip(data, spoilt, strict=True)) == -(-len(data) // 64)


async def test_a_fault_ends_by_itself_when_it_was_for_a_while() -> None:
    box = Box()
    await box.faults.order({"kind": "mute", "for_s": "3"})
    assert box.faults.state() == {"fault": "mute", "fault_for_s": "3"}
    await box.clock.advance(2.9)
    assert await box.ask() == b""
    await box.clock.advance(0.2)
    assert await box.ask() == ANSWER
    assert box.faults.state() == {"fault": "none"}


async def test_a_new_fault_ends_the_one_before_and_its_time() -> None:
    box = Box()
    await box.faults.set("mute", for_s=3)
    await box.faults.set("half")
    await box.clock.advance(10)
    assert box.faults.kind == "half"


async def test_unplugged_for_a_while_is_plugged_in_again() -> None:
    box = Box()
    await box.faults.set("unplugged", for_s=1.5)
    assert not box.plugged
    assert box.faults.kind == "none"
    await box.clock.advance(1.6)
    assert box.plugged


async def test_a_flapping_plug_goes_by_its_seed_and_sits_at_last() -> None:
    async def moments(seed: int) -> list[tuple[bool, float]]:
        box = Box()
        seen = []
        await box.faults.set("flapping", seed=seed)
        for _ in range(200):
            before = box.plugged
            await box.clock.advance(0.05)
            if box.plugged is not before:
                seen.append((box.plugged, round(box.clock.now(), 2)))
        await box.faults.set("none")
        assert box.plugged
        await box.clock.advance(10)
        assert box.plugged
        return seen

    first = await moments(3)
    assert len(first) >= 4
    assert first == await moments(3) != await moments(4)


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"kind": "melted"},
        {"kind": "mute", "for": "3"},
        {"kind": "mute", "for_s": "soon"},
        {"kind": "mute", "for_s": "-1"},
        {"kind": "mute", "for_s": "nan"},
        {"kind": "mute", "seed": "lucky"},
        {"kind": "mute", "seed": "9" * 5000},
        {"kind": "slow", "late_s": "inf"},
    ],
)
async def test_what_is_no_fault_is_refused_and_nothing_happens(arguments: dict[str, str]) -> None:
    box = Box()
    with pytest.raises(UnknownAction):
        await box.faults.order(arguments)
    assert box.faults.kind == "none"


def test_a_menu_leaves_out_what_a_device_cannot_have() -> None:
    assert set(menu({"torn": ""}, without=("wrong-version",))) == set(COMMON) - {"wrong-version"} | {"torn"}


STEPS = {
    "paper-out at line 12": Step(deed="paper-out", unit="line", number=12, at_begin=True),
    "remove at apdu 3": Step(deed="remove", unit="apdu", number=3, at_begin=True),
    "mute after 2 commands for 3 s": Step(deed="mute", unit="command", number=2, for_s=3),
    "unplug at byte 640 for 1.5 s": Step(deed="unplug", unit="byte", number=640, at_begin=True, for_s=1.5),
    "garbled seed=7 after 300 ms": Step(deed="garbled", arguments={"seed": "7"}, wait_s=0.3),
    "insert document=chen at once": Step(deed="insert", arguments={"document": "chen"}, at_begin=True),
    "tear": Step(deed="tear"),
}


@pytest.mark.parametrize("line", STEPS)
def test_a_line_says_what_happens_and_when(line: str) -> None:
    assert parse(line) == (STEPS[line],)
    assert parse(str(STEPS[line]))[0].unit == STEPS[line].unit


def test_steps_follow_each_other() -> None:
    deeds = [(step.deed, step.wait_s) for step in parse("paper-out at line 12; paper-ok after 3 s;")]
    assert deeds == [("paper-out", 0), ("paper-ok", 3)]


def test_the_same_can_be_written_as_yaml() -> None:
    text = """
- {do: paper-out, at: line 12}
- do: mute
  after: 2 commands
  for: 3 s
  with: {seed: 7}
"""
    assert parse(text) == (
        STEPS["paper-out at line 12"],
        Step(deed="mute", arguments={"seed": "7"}, unit="command", number=2, for_s=3),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1 to 100 steps"),
        ("; ;", "1 to 100 steps"),
        ("Mute!", "step 1"),
        ("mute at noon", "step 1"),
        ("tear; mute after 2 parsecs", "step 2: 'parsecs' cannot be counted; there are: command"),
        ("mute at line 0", "counting begins at 1"),
        ("mute after 2 days", "cannot be counted"),
        ("mute for 3 lines", "is no time"),
        ("mute after 999999 s", "is no time"),
        ("mute;" * 101, "1 to 100 steps"),
        ("x" * (LONGEST_SCRIPT + 1), "at most"),
        ("- {do: mute, when: now}", "unknown field"),
        ("- do: [", "YAML"),
        ("- {do: mute; half}", "semicolon"),
    ],
)
def test_what_is_no_script_is_told_why(text: str, said: str) -> None:
    with pytest.raises(ScriptError, match=said):
        parse(text)


@given(
    st.one_of(st.text(max_size=80), st.text("- {do:at;fr mute12s.=\n}&*[]", max_size=60).map(lambda rest: f"- {rest}"))
)
@settings(max_examples=150)
def test_any_text_is_a_script_or_is_told_why(text: str) -> None:
    try:
        steps = parse(text)
    except ScriptError:
        return
    assert all(isinstance(str(step), str) for step in steps)


async def played(box: Box, line: str) -> asyncio.Task[None]:
    playing = asyncio.create_task(play(parse(line), box))
    await settled()
    return playing


async def test_a_step_strikes_before_the_command_it_names_is_answered() -> None:
    box = Box()
    playing = await played(box, "mute at command 3")
    assert [len(await box.ask()) for _ in range(4)] == [200, 200, 0, 0]
    await playing


async def test_a_step_strikes_after_as_many_commands_as_it_says() -> None:
    box = Box()
    playing = await played(box, "mute after 2 commands for 3 s; half after 1 command")
    assert [len(await box.ask()) for _ in range(3)] == [200, 200, 0]
    await box.clock.advance(3.1)
    await settled()
    assert [len(await box.ask()) for _ in range(2)] == [200, 100]
    await playing


async def test_a_cable_is_pulled_in_mid_answer_and_put_back() -> None:
    box = Box()
    playing = await played(box, "unplug at byte 250; plug after 1.5 s")
    assert len(await box.ask()) == 200
    asking = asyncio.create_task(box.ask())
    await settled()
    # What came to byte 250 was sent before the cable was pulled; a real device's task ends with its cable.
    assert box.done == ["unplug"]
    await asking
    await box.clock.advance(1.6)
    await playing
    assert box.done == ["unplug", "plug"]


async def test_an_answer_is_cut_at_the_very_byte() -> None:
    box = Box()
    lengths: list[int] = []
    playing = await played(box, "cover-open at byte 50")

    async def write(data: bytes) -> None:
        lengths.append(len(data))

    await box.faults.send(ANSWER, write)
    assert lengths == [50, 150]
    await playing


async def test_lines_are_counted_by_the_paper_that_passes() -> None:
    box = Box()
    playing = await played(box, "cover-open at line 3")
    for _ in range(7):
        await box.faults.counts("line", 0.25)
    assert box.done == []
    await box.faults.counts("line", 0.25)
    assert box.done == ["cover-open"]
    await playing


async def test_what_a_hand_did_for_a_while_is_undone() -> None:
    box = Box()
    playing = await played(box, "cover-open for 2 s; unplugged for 1 s")
    assert box.done == ["cover-open"]
    await box.clock.advance(2)
    assert box.done == ["cover-open", "cover-closed", "unplug"]
    await box.clock.advance(1)
    await playing
    assert box.done[-1] == "plug"


async def test_a_script_that_is_given_up_lets_the_device_go_on() -> None:
    box = Box()
    playing = await played(box, "mute at command 2")
    await box.ask()
    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing
    assert await box.ask() == ANSWER


@pytest.mark.parametrize("line", ["insert document=chen", "mute at frame 3", "fault for 3 s"])
async def test_what_the_device_cannot_do_is_refused_before_anything_happens(line: str) -> None:
    box = Box()
    with pytest.raises(UnknownAction):
        await play(parse("cover-open; " + line), box)
    assert box.done == []


async def test_a_device_that_stops_lets_everything_go() -> None:
    box = Box()
    await box.faults.set("flapping")
    mark = box.faults.mark("command", 1, at_begin=True)
    asking = asyncio.create_task(box.ask())
    await settled()
    await box.faults.stop()
    await asking
    assert mark.reached.is_set()
    await box.clock.advance(10)
    assert box.done == []
