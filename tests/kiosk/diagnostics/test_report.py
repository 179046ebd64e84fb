from __future__ import annotations

import asyncio
import base64
import contextlib
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zxingcpp
from benches import BEGIN, Held, bench, no_news, result, status
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from qrcode import QRCode, constants

from drivers.printer.api import Qr, TextLine
from drivers.status import Identity as Identified
from drivers.status import State
from kiosk.commands import diagnosed
from kiosk.diagnostics import filing, paper, words
from kiosk.diagnostics import inspection as inspection_of
from kiosk.diagnostics.audit import Audit
from kiosk.diagnostics.chain import ChainError
from kiosk.diagnostics.inspection import Inspection
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.model import Counters, DeviceStatus, Mishap, Readiness, Reason, Report, Verdict
from kiosk.diagnostics.report import NotVerified, Said, Signed, Statement, canonical, sign, verify
from kiosk.submission import Identity
from kiosk.words import Language

REPORT = Report(
    terminal="T-0117",
    place="示例市政务服务中心",
    made=BEGIN,
    operator="0042",
    verdict=Readiness.LIMITED,
    reasons=(
        Reason(code="printer.lost", about="printer", decisive=False),
        Reason(code="test.failed", about="touch.drag", decisive=False),
    ),
    devices=(status("idreader", serial="05.01"), status("printer", State.ABSENT, "device.absent")),
    results=(result("touch.drag", Verdict.FAIL, measures=(measured("touch.crooked", 9.5),)),),
    versions={"kiosk": "0.1.0"},
)
STATEMENT = Statement(report=REPORT, history="0" * 64, audit="1" * 64)


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return Identity(tmp_path_factory.mktemp("terminal"), "T-0117")


@pytest.fixture(scope="module")
def signed(identity: Identity) -> Signed:
    return sign(STATEMENT, identity)


def test_a_report_verifies_as_json_as_one_line_and_as_the_text_of_its_code(signed: Signed) -> None:
    for checked in (verify(msgspec.json.encode(signed)), verify(signed.jws.encode(), signed.key)):
        assert isinstance(checked, Signed)
        assert (checked.verdict, checked.statement) == (Readiness.LIMITED, STATEMENT)
    said = verify(signed.code.encode() + b"\n", signed.key)
    assert isinstance(said, Said)
    assert (said.terminal, said.verdict, said.made) == ("T-0117", Readiness.LIMITED, BEGIN)


def test_an_independent_library_verifies_the_signature_too(signed: Signed) -> None:
    from joserfc import jws
    from joserfc.jwk import OKPKey

    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": signed.key})
    checked = jws.deserialize_compact(signed.jws, key, algorithms=["Ed25519"])
    assert checked.payload == canonical(STATEMENT)
    assert checked.headers()["kid"] == key.thumbprint()


def test_what_can_be_read_must_be_what_was_signed(signed: Signed) -> None:
    better = msgspec.structs.replace(STATEMENT, report=msgspec.structs.replace(REPORT, verdict=Readiness.READY))
    for forged in (
        msgspec.structs.replace(signed, statement=better),
        msgspec.structs.replace(signed, verdict=Readiness.READY),
    ):
        with pytest.raises(NotVerified, match="not what was signed"):
            verify(msgspec.json.encode(forged))


def test_another_terminals_key_does_not_verify_it(signed: Signed, tmp_path: Path) -> None:
    other = Identity(tmp_path, "T-0118").public_key()
    for content in (msgspec.json.encode(signed), signed.jws.encode(), signed.code.encode()):
        with pytest.raises(NotVerified, match="signature"):
            verify(content, other)


def test_a_text_that_does_not_say_whose_it_is_needs_the_key(signed: Signed) -> None:
    for content in (signed.jws.encode(), signed.code.encode()):
        with pytest.raises(NotVerified, match="public key"):
            verify(content)


@given(st.data())
def test_no_letter_of_it_can_be_changed(signed: Signed, data: st.DataObject) -> None:
    for text in (signed.jws, signed.code):
        at = data.draw(st.integers(0, len(text) - 1))
        letter = data.draw(st.sampled_from("AQgwz09-_.\n"))
        changed = text[:at] + letter + text[at + 1 :]
        try:
            verify(changed.encode(), signed.key)
        except NotVerified:
            continue
        # the last letter of base64url has bits that carry nothing; else it must be the same text
        assert changed == text or at in {len(text) - 1, text.rfind(".") - 1, text.find(".") - 1}


def test_a_signed_assertion_is_no_report(identity: Identity) -> None:
    with pytest.raises(NotVerified, match="another way"):
        verify(identity.assertion().encode(), identity.public_key())


@given(st.binary(max_size=300), st.sampled_from((b"", b"{", b"KIOSK-READINESS/1\n", b"eyJ", b"a.b.c", b"[" * 300)))
def test_anything_else_is_said_to_be_none(content: bytes, before: bytes) -> None:
    for key in (None, "x", "A" * 43):
        with pytest.raises(NotVerified):
            verify(before + content, key)


def test_what_is_too_long_is_not_looked_at() -> None:
    with pytest.raises(NotVerified, match="too long"):
        verify(b"{" * 4_000_001)


# --- on paper


def test_a_telephone_reads_the_code(signed: Signed) -> None:
    code = QRCode(error_correction=constants.ERROR_CORRECT_M, border=4, box_size=4)
    code.add_data(signed.code)
    picture: Image.Image = code.make_image().get_image().convert("L")
    assert code.version <= 12
    assert zxingcpp.read_barcodes(picture)[0].text == signed.code
    assert b"<path" in paper.code_svg(signed.code).encode()


@pytest.mark.parametrize("language", [Language.ZH_HANS, Language.EN])
def test_the_slip_says_the_verdict_why_and_what_to_do(signed: Signed, language: Language) -> None:
    slip = paper.slip(signed, words.load(language))
    text = "\n".join(block.text for block in slip.blocks if isinstance(block, TextLine))
    assert ("部分可用" if language is Language.ZH_HANS else "LIMITED") in text
    assert ("二维码" if language is Language.ZH_HANS else "QR code") in text
    assert [block.payload for block in slip.blocks if isinstance(block, Qr)] == [signed.code]


def test_the_page_is_a_pdf_made_in_less_than_two_seconds(signed: Signed) -> None:
    start = time.process_time()  # its own: what else the machine does says nothing of the page
    made = paper.page(signed, words.load(Language.ZH_HANS))
    assert time.process_time() - start < 2
    assert made.startswith(b"%PDF")
    assert made != paper.page(signed, words.load(Language.EN))


# --- an inspection


async def test_an_inspection_keeps_what_it_did_and_reports_without_a_backend(
    tmp_path: Path, identity: Identity
) -> None:
    devices = {kind: Held(kind, None, serial=f"serial of {kind}") for kind in ("idreader", "printer")}
    inspection = Inspection(bench(tmp_path, devices, backend_url="http://127.0.0.1:9"), identity, operator="0042")
    found = await inspection.run("system.load", no_news)
    skipped = await inspection.run("touch.ghosts", no_news)
    assert (found.verdict is not Verdict.SKIPPED, skipped.verdict) == (True, Verdict.SKIPPED)
    async with asyncio.timeout(20):
        signed = await inspection.report()
    report = signed.statement.report
    assert (report.terminal, report.operator, signed.verdict) == ("T-0117", "0042", Readiness.LIMITED)
    assert [reason.code for reason in report.reasons] == ["backend.away"]
    assert [each.test for each in report.results] == ["system.load"]
    assert [entry.operator for entry in await inspection.entries()] == ["0042"]
    actions = [(action.what, action.about) for action in Audit(tmp_path).actions()]
    assert actions[:4] == [(what, test) for test in ("system.load", "touch.ghosts") for what in ("test.begun", "test")]
    assert actions[-1][0] == "report"
    drifted = await inspection.drift("system.load", "system.memory")
    assert len(drifted.points) == 1


async def test_a_backend_whose_answer_drips_in_holds_up_no_report(
    tmp_path: Path, identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection_of, "_BACKEND_S", 0.2)

    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            writer.write(b"HTTP/1.1 200 OK\r\n")
            while not writer.is_closing():
                writer.write(b"X-Slow: 1\r\n")
                await writer.drain()
                await asyncio.sleep(0.02)  # the pace of the pretence
        writer.transport.abort()
        gone.set()

    gone = asyncio.Event()
    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    where = bench(tmp_path, {"idreader": Held("idreader", None)}, backend_url=f"http://127.0.0.1:{port}")
    async with asyncio.timeout(20):
        report = await Inspection(where, identity, operator="console").look()
        await gone.wait()
    assert [reason.code for reason in report.reasons] == ["backend.away"]
    server.close()
    await server.wait_closed()


def test_reports_of_the_same_second_are_both_kept_for_this_user_alone(tmp_path: Path, signed: Signed) -> None:
    first = filing.keep(tmp_path, signed)
    kept = [(tmp_path / name).read_bytes() for name in first]
    second = filing.keep(tmp_path, signed)
    assert not set(first) & set(second)
    assert [(tmp_path / name).read_bytes() for name in first] == kept
    assert {(tmp_path / name).stat().st_mode & 0o077 for name in (*first, *second)} == {0}


async def test_a_device_that_was_never_paired_is_and_another_in_its_place_is_said(
    tmp_path: Path, identity: Identity
) -> None:
    reader = Held("idreader", None, serial="first")
    inspection = Inspection(bench(tmp_path, {"idreader": reader}), identity, operator="terminal")
    assert (await inspection.report()).verdict is Readiness.READY
    reader.serial = "second"
    stranger = await inspection.report()
    assert [(reason.code, reason.about) for reason in stranger.statement.report.reasons] == [
        ("device.unpaired", "idreader")
    ]
    assert await inspection.pair("idreader") == "second"
    assert (await inspection.report()).verdict is Readiness.READY


def test_the_console_tells_of_each_device_what_the_pages_tell(
    identity: Identity, capsys: pytest.CaptureFixture[str]
) -> None:
    device = DeviceStatus(
        kind="printer",
        state=State.READY,
        since=BEGIN,
        identity=Identified(model="Sample 80", serial="S-17", firmware="2.04", connection="ESC/POS, 192.0.2.7:9100"),
        counters=Counters(opened=3, lost=2, done=128, failed=1),
        mishaps=(Mishap(at=BEGIN, code="device.silent", detail="no answer within 1 s"),),
    )
    told = msgspec.structs.replace(REPORT, devices=(device,))
    signed = sign(Statement(report=told, history="0" * 64, audit="1" * 64), identity)
    diagnosed.show_report(signed, words.load(Language.EN), as_json=False)
    said = capsys.readouterr().out
    for part in ("Sample 80 S-17 2.04", "3/2/128/1", "192.0.2.7:9100", "2026-05-20 08:00:00", "no answer within 1 s"):
        assert part in said, part


async def test_records_that_cannot_be_read_for_a_while_pair_no_stranger(
    tmp_path: Path, identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Held("idreader", None, serial="first")
    inspection = Inspection(bench(tmp_path, {"idreader": reader}), identity, operator="terminal")
    await inspection.report()
    reader.serial = "second"

    def locked(_: Audit, what: str) -> None:
        raise ChainError(f"database is locked: {what}")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Audit, "last", locked)
        assert [reason.code for reason in (await inspection.look()).reasons] == ["records.changed"]
    assert [reason.code for reason in (await inspection.look()).reasons] == ["device.unpaired"]


async def test_records_that_were_changed_are_in_the_report(tmp_path: Path, identity: Identity) -> None:
    from test_records import forge

    from kiosk.diagnostics.history import FILE

    inspection = Inspection(bench(tmp_path, {"idreader": Held("idreader", None)}), identity, operator="console")
    await inspection.run("system.load", no_news)
    before = (await inspection.report()).statement
    assert before.report.verdict is Readiness.READY
    forge(tmp_path / FILE, "results", "UPDATE results SET content = replace(content, 'console', '0042')")
    after = await inspection.report()
    assert [reason.code for reason in after.statement.report.reasons] == ["records.changed"]


async def test_a_disk_that_takes_no_records_keeps_nobody_from_testing(
    tmp_path: Path, identity: Identity, caplog: Any
) -> None:
    (tmp_path / "diagnostics").write_text("a file where a folder should be")
    inspection = Inspection(bench(tmp_path, {"idreader": Held("idreader", None)}), identity, operator="console")
    assert (await inspection.run("system.load", no_news)).verdict is not Verdict.SKIPPED
    assert "records.changed" in [reason.code for reason in (await inspection.report()).statement.report.reasons]
    caplog.clear()


def test_the_keys_text_is_plain_base64url(signed: Signed) -> None:
    assert len(base64.urlsafe_b64decode(signed.key + "=")) == 32
