"""Sealed files: drawn well, signed so that other programs say so, and broken by any change."""

from __future__ import annotations

import asyncio
import io
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec
import pytest
import zxingcpp
from PIL import Image
from pyhanko.keys.pemder import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from backend.city import START, Citizen, Clock, catalogue, problem_code, running, settings_for
from kiosk.backend.licences import Authority, Lines, PdfSealer, Sheet, Typesetter
from kiosk.contract import Application
from kiosk.words import Language, Text

CERTIFICATE = "insurance-certificate"
DEPARTMENT = "human-resources"
MOST_BYTES = 300_000
MOST_S = 2.0
"""The promise is 0.3 s; a machine of tests that does other things besides may be this slow."""


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with running(settings_for(tmp_path_factory.mktemp("seals"), Clock())) as client:
        yield client


@pytest.fixture(scope="module")
def sealer(tmp_path_factory: pytest.TempPathFactory) -> PdfSealer:
    names = {each.id: each.name.zh_hans for each in catalogue().departments.values()}
    return PdfSealer(Authority(tmp_path_factory.mktemp("keys"), "示例市"), Typesetter(is_sample=True), names)


@pytest.fixture(scope="module")
def pdf(http: httpx.Client) -> bytes:
    """The certificate of a citizen, as they get it."""
    wang = Citizen(http, "wang").verify()
    wang.fetch(CERTIFICATE)
    told = {"certificate.kinds": ["pension", "medical"], "certificate.months": "12"}
    taken = msgspec.json.decode(wang.submit(wang.request(CERTIFICATE, told)).content, type=Application)
    number = taken.cases[0].documents[0].number
    answer = http.get(f"/v1/licences/{number}/pdf", headers=wang.headers, params={"language": "en"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert number in answer.headers["content-disposition"]
    others = Citizen(http, "chen").verify()
    assert problem_code(http.get(f"/v1/licences/{number}/pdf", headers=others.headers)) == "not-found"
    assert problem_code(http.get(f"/v1/licences/{number}/ofd", headers=wang.headers)) == "not-found"
    wrong = http.get(f"/v1/licences/{number}/pdf", headers=wang.headers, params={"language": "tlh"})
    assert problem_code(wrong) == "request.malformed"
    return answer.content


def text(words: str) -> Text:
    return Text(zh_hans=words, zh_hant=words, en=words)


def sheet(**changes: object) -> Sheet:
    made = Sheet(
        issuer=DEPARTMENT,
        issuer_name=text("示例市人力资源和社会保障局"),
        title=text("样例证明"),
        number="S-1",
        fields=((text("姓名"), "王示例"),),
        issued_on=START.date(),
    )
    return msgspec.structs.replace(made, **changes)


def tool(name: str, *words: str, given: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a program of Debian on a PDF."""
    path = shutil.which(name)
    assert path, f"{name} is missing: install poppler-utils and qpdf (packaging/system-packages.txt)"
    file = folder / "sealed.pdf"
    file.write_bytes(given)
    done = [str(file) if word == "PDF" else word for word in words]
    return subprocess.run([path, *done], capture_output=True, check=False, cwd=folder)


def picture(content: bytes, folder: Path, dots_an_inch: int = 150) -> Image.Image:
    drawn = tool("pdftoppm", "-r", str(dots_an_inch), "-png", "PDF", "page", given=content, folder=folder)
    assert drawn.returncode == 0, drawn.stderr
    return Image.open(io.BytesIO(sorted(folder.glob("page-*.png"))[-1].read_bytes())).convert("RGB")


def is_red(drawn: Image.Image, x: int, y: int) -> bool:
    dot = drawn.getpixel((x, y))
    assert isinstance(dot, tuple)
    return dot[0] > 180 and dot[1] < 40


def is_proven(content: bytes, authority: bytes) -> bool:
    """Ask pyHanko's validator, with the city's authority as the only one it trusts."""
    (seal,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    trusted = list(load_certs_from_pemder_data(authority))
    context = ValidationContext(trust_roots=trusted, moment=datetime(2026, 12, 1, tzinfo=UTC), allow_fetching=False)
    status = asyncio.run(async_validate_pdf_signature(seal, context))
    return bool(status.bottom_line and status.trusted and status.intact and status.valid)


def test_the_seal_is_proven_by_the_citys_authority_and_no_other(http: httpx.Client, pdf: bytes, tmp_path: Path) -> None:
    authority = http.get("/v1/seals").content
    assert is_proven(pdf, authority)
    assert not is_proven(pdf, Authority(tmp_path, "示例市").certificate)
    (seal,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert seal.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert "虚构" in seal.signer_cert.subject.human_friendly


def test_other_programs_say_the_same(pdf: bytes, tmp_path: Path) -> None:
    said = tool("pdfsig", "PDF", given=pdf, folder=tmp_path).stdout.decode()
    assert "Signature is Valid" in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert "CN=示例市人力资源和社会保障局" in said
    assert tool("qpdf", "--check", "PDF", given=pdf, folder=tmp_path).returncode == 0
    fonts = tool("pdffonts", "PDF", given=pdf, folder=tmp_path).stdout.decode().splitlines()[2:]
    assert fonts
    assert all("NotoSerifCJK" in line and line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
    info = tool("pdfinfo", "PDF", given=pdf, folder=tmp_path).stdout.decode()
    assert "A4" in info
    assert "Pages:           1" in info


def test_any_change_breaks_the_seal(http: httpx.Client, pdf: bytes, tmp_path: Path) -> None:
    authority = http.get("/v1/seals").content
    (seal,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    first, length, second, _ = (int(each) for each in seal.byte_range)
    for place in (first + 900, length // 2, length - 3, second + 40):
        changed = bytearray(pdf)
        changed[place] ^= 1
        try:
            proven = is_proven(bytes(changed), authority)
        except Exception:  # noqa: BLE001 - a file that is broken so far that it cannot be read is refused, too
            proven = False
        assert not proven, place
    changed = bytearray(pdf)
    changed[length // 2] ^= 1
    assert "Signature is Valid" not in tool("pdfsig", "PDF", given=bytes(changed), folder=tmp_path).stdout.decode()


def test_what_is_appended_is_seen(http: httpx.Client, pdf: bytes, tmp_path: Path) -> None:
    appended = pdf + b"\n% something more\n"
    assert "Total document signed" not in tool(
        "pdfsig", "PDF", given=appended, folder=tmp_path
    ).stdout.decode().replace("Not total document signed", "")


def test_the_sheet_is_small_and_made_at_once(sealer: PdfSealer, pdf: bytes) -> None:
    assert len(pdf) < MOST_BYTES
    sealer.seal(sheet(), START)
    before = time.process_time()  # its own: what else the machine does says nothing of the seal
    sealer.seal(sheet(number="S-2"), START)
    assert time.process_time() - before < MOST_S


def test_the_code_on_paper_is_the_document(http: httpx.Client, pdf: bytes, tmp_path: Path) -> None:
    (found,) = zxingcpp.read_barcodes(picture(pdf, tmp_path, 300))
    wang = Citizen(http, "wang").verify()
    (issued,) = [each for each in http.get("/v1/licences", headers=wang.headers).json() if each["issuedHere"]]
    shown = http.get(f"/v1/licences/{issued['number']}", headers=wang.headers).json()
    assert found.text == shown["qr"]


def test_the_seal_is_red_and_round_where_the_issuer_stands(pdf: bytes, tmp_path: Path) -> None:
    drawn = picture(pdf, tmp_path, 72)
    red = [(x, y) for y in range(drawn.height) for x in range(drawn.width) if is_red(drawn, x, y)]
    assert len(red) > 600
    xs, ys = [x for x, _ in red], [y for _, y in red]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    assert abs(width - height) <= 2
    assert abs(width - 42 / 25.4 * 72) <= 4
    assert min(xs) > drawn.width / 2
    assert min(ys) > drawn.height / 2


def test_what_people_wrote_is_text_and_never_markup(sealer: PdfSealer, tmp_path: Path) -> None:
    nasty = '#panic("x") $ \\ ] } " \' <b> *bold* _x_ @x https://x \u202e 龘𠮷'
    made = sealer.seal(sheet(fields=((text("#v(9cm)"), nasty),), says=text(nasty)), START)
    words = tool("pdftotext", "-layout", "PDF", "-", given=made.content, folder=tmp_path).stdout.decode()
    assert '#panic("x") $ \\ ] } "' in words
    assert "#v(9cm)" in words
    assert "*bold* _x_ @x" in words


def test_a_long_sheet_goes_on_and_is_sealed_on_its_last_page(sealer: PdfSealer, tmp_path: Path) -> None:
    fields = tuple((text(f"字段{index}"), "很长的内容，" * 20) for index in range(40))
    made = sealer.seal(sheet(fields=fields, second=Language.EN), START)
    info = tool("pdfinfo", "PDF", given=made.content, folder=tmp_path).stdout.decode()
    assert "Pages:           1\n" not in info
    assert "Signature is Valid" in tool("pdfsig", "PDF", given=made.content, folder=tmp_path).stdout.decode()


def test_a_receipt_has_lines(sealer: PdfSealer, tmp_path: Path) -> None:
    head = (text("收费项目"), text("数量"), text("金额（元）"))
    lines = Lines(head=head, rows=(("证照工本费", "1", "10.00"), ("合计", "", "10.00")))
    made = sealer.seal(sheet(title=text("财政电子票据"), lines=lines, seal_use="财政票据专用章"), START)
    words = tool("pdftotext", "-layout", "PDF", "-", given=made.content, folder=tmp_path).stdout.decode()
    assert "证照工本费" in words
    assert "有效期至" not in words


def test_nobody_seals_for_a_stranger(sealer: PdfSealer) -> None:
    with pytest.raises(KeyError):
        sealer.seal(sheet(issuer="nobody"), START)
