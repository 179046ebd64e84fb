"""A catalogue reaches a terminal signed by two people, whole, or not at all."""

from __future__ import annotations

import base64
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk import __main__ as command_line
from kiosk.catalogue import CatalogueError, fetching, load, publishing
from kiosk.catalogue.bundles import (
    INDEX,
    PENDING,
    SUFFIX,
    Bundle,
    BundleError,
    Manifest,
    NothingBefore,
    Role,
    SamePerson,
    Unproven,
    Unreachable,
    Unreadable,
    decoded,
    digest_of_files,
    encoded,
    proven,
    signed,
)
from kiosk.catalogue.fetching import Fetched, Folder, Web, fetch, place_of, roll_back
from kiosk.catalogue.installed import KEPT, Store, in_use
from kiosk.catalogue.sources import digest_of, files_of
from kiosk.contract import IssuerKey
from kiosk.licences import Issuers, Licence, by_id, seal

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 3, 31)
TOMORROW = date(2026, 4, 1)
KEYS = {name: Ed25519PrivateKey.from_private_bytes(bytes([at]) * 32) for at, name in enumerate(("张样本", "李样本"), 1)}
STRANGER = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32)
TRUSTED: Issuers = by_id(publishing.public_part(key, name) for name, key in KEYS.items())


@dataclass
class City:
    """Where authors write, where bundles are published, and a terminal."""

    source: Path
    place: Path
    store: Store
    delivered: Path

    def publish(self, phone: str = "0000-1", *, name: str = "张样本", effective: date = TODAY) -> Path:
        file = self.source / "departments.yaml"
        file.write_text((DATA / "departments.yaml").read_text().replace("0000-1", phone, 1))
        return publishing.publish(
            self.source, self.place, name, KEYS[name], effective=effective, today=TODAY, note="电话改了"
        )

    def approve(self, pending: Path, name: str = "李样本") -> Path:
        return publishing.approve(pending, name, KEYS[name], TRUSTED, TODAY)

    def release(self, phone: str = "0000-1", effective: date = TODAY) -> Path:
        return self.approve(self.publish(phone, effective=effective))

    def fetch(self, today: date = TODAY) -> Fetched:
        return fetch(Folder(self.place), TRUSTED, self.store, today)

    def phone(self) -> str:
        return load(in_use(self.store, self.delivered)).departments["civil-affairs"].phone


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> City:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    source = Path(shutil.copytree(DATA, tmp_path / "catalogue"))
    delivered = Path(shutil.copytree(DATA, tmp_path / "delivered"))
    return City(source, tmp_path / "place", Store(tmp_path / "state" / "catalogue"), delivered)


def change(file: Path, **fields: Any) -> None:
    """Let an enemy change parts of a bundle."""
    bundle = msgspec.json.decode(file.read_bytes(), type=Bundle)
    file.write_bytes(encoded(msgspec.structs.replace(bundle, **fields)))


def manifest_of(file: Path) -> Manifest:
    return decoded(file.read_bytes())[1]


def test_what_two_people_signed_is_in_use(city: City) -> None:
    assert city.phone() == "0000-1"
    city.release("0000-7")
    found = city.fetch()
    assert found.taken is not None
    assert found.refused == ()
    assert city.phone() == "0000-7"
    assert city.fetch() == Fetched(taken=None)


def test_a_bundle_says_what_changed_and_who_prepared_it(city: City) -> None:
    first = manifest_of(city.release())
    assert first.number == 1
    assert first.previous is None
    assert {change.kind for change in first.changes} >= {"items", "one-things", "tables", "elements"}
    second = manifest_of(city.release("0000-7", effective=TOMORROW))
    assert (second.number, second.previous, second.prepared_by) == (2, first.version, "张样本")
    assert (second.effective, second.note) == (TOMORROW, "电话改了")
    assert [(one.kind, one.added, one.changed, one.removed) for one in second.changes] == [
        ("departments", (), ("civil-affairs",), ())
    ]


def test_what_nobody_approved_is_not_published(city: City) -> None:
    pending = city.publish()
    assert pending.name.endswith(PENDING)
    assert not (city.place / INDEX).exists()
    with pytest.raises(Unreachable):
        city.fetch()
    # an enemy lists it all the same
    listed = publishing.Listed(file="000001-x" + SUFFIX, number=1, effective=TODAY)
    (city.place / listed.file).write_bytes(pending.read_bytes())
    (city.place / INDEX).write_bytes(msgspec.json.encode([listed]))
    assert "no second person" in city.fetch().refused[0][1]
    assert city.phone() == "0000-1"


def test_who_prepared_it_cannot_approve_it(city: City) -> None:
    pending = city.publish()
    with pytest.raises(SamePerson):
        city.approve(pending, "张样本")
    assert pending.exists()
    assert not (city.place / INDEX).exists()


def test_one_person_with_two_keys_or_two_names_is_one_person(city: City) -> None:
    pending = city.publish()
    second_key = publishing.public_part(STRANGER, "张样本")
    with pytest.raises(SamePerson):
        publishing.approve(pending, "张样本", STRANGER, {**TRUSTED, second_key.key_id: second_key}, TODAY)
    other_name = msgspec.structs.replace(publishing.public_part(KEYS["张样本"], "王样本"), key_id="another")
    with pytest.raises(SamePerson):
        publishing.approve(pending, "王样本", KEYS["张样本"], {**TRUSTED, "another": other_name}, TODAY)


def test_a_terminal_does_not_believe_one_person_either(city: City) -> None:
    pending = city.publish()
    bundle = decoded(pending.read_bytes())[0]
    second = publishing.public_part(STRANGER, "张样本")
    alone = signed(bundle, Role.APPROVED, "张样本", STRANGER, second.key_id, TODAY)
    with pytest.raises(SamePerson):
        proven(encoded(alone), {**TRUSTED, second.key_id: second}, TODAY)


def test_approving_twice_is_refused(city: City) -> None:
    done = city.release()
    with pytest.raises(Unproven, match="already"):
        city.approve(done)
    bundle = decoded(done.read_bytes())[0]
    change(done, signatures=(*bundle.signatures, bundle.signatures[1]))
    assert "approved twice" in city.fetch().refused[0][1]


def test_two_prepared_at_once_get_one_number(city: City) -> None:
    one, other = city.publish("0000-7"), city.publish("0000-8")
    city.approve(one)
    with pytest.raises(BundleError, match="published already"):
        city.approve(other)


def test_the_name_must_be_the_one_of_the_key(city: City) -> None:
    pending = city.publish()
    with pytest.raises(Unproven, match="trusted"):
        publishing.approve(pending, "李样本", STRANGER, TRUSTED, TODAY)
    with pytest.raises(Unproven, match="trusted"):
        publishing.approve(pending, "王样本", KEYS["李样本"], TRUSTED, TODAY)


def test_a_catalogue_with_mistakes_is_not_published(city: City) -> None:
    (city.source / "departments.yaml").write_text("health: 1\n")
    with pytest.raises(CatalogueError):
        publishing.publish(city.source, city.place, "张样本", KEYS["张样本"], effective=TODAY, today=TODAY)
    assert not city.place.exists()


def swapped(bundle: Bundle) -> dict[str, Any]:
    return {"files": {**bundle.files, "departments.yaml": bundle.files["departments.yaml"].replace("0000-7", "6666")}}


def forged(bundle: Bundle) -> dict[str, Any]:
    """Sign with an own key under a trusted key's id."""
    trusted = publishing.public_part(KEYS["李样本"], "李样本")
    own = signed(
        msgspec.structs.replace(bundle, signatures=()), Role.APPROVED, "李样本", STRANGER, trusted.key_id, TODAY
    )
    return {"signatures": (bundle.signatures[0], own.signatures[0])}


def with_strange_key(bundle: Bundle) -> dict[str, Any]:
    own = publishing.public_part(STRANGER, "李样本")
    other = signed(msgspec.structs.replace(bundle, signatures=()), Role.APPROVED, "李样本", STRANGER, own.key_id, TODAY)
    return {"signatures": (bundle.signatures[0], other.signatures[0])}


def as_another(bundle: Bundle) -> dict[str, Any]:
    bare = msgspec.structs.replace(bundle, signatures=())
    kid = publishing.public_part(KEYS["李样本"], "李样本").key_id
    other = signed(bare, Role.APPROVED, "王样本", KEYS["李样本"], kid, TODAY)
    return {"signatures": (bundle.signatures[0], other.signatures[0])}


def signed_tomorrow(bundle: Bundle) -> dict[str, Any]:
    bare = msgspec.structs.replace(bundle, signatures=())
    kid = publishing.public_part(KEYS["李样本"], "李样本").key_id
    other = signed(bare, Role.APPROVED, "李样本", KEYS["李样本"], kid, TOMORROW)
    return {"signatures": (bundle.signatures[0], other.signatures[0])}


def with_a_licence(bundle: Bundle) -> dict[str, Any]:
    """Take a genuine document of the same key for a signature."""
    kid = publishing.public_part(KEYS["李样本"], "李样本").key_id
    said = Licence(number="1", type="food-permit", title="许可证", issued_on=TODAY, fields=(("role", "approved"),))
    return {"signatures": (bundle.signatures[0], seal(said, KEYS["李样本"], kid))}


def later_by_hand(bundle: Bundle) -> dict[str, Any]:
    return {"manifest": bundle.manifest.replace('"number":2', '"number":9')}


def by_someone_else(bundle: Bundle) -> dict[str, Any]:
    return {"manifest": bundle.manifest.replace("张样本", "李样本")}


def outside(bundle: Bundle) -> dict[str, Any]:
    return {"files": {**bundle.files, "../../escape.yaml": "x: 1\n"}}


ATTACKS = [
    (swapped, "not those of its manifest"),
    (forged, "not proven"),
    (with_strange_key, "not proven"),
    (as_another, "signed as"),
    (signed_tomorrow, "still to come"),
    (with_a_licence, "something else"),
    (later_by_hand, "something else"),
    (by_someone_else, "something else"),
    (outside, "no catalogue has"),
    (lambda bundle: {"signatures": ()}, "nobody says who prepared it"),
    (lambda bundle: {"signatures": bundle.signatures[1:]}, "nobody says who prepared it"),
    (lambda bundle: {"signatures": bundle.signatures[:1]}, "no second person"),
    (lambda bundle: {"files": {}}, "not those of its manifest"),
    (lambda bundle: {"manifest": "{}"}, "no bundle"),
]


@pytest.mark.parametrize(("attack", "says"), ATTACKS)
def test_what_is_not_proven_is_not_taken(city: City, attack: Any, says: str) -> None:
    city.release()
    city.fetch()
    file = city.release("0000-7")
    change(file, **attack(decoded(file.read_bytes())[0]))
    found = city.fetch()
    assert found.taken is None
    assert says in found.refused[0][1]
    assert city.phone() == "0000-1"
    assert not list(city.store.folder.parent.parent.rglob("escape.yaml"))


def test_what_is_cut_off_is_not_taken_and_the_one_before_is(city: City) -> None:
    city.release("0000-5")
    file = city.release("0000-7")
    file.write_bytes(file.read_bytes()[:-100])
    found = city.fetch()
    assert found.taken is not None
    assert found.taken.number == 1
    assert "part of one" in found.refused[0][1]
    assert city.phone() == "0000-5"


def test_what_is_not_in_force_yet_waits(city: City) -> None:
    city.release("0000-5")
    city.release("0000-7", effective=TOMORROW)
    assert "takes effect" in city.fetch().refused[0][1]
    assert city.phone() == "0000-5"
    assert city.fetch(TOMORROW).taken is not None
    assert city.phone() == "0000-7"


def test_an_index_cannot_bring_the_day_forward(city: City) -> None:
    city.release("0000-7", effective=TOMORROW)
    index = city.place / INDEX
    index.write_text(index.read_text().replace(str(TOMORROW), str(TODAY)))
    assert "takes effect" in city.fetch().refused[0][1]


def test_an_older_one_is_not_taken(city: City) -> None:
    old = city.release("0000-5")
    city.release("0000-7")
    city.fetch()
    # an enemy gives the old one the newest number in the index
    listed = publishing.Listed(file=old.name, number=99, effective=TODAY)
    (city.place / INDEX).write_bytes(msgspec.json.encode([listed]))
    assert "not newer" in city.fetch().refused[0][1]
    assert city.phone() == "0000-7"


def test_a_catalogue_this_program_finds_mistakes_in_is_not_taken(city: City) -> None:
    files = {name: path.read_text() for name, path in files_of(DATA).items()} | {"departments.yaml": "health: 1\n"}
    digest = digest_of_files(files)
    manifest = Manifest(number=1, version=digest[:12], digest=digest, effective=TODAY, prepared_by="张样本")
    bundle = Bundle(manifest=msgspec.json.encode(manifest).decode(), files=files)
    for role, (name, key) in zip(Role, KEYS.items(), strict=True):
        bundle = signed(bundle, role, name, key, publishing.public_part(key, name).key_id, TODAY)
    listed = publishing.Listed(file="1" + SUFFIX, number=1, effective=TODAY)
    city.place.mkdir()
    (city.place / listed.file).write_bytes(encoded(bundle))
    (city.place / INDEX).write_bytes(msgspec.json.encode([listed]))
    assert "mistakes" in city.fetch().refused[0][1]
    assert city.phone() == "0000-1"
    assert city.store.installed() == ()


STEPS = ["making", "keep", "use", "tidy"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_between_steps_something_whole_is_in_use(
    city: City, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    city.release("0000-5")
    city.fetch()
    city.release("0000-7")
    real = getattr(Store, step)

    def killed(*args: Any) -> None:
        if when == "after":
            real(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Store, step, killed)
        with pytest.raises(KeyboardInterrupt):
            city.fetch()
    assert city.phone() in {"0000-5", "0000-7"}
    city.fetch()
    assert city.phone() == "0000-7"
    assert not list(city.store.folder.glob("**/*.new"))


def test_without_room_the_one_before_stays(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    city.release("0000-5")
    city.fetch()
    city.release("0000-7")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(fetching, "write_files", full)
        with pytest.raises(OSError, match="No space"):
            city.fetch()
    assert city.phone() == "0000-5"
    city.fetch()
    assert city.phone() == "0000-7"


def spoil(file: Path) -> None:
    file.write_text(file.read_text().replace("0000-7", "0000-6"))


@pytest.mark.parametrize("damage", [spoil, Path.unlink, lambda file: file.write_bytes(b"\0")], ids=["a", "b", "c"])
def test_what_was_damaged_on_the_disk_is_not_used_and_fetched_again(city: City, damage: Any) -> None:
    city.release("0000-5")
    city.fetch()
    city.release("0000-7")
    city.fetch()
    current = city.store.current()
    assert current is not None
    damage(current.folder / "departments.yaml")
    assert city.phone() == "0000-5"
    assert city.fetch().taken is not None
    assert city.phone() == "0000-7"


def test_when_all_fetched_ones_are_damaged_the_delivered_one_serves(city: City) -> None:
    city.release("0000-7")
    city.fetch()
    for file in city.store.folder.rglob("*.yaml"):
        file.write_bytes(b"")
    assert in_use(city.store, city.delivered) == city.delivered


def test_one_can_go_back_and_is_not_pulled_forward_again(city: City) -> None:
    city.release("0000-5")
    city.fetch()
    city.release("0000-7")
    city.fetch()
    assert roll_back(city.store).number == 1
    assert city.phone() == "0000-5"
    assert city.fetch() == Fetched(taken=None)
    assert city.phone() == "0000-5"
    with pytest.raises(NothingBefore):
        roll_back(city.store)
    city.release("0000-8")
    city.fetch()
    assert city.phone() == "0000-8"


def test_there_is_nothing_to_go_back_to_at_first(city: City) -> None:
    with pytest.raises(NothingBefore):
        roll_back(city.store)


def test_only_the_last_few_are_kept(city: City) -> None:
    for number in range(1, KEPT + 3):
        city.release(f"0000-{number}")
        city.fetch()
    assert [each.number for each in city.store.installed()] == [5, 4, 3]


def test_a_place_that_cannot_be_read_changes_nothing(city: City) -> None:
    city.release("0000-7")
    city.fetch()
    shutil.rmtree(city.place)
    with pytest.raises(Unreachable):
        city.fetch()
    assert city.phone() == "0000-7"


@pytest.mark.parametrize(
    "index",
    [b"", b"[", b"[{}]", b'[{"file": "../x.bundle.json", "number": 1, "effective": "2026-01-01"}]', b"\xff" * 9],
)
def test_a_damaged_index_changes_nothing(city: City, index: bytes) -> None:
    city.release("0000-7")
    (city.place / INDEX).write_bytes(index)
    with pytest.raises(BundleError):
        city.fetch()


@pytest.fixture
def served(city: City) -> Iterator[str]:
    city.place.mkdir(parents=True, exist_ok=True)
    handler = functools.partial(Quiet, directory=str(city.place))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        pass


def test_over_http(city: City, served: str) -> None:
    city.release("0000-7")
    with place_of(served + "/") as place:
        assert fetch(place, TRUSTED, city.store, TODAY).taken is not None
        assert fetch(place, TRUSTED, city.store, TODAY).taken is None
    assert city.phone() == "0000-7"


@pytest.mark.parametrize("status", [404, 500, 200])
def test_a_server_that_says_something_else(city: City, status: int) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, text="<html>Welcome</html>"))
    with httpx.Client(transport=transport) as client, pytest.raises(BundleError):
        fetch(Web("http://city.example", client), TRUSTED, city.store, TODAY)


def test_a_server_that_never_ends(city: City) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b" " * 65536

    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=endless()))
    with httpx.Client(transport=transport) as client, pytest.raises(Unreachable, match="longer"):
        fetch(Web("http://city.example", client), TRUSTED, city.store, TODAY)


def test_a_server_that_is_not_there(city: City) -> None:
    with place_of("http://127.0.0.1:9") as place, pytest.raises(Unreachable):
        fetch(place, TRUSTED, city.store, TODAY)


def test_a_file_that_is_too_long(tmp_path: Path) -> None:
    (tmp_path / INDEX).write_bytes(b"12345")
    with pytest.raises(Unreachable, match="longer"):
        Folder(tmp_path).read(INDEX, 4)


def test_a_bundle_and_a_folder_have_one_digest() -> None:
    files = files_of(DATA)
    assert digest_of_files({name: path.read_bytes().decode() for name, path in files.items()}) == digest_of(files)


def _whole() -> bytes:
    files = {name: path.read_bytes().decode() for name, path in files_of(DATA).items()}
    digest = digest_of_files(files)
    manifest = Manifest(number=1, version=digest[:12], digest=digest, effective=TODAY, prepared_by="张样本")
    bundle = Bundle(manifest=msgspec.json.encode(manifest).decode(), files=files)
    for role, (name, key) in zip(Role, KEYS.items(), strict=True):
        bundle = signed(bundle, role, name, key, publishing.public_part(key, name).key_id, TODAY)
    return encoded(bundle)


WHOLE = _whole()


def test_the_whole_one_is_proven() -> None:
    assert proven(WHOLE, TRUSTED, TODAY).manifest.number == 1


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_no_changed_byte_is_proven(place: int, other: int) -> None:
    damaged = bytearray(WHOLE)
    damaged[place] ^= other
    try:
        found = proven(bytes(damaged), TRUSTED, TODAY)
    except BundleError:
        return
    # the same text may be written otherwise, as an escape or in another case of hexadecimal digits
    whole = proven(WHOLE, TRUSTED, TODAY)
    assert (found.manifest, found.files) == (whole.manifest, whole.files)


@given(st.binary(max_size=400))
def test_other_bytes_are_no_bundle(content: bytes) -> None:
    with pytest.raises(Unreadable):
        decoded(content)


@given(st.binary(max_size=400))
def test_other_bytes_are_no_index(content: bytes) -> None:
    try:
        publishing.parse_index(content)
    except BundleError:
        return
    assert msgspec.json.decode(content, type=list[publishing.Listed]) is not None


@pytest.mark.parametrize(
    "content",
    [
        b'{"manifest": "\\ud800", "files": {}}',
        b'{"manifest": "' + b"[" * 5000 + b'", "files": {}}',
        b"[" * 100_000,
    ],
)
def test_text_that_is_none(content: bytes) -> None:
    with pytest.raises(Unreadable):
        decoded(content)


# ---- the commands, as people type them


def kiosk(*words: str | Path) -> int:
    return command_line.main(["catalogue", *map(str, words)])


def test_the_commands(city: City, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    keys: list[IssuerKey] = []
    for name in ("张样本", "李样本"):
        assert kiosk("key", tmp_path / f"{name}.key", "--as", name) == 0
        keys += msgspec.json.decode(capsys.readouterr().out, type=list[IssuerKey])
    trusted = tmp_path / "trusted.json"
    trusted.write_bytes(msgspec.json.encode(keys))
    one, other = tmp_path / "张样本.key", tmp_path / "李样本.key"
    assert one.stat().st_mode & 0o777 == 0o600
    assert kiosk("publish", city.source, "--to", city.place, "--as", "张样本", "--key", one) == 0
    (pending,) = city.place.glob(f"*{PENDING}")
    assert "kiosk catalogue approve" in capsys.readouterr().out
    assert kiosk("approve", pending, "--as", "张样本", "--key", one, "--trusted", trusted) == 1
    assert "second person" in capsys.readouterr().err
    assert kiosk("approve", pending, "--as", "李样本", "--key", other, "--trusted", trusted) == 0
    assert kiosk("fetch", "--from", city.place, "--trusted", trusted) == 0
    assert "taken: 000001-" in capsys.readouterr().out
    assert kiosk("fetch", "--from", city.place, "--trusted", trusted) == 0
    assert "nothing newer" in capsys.readouterr().out
    assert kiosk("rollback") == 1
    assert "no catalogue was fetched before" in capsys.readouterr().err


def test_commands_say_what_is_missing(city: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "k"
    key.write_bytes(b"short")
    assert kiosk("publish", city.source, "--to", city.place, "--as", "张样本", "--key", key) == 1
    assert "kiosk catalogue key" in capsys.readouterr().err
    assert kiosk("publish", city.source, "--to", city.place, "--as", "张样本", "--key", tmp_path / "none") == 1
    assert "No such file" in capsys.readouterr().err
    assert kiosk("fetch") == 2
    assert "--from" in capsys.readouterr().err
    assert kiosk("fetch", "--from", city.place) == 2
    assert "--trusted" in capsys.readouterr().err
    assert kiosk("fetch", "--from", city.place, "--trusted", key) == 2
    assert "trusted keys" in capsys.readouterr().err
    assert kiosk("key", key, "--as", "张样本") == 1
    assert key.read_bytes() == b"short"


def test_a_process_really_killed_leaves_something_whole(city: City, tmp_path: Path) -> None:
    city.release("0000-5")
    city.fetch()
    city.release("0000-7")
    keys = base64.b64encode(msgspec.json.encode(list(TRUSTED.values()))).decode()
    code = f"""
import base64, os, signal, sys
from datetime import date
from pathlib import Path
from kiosk.catalogue import fetching
from kiosk.catalogue.installed import Store
from kiosk.licences import parse_issuers
Store.{{step}} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
fetching.fetch(fetching.Folder(Path({str(city.place)!r})), parse_issuers(base64.b64decode({keys!r})),
    Store(Path({str(city.store.folder)!r})), date(2026, 3, 31))
"""
    for step in ("keep", "use"):
        done = subprocess.run([sys.executable, "-c", code.format(step=step)], check=False, env=os.environ)
        assert done.returncode == -9
        assert city.phone() == "0000-5"
    assert city.fetch().taken is not None
    assert city.phone() == "0000-7"
