"""What upsd answers is read whatever it is, or refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drivers.errors import DeviceError, DeviceGarbled, DeviceRefused, DeviceSilent
from drivers.power.answers import condition, power_status, refusal, variable, words
from drivers.power.api import PowerStatus, Supply
from drivers.status import WELL

PRINTABLE = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    ("flags", "supply", "cause"),
    [
        ("OL", Supply.ON_LINE, ""),
        ("OL CHRG", Supply.ON_LINE, ""),
        ("OL CHRG LB", Supply.ON_LINE, ""),
        ("OL RB", Supply.ON_LINE, "power.replace-battery"),
        ("OB DISCHRG", Supply.ON_BATTERY, "power.on-battery"),
        ("OB LB RB", Supply.LOW_BATTERY, "power.low-battery"),
        ("FSD OL", Supply.LOW_BATTERY, "power.low-battery"),
        ("OL BYPASS", Supply.UNKNOWN, "power.unknown"),
        ("OFF", Supply.UNKNOWN, "power.unknown"),
        ("WAIT", Supply.UNKNOWN, "power.unknown"),
        ("", Supply.UNKNOWN, "power.unknown"),
    ],
)
def test_flags_mean_one_of_four_states(flags: str, supply: Supply, cause: str) -> None:
    status = power_status({"ups.status": flags})
    assert status.supply is supply
    assert (condition(status).cause, condition(status).usable) == (cause, True)
    assert (condition(status) == WELL) is (not cause)


def test_numbers_are_numbers_or_not_told() -> None:
    told = {"battery.charge": "97.5", "battery.runtime": "nan", "ups.load": "", "battery.voltage": "13,6"}
    status = power_status({**told, "device.model": " Mini \x07850 "})
    assert (status.charge_percent, status.runtime_s, status.load_percent, status.battery_v) == (97.5, None, None, None)
    assert status.model == "Mini 850"


@pytest.mark.parametrize(
    ("line", "error", "code"),
    [
        (b"ERR UNKNOWN-UPS", DeviceRefused, "power.unknown-name"),
        (b"ERR ACCESS-DENIED", DeviceRefused, "power.access-denied"),
        (b"ERR DATA-STALE", DeviceSilent, "power.stale"),
        (b"ERR DRIVER-NOT-CONNECTED", DeviceSilent, "power.stale"),
        (b"ERR FEATURE-NOT-CONFIGURED and more", DeviceRefused, "device.refused"),
        (b"ERR", DeviceRefused, "device.refused"),
        (b"ERR \xff\x00", DeviceRefused, "device.refused"),
    ],
)
def test_refusals_are_errors_of_the_tree(line: bytes, error: type[DeviceError], code: str) -> None:
    found = refusal(line)
    assert type(found) is error
    assert found.code == code
    assert refusal(b"VAR ups ups.status") is None


@given(PRINTABLE)
@example('Mini "850" \\ B')
def test_any_value_is_read_as_it_was_written(value: str) -> None:
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    assert variable(f'VAR ups device.model "{quoted}"'.encode(), "ups") == ("device.model", value)


@pytest.mark.parametrize("line", [b"", b"VAR ups x", b"VAR other x 1", b'VAR ups x "1', b"VAR ups x 1 2", b"\xff"])
def test_what_is_no_variable_is_garbled(line: bytes) -> None:
    with pytest.raises(DeviceGarbled):
        variable(line, "ups")


@given(st.binary(max_size=400))
@example(b'"' * 400)
@example(b"\\" * 399)
@settings(max_examples=100)
def test_any_bytes_are_read_or_refused(line: bytes) -> None:
    with contextlib.suppress(DeviceGarbled):
        words(line)
    with contextlib.suppress(DeviceGarbled):
        variable(line, "ups")
    assert isinstance(refusal(line), DeviceError | None)


@given(st.dictionaries(st.sampled_from(["ups.status", "battery.charge", "device.model", "driver.name"]), st.text()))
def test_any_variables_are_a_status(variables: dict[str, str]) -> None:
    status = power_status(variables)
    assert isinstance(status, PowerStatus)
    assert condition(status).usable
