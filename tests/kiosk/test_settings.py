"""Settings say everything that differs between kiosks, and every mistake in them is told with its cure."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.settings import ASSETS, PROFILES, VARIABLE, Layout, Settings, SettingsError, load, profiles
from kiosk.words import Language, Text

DOCUMENTATION = (ASSETS / "settings" / "README.md").read_text(encoding="utf-8")
CITY = """
[city]
name = { zh-Hans = "甲市", zh-Hant = "甲市", en = "Jia" }
[terminal]
id = "T1"
place = { zh-Hans = "乙", zh-Hant = "乙", en = "Yi" }
"""


def keys(table: type[msgspec.Struct] = Settings, prefix: str = "") -> Iterator[str]:
    """Every setting, dotted."""
    for field in msgspec.structs.fields(table):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct) and field.type is not Text:
            yield from keys(field.type, f"{prefix}{field.encode_name}.")
        else:
            yield prefix + field.encode_name


@pytest.fixture(autouse=True)
def no_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def write(tmp_path: Path) -> typing.Callable[[str], Path]:
    def written(text: str) -> Path:
        file = tmp_path / "city.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return written


Write = typing.Callable[[str], Path]


def problems(file: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(file)
    return [problem.replace(str(file), "city.toml") for problem in caught.value.problems]


@pytest.mark.parametrize("key", [*keys(), "profile"])
def test_every_setting_is_documented(key: str) -> None:
    assert f"| `{key}` |" in DOCUMENTATION


def test_nothing_is_documented_that_cannot_be_set() -> None:
    documented = set(re.findall(r"^\| `([a-z_.]+)` \|", DOCUMENTATION, re.MULTILINE)) - {"profile"} - set(profiles())
    assert documented == set(keys())


def test_every_profile_is_documented() -> None:
    assert set(profiles()) == {"simulated", "standing-terminal", "bank"}
    assert all(f"| `{name}` |" in DOCUMENTATION for name in profiles())


def test_the_documented_example_works(write: Write) -> None:
    example = DOCUMENTATION.split("```toml\n")[1].split("```")[0]
    settings = load(write(example))
    assert settings.city.accent == "#8a1c1c"
    assert settings.devices.camera.source == "/dev/onething/camera"


def test_without_a_file_the_simulated_city_is_taken() -> None:
    settings = load()
    assert settings.simulated.devices
    assert settings.city.name.in_(Language.EN) == "Sample City"
    assert settings.simulated.people.is_file()


def test_the_environment_names_a_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(write(CITY)))
    assert load().terminal.id == "T1"


@pytest.mark.parametrize("profile", ["standing-terminal", "bank"])
def test_a_profile_needs_only_city_and_terminal(profile: str, write: Write) -> None:
    settings = load(write(f'profile = "{profile}"\n{CITY}'))
    assert settings.devices.printer.protocol == "escpos-tcp"


def test_a_file_overrides_its_profile_key_by_key(write: Write) -> None:
    settings = load(write('profile = "simulated"\n[terminal]\nlayout = "bank"\n[timings]\nidle_s = 60\n'))
    assert settings.terminal.layout is Layout.BANK
    assert settings.terminal.id == "SIM-0001"
    assert (settings.timings.idle_s, settings.timings.warning_s) == (60, 20)


def test_a_path_is_relative_to_the_file_it_stands_in(write: Write, tmp_path: Path) -> None:
    settings = load(write(f'catalogue = "services"\n{CITY}\n[backend]\ndata_dir = "/var/lib/k"'))
    assert settings.catalogue == tmp_path / "services"
    assert settings.backend.data_dir == Path("/var/lib/k")


def test_wires_are_filled_in_once_they_are_known() -> None:
    wires = {"runtime": "/run/k", "printer_port": "4001", "camera_port": "4002"}
    settings = load().wired(wires, backend_url="http://127.0.0.1:4003")
    assert settings.devices.idreader.port == "/run/k/idreader"
    assert settings.devices.printer.address == "127.0.0.1:4001"
    assert settings.backend.url == "http://127.0.0.1:4003"


def test_a_city_of_its_own_keeps_its_backend(write: Write) -> None:
    settings = load(write(f'{CITY}\n[backend]\nurl = "https://city.invalid"'))
    assert settings.wired({}, backend_url="http://127.0.0.1:1").backend.url == "https://city.invalid"


def test_density_comes_from_the_panel() -> None:
    assert load().terminal.pixels_per_mm(1080, 1920) == pytest.approx(4.03, abs=0.01)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[timings]\nidle_s = 5",
            "city.toml:3: timings.idle_s is 5: it must be a whole number from 15 to 900.",
        ),
        (
            '[timings]\nidle_s = "90"',
            'city.toml:3: timings.idle_s is "90": it must be a whole number from 15 to 900.',
        ),
        (
            "[timings]\nidle_s = true",
            "city.toml:3: timings.idle_s is true: it must be a whole number from 15 to 900.",
        ),
        (
            '[terminal]\nlayout = "potrait"',
            (
                'city.toml:3: terminal.layout is "potrait": it must be one of "portrait", "landscape", "bank". '
                'Did you mean "portrait"?'
            ),
        ),
        (
            "[timings]\nidle_sec = 90",
            'city.toml:3: there is no setting timings.idle_sec. Did you mean "idle_s"?',
        ),
        (
            "[timing]\nidle_s = 90",
            'city.toml:2: there is no setting timing. Did you mean "timings"?',
        ),
        (
            "[zzz]\nx = 1",
            (
                "city.toml:2: there is no setting zzz. Known in the file: attract, backend, bundles, catalogue, city, "
                "devices, diagnostics, languages, logs, simulated, speech, telemetry, terminal, timings."
            ),
        ),
        (
            'city.accent = "blue"',
            'city.toml:2: city.accent is "blue": it must be a colour, "#RRGGBB".',
        ),
        (
            '[city]\naccent = "#ffff00"',
            (
                'city.toml:3: city.accent is "#ffff00": it must be dark enough for white letters: a contrast of 4.5 or '
                "more, this has 1.1."
            ),
        ),
        (
            '[city]\nname = { zh-Hans = "甲" }',
            "city.toml:3: city.name.en is missing: it must be some text, in quotes.",
        ),
        (
            'city = "Jia"',
            'city.toml:2: city is "Jia": it must be a table { name = … }.',
        ),
        (
            "[city.hotline]\nx = 1",
            'city.toml:2: city.hotline is "a table": it must be a telephone number.',
        ),
        (
            '[city]\ntimezone = "Mars/Olympus"',
            'city.toml:3: city.timezone is "Mars/Olympus": it must be a time zone of the IANA list',
        ),
        (
            '[city]\ncrest = "nowhere.svg"',
            "it must be a picture file (SVG or PNG) that is there.",
        ),
        (
            '[languages]\noffered = ["en"]',
            'city.toml:2: languages.default is "zh-Hans": it must be one of languages.offered: "en".',
        ),
        (
            '[languages]\noffered = ["fr"]',
            'city.toml:3: languages.offered is ["fr"]: it must be a list of one or more of "zh-Hans", "zh-Hant", "en".',
        ),
        (
            "[timings]\nidle_s = 60\nwarning_s = 60",
            "city.toml:4: timings.warning_s is 60: it must be less than timings.idle_s (60)",
        ),
        (
            "[timings]\nidle_s = 900\nsession_limit_s = 600",
            "city.toml:4: timings.session_limit_s is 600: it must be more than timings.idle_s (900).",
        ),
        (
            '[devices.scanner]\nport = "${runtim}/scanner"',
            "${runtim}/scanner",
        ),
        (
            '[devices.printer]\naddress = "127.0.0.1:${print_port}"',
            (
                'city.toml:3: devices.printer.address is "127.0.0.1:${print_port}": it must be only ${runtime}, '
                "${printer_port}, ${camera_port} in ${…}."
            ),
        ),
        (
            "catalogue = 3",
            "city.toml:2: catalogue is 3: it must be a path.",
        ),
    ],
)
def test_a_mistake_names_place_key_value_and_what_is_allowed(text: str, told: str, write: Write) -> None:
    found = problems(write(f'profile = "simulated"\n{text}\n'))
    assert any(told in problem for problem in found), found


def test_all_mistakes_are_told_at_once(write: Write) -> None:
    assert len(problems(write('profile = "simulated"\n[timings]\nidle_s = 1\nwarning_s = 1\nx = 1'))) == 3


def test_what_is_missing_is_named(write: Write) -> None:
    told = problems(write('profile = "bank"'))
    assert any(problem.endswith("city is missing: it must be a table { name = … }.") for problem in told)
    assert any("terminal.id is missing" in problem for problem in told)


def test_a_wrong_profile_names_the_profiles(write: Write) -> None:
    assert problems(write('profile = "simulate"')) == [
        (
            'city.toml:1: profile is "simulate": it must be one of "bank", "simulated", "standing-terminal". '
            'Did you mean "simulated"?'
        )
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"there is no such settings file. Name another with --settings"):
        load(tmp_path / "none.toml")


def test_a_file_that_is_not_toml(write: Write) -> None:
    assert "is not TOML" in problems(write("city = Jia"))[0]
    assert "line 1" in problems(write("city = Jia"))[0]


@pytest.mark.parametrize("text", ["city = " + "[" * 2000, "city = " + "9" * 5000])
def test_neither_depth_nor_digits_without_end_are_settings(write: Write, text: str) -> None:
    assert "is not TOML" in problems(write(text))[0]


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path)


@given(st.binary(max_size=300))
def test_whatever_stands_in_the_file_ends_in_sentences(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzz.toml"
    file.write_bytes(data)
    with pytest.raises(SettingsError) as caught:
        load(file)
    assert all(str(file) in problem and problem.endswith(".") for problem in caught.value.problems)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["en", "port", "a b"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.sampled_from(sorted(keys())), VALUES)
def test_any_value_anywhere_is_taken_or_told(tmp_path_factory: pytest.TempPathFactory, key: str, value: object) -> None:
    file = tmp_path_factory.getbasetemp() / "value.toml"
    file.write_text(f'profile = "simulated"\n{key} = {toml(value)}\n', encoding="utf-8")
    try:
        load(file)
    except SettingsError as error:
        assert all(re.search(r"(must be|no setting|is not TOML|cannot be read)", each) for each in error.problems)  # noqa: PT017 - both ends are right


def toml(value: object) -> str:
    match value:
        case None:
            return '""'
        case dict():
            return "{ " + ", ".join(f'"{name}" = {toml(inner)}' for name, inner in value.items()) + " }"
        case list():
            return "[" + ", ".join(toml(inner) for inner in value) + "]"
        case str():
            return msgspec.json.encode(value).decode().replace("\x7f", "")
        case bool():
            return str(value).lower()
        case _:
            return repr(value)


def test_profiles_stand_where_they_are_looked_for() -> None:
    assert {file.stem for file in PROFILES.glob("*.toml")} == set(profiles())
