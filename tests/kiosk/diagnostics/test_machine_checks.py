"""Network, disk and the machine itself, on made-up roots, a real loopback server and a real certificate."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from benches import BEGIN, bench, no_news
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from kiosk.diagnostics.checks import disk, network, system
from kiosk.diagnostics.model import TestResult, Verdict
from kiosk.diagnostics.running import run


def values(found: TestResult) -> dict[str, float]:
    return {measure.name: measure.value for measure in found.measures}


# --- network


@contextlib.asynccontextmanager
async def backend(
    *, date: datetime = BEGIN, fails: int = 0, context: ssl.SSLContext | None = None
) -> AsyncIterator[str]:
    """Answer /v1/health with a clock of its own; the first ``fails`` times with an error."""
    left = fails

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal left
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while await reader.readuntil(b"\r\n\r\n"):
                code = b"200 OK" if left <= 0 else b"503 Service Unavailable"
                left -= 1
                head = f"Date: {format_datetime(date, usegmt=True)}\r\nContent-Length: 2\r\n\r\n{{}}"
                writer.write(b"HTTP/1.1 " + code + b"\r\n" + head.encode())
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append(asyncio.create_task(serve(reader, writer)))

    serving: list[asyncio.Task[None]] = []
    server = await asyncio.start_server(serve_one, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    yield f"{'https' if context else 'http'}://localhost:{port}"
    server.close()
    await server.wait_closed()
    await asyncio.gather(*serving)


async def measured_over(url: str, tmp_path: Path) -> TestResult:
    return await run("network.backend", bench(tmp_path, backend_url=url), no_news)


async def test_a_backend_that_answers_is_measured(tmp_path: Path) -> None:
    async with backend() as url:
        found = await measured_over(url, tmp_path)
    assert (found.verdict, found.reason) == (Verdict.PASS, "")
    assert set(values(found)) == {f"network.{name}" for name in ("name", "median", "slowest", "failed", "clock")}


async def test_answers_that_fail_and_a_clock_that_is_wrong_are_found(tmp_path: Path) -> None:
    async with backend(date=BEGIN - timedelta(minutes=10), fails=2) as url:
        found = await measured_over(url, tmp_path)
    assert values(found)["network.failed"] == 10
    assert values(found)["network.clock"] == pytest.approx(599)
    assert found.verdict is Verdict.FAIL


async def test_no_backend_and_no_name_are_told_apart(tmp_path: Path) -> None:
    async with backend() as url:
        pass
    assert (await measured_over(url, tmp_path)).reason == "backend.unreachable"
    assert (await measured_over("http://no.such.name.invalid", tmp_path)).reason == "network.no-name"


def certified(folder: Path, until: datetime) -> tuple[ssl.SSLContext, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, file


async def test_the_days_of_a_certificate_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, file = certified(tmp_path, datetime.now(UTC) + timedelta(days=400))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    async with backend(context=context) as url:
        found = await measured_over(url, tmp_path)
    assert values(found)["network.certificate"] == pytest.approx(
        (datetime.now(UTC) + timedelta(days=400) - BEGIN).total_seconds() / 86400, abs=1
    )


async def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    context, _ = certified(tmp_path, datetime.now(UTC) + timedelta(days=400))
    async with backend(context=context) as url:
        assert (await measured_over(url, tmp_path)).reason == "network.certificate-refused"


@given(st.floats(-1e6, 1e6), st.floats(0, 10))
def test_an_offset_is_never_made_up_by_rounding_or_by_waiting(ahead_s: float, took_s: float) -> None:
    """This clock is ``ahead_s`` of theirs; they write the date half-way, cut to whole seconds."""
    theirs = BEGIN - timedelta(seconds=ahead_s) + timedelta(seconds=took_s / 2)
    found = network.offset_s(format_datetime(theirs.replace(microsecond=0), usegmt=True), BEGIN, took_s)
    assert found is not None
    assert found <= abs(ahead_s) + 1e-3
    assert found >= abs(ahead_s) - took_s - 2.001


@given(st.text(max_size=60))
def test_any_date_header_is_a_date_or_none(header: str) -> None:
    found = network.offset_s(header, BEGIN, 0.1)
    assert found is None or found >= 0


# --- disk


async def test_a_disk_is_measured(tmp_path: Path) -> None:
    found = await run("disk.state", bench(tmp_path, root=tmp_path), no_news)
    assert set(values(found)) >= {"disk.free", "disk.writable", "disk.write", "disk.sync"}
    assert next(tmp_path.iterdir(), None) is None  # noqa: ASYNC240 - a test may wait for a disk


async def test_a_folder_that_cannot_be_written_fails(tmp_path: Path) -> None:
    proc = Path("/proc")
    found = await run("disk.state", bench(proc, root=tmp_path), no_news)
    assert found.verdict is Verdict.FAIL
    assert values(found)["disk.writable"] == 0


@pytest.mark.parametrize(
    ("said", "well"),
    [
        (b'{"smart_status": {"passed": true}, "device": {}}', True),
        (b'{"smart_status": {"passed": false}}', False),
        (b"{}", None),
        (b"", None),
    ],
)
def test_what_smart_says_is_read(said: bytes, well: bool | None) -> None:
    assert disk.smart(said) is well


@given(st.binary(max_size=200))
def test_whatever_smart_says_is_read_or_nothing(said: bytes) -> None:
    assert disk.smart(said) in {True, False, None}


def test_the_disk_under_a_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "proc/self").mkdir(parents=True)
    mounts = tmp_path / "proc/self/mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n/dev/sdb1 /srv/state ext4 rw 0 0\nodd\n")
    assert disk.under(Path("/srv/state/kiosk"), tmp_path) == "/dev/sdb1"
    assert disk.under(Path("/srv"), tmp_path) == "/dev/sda1"
    assert disk.under(Path("/tmp"), tmp_path) is None
    assert disk.under(Path("/srv"), tmp_path / "none") is None


# --- the machine


async def test_the_hottest_sensor_counts_and_one_that_is_not_connected_does_not(tmp_path: Path) -> None:
    for name, text in (
        ("class/thermal/thermal_zone0/temp", "45000\n"),
        ("class/thermal/thermal_zone1/temp", "-273200\n"),
        ("class/hwmon/hwmon0/temp1_input", "81500\n"),
        ("class/hwmon/hwmon0/temp2_input", "none\n"),
    ):
        file = tmp_path / "sys" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    found = await run("system.temperature", bench(tmp_path, root=tmp_path), no_news)
    assert (found.verdict, values(found)) == (Verdict.WARN, {"system.temperature": 81.5})
    assert (
        await run("system.temperature", bench(tmp_path, root=tmp_path / "none"), no_news)
    ).reason == "temperature.none"


async def test_memory_and_load_are_read_from_proc(tmp_path: Path) -> None:
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc/meminfo").write_text("MemTotal: 1000 kB\nMemFree: 1 kB\nMemAvailable: 30 kB\n")
    (tmp_path / "proc/loadavg").write_text("0.5 0.0 0.2 1/100 1\n")
    found = await run("system.load", bench(tmp_path, root=tmp_path), no_news)
    assert (found.verdict, values(found)["system.memory"]) == (Verdict.FAIL, 3)
    for text in ("", "MemTotal: 0 kB\nMemAvailable: 0 kB\n", "MemTotal: x\nMemAvailable: y\n"):
        (tmp_path / "proc/meminfo").write_text(text)
        assert (await run("system.load", bench(tmp_path, root=tmp_path), no_news)).reason == "load.unknown"


async def test_the_clock_of_this_machine_is_asked(tmp_path: Path) -> None:
    found = await run("system.clock", bench(tmp_path), no_news)
    assert found.verdict is not Verdict.FAIL or values(found)
    assert (await run("system.clock", bench(tmp_path, root=tmp_path), no_news)).reason == "clock.unknown"


async def test_no_power_supply_is_no_fault(tmp_path: Path) -> None:
    found = await run("system.power", bench(tmp_path), no_news)
    assert (found.verdict, found.reason) == (Verdict.SKIPPED, "ups.none")


@given(st.text(max_size=200))
def test_any_meminfo_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(KeyError, ValueError, ZeroDivisionError, IndexError):
        assert system.memory(text) is not None
