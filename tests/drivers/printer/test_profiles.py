from __future__ import annotations

from pathlib import Path

import pytest

from drivers.printer.escpos import EscposPrinter
from drivers.printer.profiles import GENERIC, Automatic, ProfileUnknownError, Waiting, profile, profiles
from drivers.printer.wires import FileWire

README = Path(__file__).parents[3] / "drivers" / "printer" / "README.md"


def test_printers_of_python_escpos_are_known_and_displays_are_not() -> None:
    assert profile("TM-T20II").width_dots == 576
    assert profile("NT-5890K").knife is False
    assert "OCD-100" not in profiles()
    assert "TM-U220" not in profiles()


def test_a_model_nobody_knows_is_named_with_those_that_are() -> None:
    with pytest.raises(ProfileUnknownError, match="custom-kiosk"):
        profile("PX-1")


def test_every_profile_says_where_it_is_written_and_fits_a_width() -> None:
    for each in profiles().values():
        assert each.source
        assert each.width_dots is None or each.width_dots % 8 == 0
        assert each.waiting is not Waiting.DLE_EOT_20 or each.automatic is Automatic.NO, "DLE 0F looks like a report"


def test_ours_stand_in_the_readme() -> None:
    told = README.read_text("utf-8")
    assert [name for name, each in profiles().items() if "python-escpos" not in each.source and name not in told] == []


def test_the_generic_one_is_what_a_printer_is_without_a_profile() -> None:
    known = profile("generic")
    for field in ("width_dots", "knife", "automatic", "in_order", "identity", "waiting", "clear", "held"):
        assert getattr(known, field) == getattr(GENERIC, field)


def test_a_width_that_nobody_wrote_down_must_be_set() -> None:
    with pytest.raises(ValueError, match="width_dots"):
        EscposPrinter(FileWire(Path("/nowhere")), profile("RP326"))
    EscposPrinter(FileWire(Path("/nowhere")), profile("RP326"), width_dots=576)
