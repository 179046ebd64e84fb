from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from drivers.camera.stream import StreamCamera
from drivers.printer import Slip, TextLine
from drivers.printer.api import Proof
from drivers.printer.escpos import EscposPrinter
from drivers.printer.wires import TcpWire
from drivers.scanner.serial_scanner import TRIGGERS, SerialScanner
from drivers.simulated import ControlClient, ControlError, SimulatedHub
from drivers.simulated.control import States, do
from drivers.simulated.hub import _request

ASSETS = Path(__file__).parents[3] / "assets" / "simulated"


@pytest.fixture
def folder() -> object:
    # Not tmp_path: the path of a socket has at most 107 bytes.
    with tempfile.TemporaryDirectory(prefix="hub") as name:
        yield Path(name)


@pytest_asyncio.fixture
async def hub(folder: Path) -> AsyncIterator[SimulatedHub]:
    hub = SimulatedHub(folder, ASSETS / "people.yaml", ASSETS / "papers.yaml", pace=0)
    await hub.start()
    yield hub
    await hub.stop()


@pytest.fixture
def client(hub: SimulatedHub) -> ControlClient:
    return ControlClient(hub.control_path)


async def test_all_devices_are_there_and_say_how_they_are(client: ControlClient) -> None:
    states = await client.states()
    assert set(states) == {"idreader", "card", "scanner", "printer", "camera", "headphones"}
    assert {state["plugged"] for name, state in states.items() if name != "card"} == {"yes"}


async def test_a_hand_does_something_and_is_told(client: ControlClient) -> None:
    assert (await client.do("idreader", "insert", document="chen"))["document"] == "chen"
    assert (await client.states())["idreader"]["document"] == "chen"


@pytest.mark.parametrize(
    ("device", "action", "arguments", "allowed"),
    [
        ("fax", "send", {}, "printer"),
        ("printer", "burn", {}, "paper-out"),
        ("idreader", "insert", {"document": "nobody"}, "chen"),
        ("*", "dance", {}, "menu"),
    ],
)
async def test_what_cannot_be_done_names_what_can(
    client: ControlClient, device: str, action: str, arguments: dict[str, str], allowed: str
) -> None:
    with pytest.raises(ControlError, match=f"allowed: .*{allowed}"):
        await client.do(device, action, **arguments)


async def until(states: AsyncIterator[States], wanted: Callable[[States], bool]) -> None:
    async with asyncio.timeout(10):
        async for state in states:
            if wanted(state):
                return


async def test_who_watches_sees_every_change(client: ControlClient, hub: SimulatedHub) -> None:
    async with contextlib.aclosing(client.watch()) as states:
        first = await anext(states)
        assert first["printer"]["paper"] == "ok"
        await client.do("printer", "paper-out")
        await until(states, lambda state: state["printer"]["paper"] == "out")
        await hub.stop()
        with pytest.raises(StopAsyncIteration):
            await anext(states)


async def test_the_menu_offers_what_makes_sense_now(client: ControlClient) -> None:
    def actions(menu: dict[str, list[dict[str, object]]], device: str) -> set[object]:
        return {entry["action"] for entry in menu[device]}

    menu = await client.menu()
    assert "remove" not in actions(menu, "idreader")
    [insert] = [entry for entry in menu["idreader"] if entry["action"] == "insert"]
    assert {"value": "chen", "title": "陈样本"}.items() <= insert["choices"][1].items()
    await client.do("idreader", "insert", document="chen")
    await client.do("camera", "unplug")
    menu = await client.menu()
    assert "remove" in actions(menu, "idreader")
    assert actions(menu, "camera") == {"plug"}


async def test_everything_on_the_menu_can_be_done(client: ControlClient) -> None:
    menu = await client.menu()
    for device, entries in menu.items():
        for entry in entries:
            if entry["action"] in ("unplug", "script"):  # the one leaves no menu, the other is any text
                continue
            choices = entry.get("choices", ())
            value = choices[0]["value"] if choices else "文字" if entry.get("argument") else ""
            await client.do(device, entry["action"], **({entry["argument"]: value} if value else {}))


async def test_drivers_find_the_devices_where_the_wiring_says(client: ControlClient) -> None:
    wiring = await client.wiring()
    host, _, port = wiring["printer"].partition(":")
    printer = EscposPrinter(TcpWire(host, int(port)))
    assert (await printer.print_slip(Slip(blocks=(TextLine(text="回执"),)))).proof is Proof.DRAINED
    await printer.close()
    assert (await client.do("printer", "tear"))["slip"] == "slip-0001.png"

    scanner = SerialScanner(wiring["scanner"], trigger=TRIGGERS["honeywell"])
    await scanner.open()
    await client.do("scanner", "show", text="办件")
    assert (await scanner.scan()).text == "办件"
    await scanner.close()

    camera = StreamCamera(wiring["camera"])
    await camera.open()
    assert (await camera.frame()).width == 1280
    await camera.close()


@pytest.mark.parametrize(
    "line", [b"\n", b"poem\n", b"[]\n", b'{"device": 1}\n', b'{"device": {}, "action": ""}\n', b'{"\xff": ""}\n']
)
async def test_what_is_no_request_is_answered_and_the_line_stays(hub: SimulatedHub, line: bytes) -> None:
    reader, writer = await asyncio.open_unix_connection(hub.control_path)
    writer.write(line + b'{"device": "*", "action": "state"}\n')
    assert msgspec.json.decode(await reader.readline())["ok"] is False
    assert msgspec.json.decode(await reader.readline())["ok"] is True
    writer.close()
    await writer.wait_closed()


@given(st.binary(max_size=200))
def test_any_line_is_a_request_or_a_sentence(line: bytes) -> None:
    assert isinstance(_request(line), str | tuple)


async def test_one_device_that_cannot_start_leaves_the_others_up(folder: Path) -> None:
    taken = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    hub = SimulatedHub(folder, ASSETS / "people.yaml", ASSETS / "papers.yaml", printer_port=port, pace=0)
    await hub.start()
    client = ControlClient(hub.control_path)
    states = await client.states()
    assert "in use" in states["printer"]["failed"]
    assert states["camera"]["plugged"] == "yes"
    assert (await client.menu())["printer"] == [{"action": "plug"}]
    with pytest.raises(ControlError, match="allowed: plug"):
        await client.do("printer", "tear")
    taken.close()
    await taken.wait_closed()
    assert (await client.do("printer", "plug"))["plugged"] == "yes"
    await hub.stop()


async def test_a_device_that_breaks_in_mid_action_is_told_and_the_hub_lives(
    hub: SimulatedHub, client: ControlClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def break_down(*_: object) -> dict[str, str]:
        raise OSError("out of order")

    monkeypatch.setattr(hub.devices["camera"], "do", break_down)
    with pytest.raises(ControlError, match="out of order"):
        await client.do("camera", "clear")
    assert (await client.do("printer", "paper-out"))["paper"] == "out"


async def test_nobody_there_is_said_in_a_sentence(folder: Path) -> None:
    with pytest.raises(ControlError, match="no simulated devices"):
        await ControlClient(folder / "control.sock").states()
    with pytest.raises(ControlError, match="no simulated devices"):
        await asyncio.to_thread(do, folder / "control.sock", "*", "state")


PROGRAM = """
import asyncio, sys
from pathlib import Path
from drivers.simulated import SimulatedHub, run_hub
assert "cv2" not in sys.modules and "numpy" not in sys.modules
folder, assets, fd = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
asyncio.run(run_hub(SimulatedHub(folder, assets / "people.yaml", assets / "papers.yaml", pace=0), ready_fd=fd))
assert "cv2" not in sys.modules and "numpy" not in sys.modules
"""


def test_a_process_of_its_own_says_when_it_is_ready_and_ends_on_request(folder: Path) -> None:
    ours, theirs = os.pipe()
    command = [sys.executable, "-c", PROGRAM, str(folder), str(ASSETS), str(theirs)]
    with subprocess.Popen(command, pass_fds=[theirs], cwd=Path(__file__).parents[3]) as process:
        os.close(theirs)
        with os.fdopen(ours, "rb") as ready:
            assert ready.readline() == b"ready\n"
        assert do(folder / "control.sock", "idreader", "insert", document="li")["state"]["document"] == "li"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert not (folder / "control.sock").exists()
    assert not (folder / "scanner").exists()


async def test_a_script_waits_for_its_moment_and_is_seen_waiting(client: ControlClient) -> None:
    armed = await client.do("scanner", "script", text="mute after 1 code; none after 1 ms")
    assert armed["script"] == "mute after 1 code; none after 0.001 s"
    wiring = await client.wiring()
    scanner = SerialScanner(wiring["scanner"], trigger=TRIGGERS["honeywell"])
    await scanner.open()
    async with contextlib.aclosing(client.watch()) as states:
        await client.do("scanner", "show", text="办件")
        assert (await scanner.scan()).text == "办件"
        await until(states, lambda state: "script" not in state["scanner"])
    await scanner.close()
    assert (await client.states())["scanner"]["fault"] == "none"


async def test_a_script_ends_when_another_one_or_none_is_given(client: ControlClient) -> None:
    await client.do("printer", "script", text="paper-out at line 12")
    assert (await client.do("printer", "script", text="cover-open at mm 30"))["script"] == "cover-open at mm 30"
    assert "script" not in await client.do("printer", "script", text="")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": "mute at dawn"}, "step 1"),
        ({"text": "insert at line 2"}, "allowed: none"),
        ({"text": "mute at frame 2"}, "allowed: line"),
        ({"words": "mute"}, "allowed: text"),
    ],
)
async def test_a_script_that_cannot_be_is_told_why(client: ControlClient, arguments: dict[str, str], said: str) -> None:
    with pytest.raises(ControlError, match=said):
        await client.do("printer", "script", **arguments)


async def test_a_script_that_goes_wrong_says_so_and_the_hub_lives(client: ControlClient) -> None:
    async with contextlib.aclosing(client.watch()) as states:
        await client.do("idreader", "script", text="insert document=nobody")
        await until(states, lambda state: "nobody" in state["idreader"].get("script", ""))
    assert (await client.do("idreader", "insert", document="chen"))["document"] == "chen"


async def test_every_device_suffers_every_fault_of_its_menu_and_gets_well(hub: SimulatedHub) -> None:
    for kind, device in hub.devices.items():
        for fault in device.faults.choices:
            if kind == "card" and fault in ("unplugged", "flapping"):  # a pcscd that starts anew takes its seconds
                continue
            await hub.do(kind, "fault", {"kind": fault, "seed": "5", "for_s": "600"})
            assert hub.states()[kind]["fault"] in (fault, "none")
        await hub.do(kind, "fault", {"kind": "none"})
        await hub.do(kind, "plug", {})
        assert hub.states()[kind]["plugged"] == "yes"
