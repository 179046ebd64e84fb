"""What stands on a slip, and that its codes read from the paper."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from drivers.printer.api import Pair, Qr, Slip, TextLine
from drivers.printer.raster import SlipRaster
from drivers.scanner.decode import decode
from kiosk.catalogue import MaterialUse, Outcome, load
from kiosk.contract import (
    Application,
    Case,
    CaseState,
    IssuedDocument,
    Payment,
    PaymentState,
    SuppliedMaterial,
    WireAnswers,
)
from kiosk.forms import Answers
from kiosk.receipts import CASE_CODE, Letterhead, Receipts
from kiosk.session.finding import GUIDE_CODE
from kiosk.session.having import Bill, Sheet
from kiosk.session.state import Delivery, DocumentSource, Holder, Session, Submission
from kiosk.words import Language, Text, load_texts

ASSETS = Path(__file__).parents[3] / "assets"
CATALOGUE = load(ASSETS / "catalogue")
NOW = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
KEY = "8c5a7b1e-0000-4000-8000-000000000001"
NUMBER = "000102199508092428"
SEALED = "eyJhbGciOiJFZERTQSJ9." + "Ab3-" * 110


ORDER = Payment(
    id="order",
    state=PaymentState.PAID,
    lines=(),
    amount_fen=2400,
    qr="",
    payee=Text(zh_hans="财政", zh_hant="財政", en="Treasury"),
    created_at=NOW,
    expires_at=NOW,
    paid_at=NOW,
)


def text(words: str) -> Text:
    return Text(zh_hans=words, zh_hant=words, en=words)


RECEIPTS = Receipts(
    letterhead=Letterhead(city=text("示例市"), hotline="12345", terminal="T-TEST", place=text("示例大厅")),
    words=load_texts(ASSETS / "i18n" / "receipt.yaml"),
    materials={one.id: one.name for one in CATALOGUE.materials.values()},
    departments=CATALOGUE.departments,
)
HOLDER = Holder(
    source=DocumentSource.ID_READER,
    kind="resident-id",
    number=NUMBER,
    name="赵测试",
    sex="2",
    birth_date=date(1995, 8, 9),
)
CERTIFICATE = IssuedDocument(
    number="0001-01",
    type="vaccination-record",
    title=text("预防接种证"),
    fields=((text("证件号码"), NUMBER),),
    issued_on=date(2026, 11, 23),
    valid_until=date(2027, 2, 23),
    issuer=text("示例市卫生健康委员会"),
    qr=SEALED,
)


def case(number: int, state: CaseState, **more: object) -> Case:
    made = {
        "number": f"OT-1-{number}",
        "item": "birth-registration",
        "item_name": text("出生登记"),
        "department": "public-security",
        "department_name": text("示例市公安局"),
        "state": state,
        "reason": text("理由写在这里"),
        "contact": "0000-8800-0004",
    }
    return Case(**{**made, **more})  # type: ignore[arg-type] # the fields of a case, checked when it is made


def submitted(*cases: Case, number: str = "OT-1", materials: tuple[SuppliedMaterial, ...] = ()) -> Submission:
    application = Application(
        number=number,
        matter="newborn",
        matter_name=text("新生儿出生一件事"),
        session="s",
        entry=0,
        received_at=NOW,
        catalogue_version="1",
        cases=cases,
        answers=WireAnswers(single={}),
        materials=materials,
    )
    return Submission(key=KEY, entry=0, delivery=Delivery.ANSWERED, application=application)


def slip(*submissions: Submission, service: str = "newborn", language: Language = Language.ZH_HANS) -> Slip:
    matter = CATALOGUE.matter(service, Answers(), NOW.date())
    session = Session(language=language, matter=matter, holder=HOLDER, submissions=submissions)
    return RECEIPTS.compose(session, now=NOW)


def words(made: Slip) -> str:
    lines = []
    for block in made.blocks:
        match block:
            case TextLine():
                lines.append(block.text)
            case Pair():
                lines.append(f"{block.label} {block.value}")
            case Qr():
                lines.append(block.caption)
    return "\n".join(lines)


def codes(made: Slip) -> list[str]:
    return [block.payload for block in made.blocks if isinstance(block, Qr)]


def test_the_head_masks_whose_receipt_it_is() -> None:
    made = words(slip(submitted(case(1, CaseState.ACCEPTED, due_on=date(2026, 11, 30)))))
    assert "赵测试" not in made
    assert NUMBER not in made
    assert "赵**" in made
    assert "2026年11月30日" in made
    assert "0000-8800-0004" in made
    assert codes(slip(submitted(case(1, CaseState.ACCEPTED)))) == [f"{CASE_CODE}OT-1"]


def test_a_certificate_is_printed_whole_with_issuer_seal_and_date() -> None:
    one = slip(submitted(case(1, CaseState.APPROVED, documents=(CERTIFICATE,))), service="insurance-certificate")
    made = words(one)
    assert "示例市卫生健康委员会（电子签章）" in made
    assert "签发日期 2026年11月23日" in made
    assert "有效期至 2027年2月23日" in made
    assert NUMBER in made, "an issued document is about somebody"
    assert codes(one) == [SEALED], "what can be verified needs no progress code"


def test_beside_others_a_document_keeps_its_seal_and_code_and_a_notice_its_number() -> None:
    notice = CERTIFICATE.__class__(
        number="0001-02", type="n", title=text("受理通知书"), fields=(), issued_on=NOW.date(), valid_until=None,
        issuer=text("示例市公安局"), qr="notice",
    )  # fmt: skip
    one = slip(
        submitted(
            case(1, CaseState.APPROVED, documents=(CERTIFICATE,)),
            case(2, CaseState.ACCEPTED, documents=(notice,)),
        )
    )
    assert NUMBER not in words(one)
    assert "受理通知书 0001-02" in words(one)
    assert codes(one) == [SEALED, f"{CASE_CODE}OT-1"]


def test_twins_stand_apart_and_a_visit_and_what_is_still_to_come_are_said() -> None:
    later = SuppliedMaterial(material="maternity-invoice", obtained="scan", deferred=True)
    first = submitted(case(1, CaseState.INSPECTION_BOOKED, appointment=NOW), number="OT-1", materials=(later,))
    second = submitted(case(1, CaseState.REFERRED), number="OT-2")
    made = words(slip(first, second))
    assert made.index("第 1 份申请") < made.index("OT-1") < made.index("第 2 份申请") < made.index("OT-2")
    assert "2026年11月23日 10:00" in made
    assert CATALOGUE.materials["maternity-invoice"].name.zh_hans in made


def test_what_is_delayed_has_a_reference_and_what_was_not_stored_says_so() -> None:
    delayed = Submission(key=KEY, entry=0, delivery=Delivery.DELAYED)
    assert "8c5a7b1e-0000" in words(slip(delayed))
    assert "没有提交成功" in words(slip(Submission(key=KEY, entry=0, delivery=Delivery.FAILED)))


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("language", list(Language))
def test_the_codes_read_from_the_paper_in_every_language_and_width(language: Language, width: int) -> None:
    one = slip(
        submitted(case(1, CaseState.APPROVED, documents=(CERTIFICATE,)), case(2, CaseState.ACCEPTED)),
        language=language,
    )
    paper = SlipRaster(width).render(one)
    assert paper.width == width
    assert {code.text for code in decode(paper)} == {SEALED, f"{CASE_CODE}OT-1"}


def test_every_word_of_the_receipt_is_there_in_every_language() -> None:
    for name, word in RECEIPTS.words.items():
        assert word.zh_hans, name
        assert word.zh_hant, name
        assert word.en, name
    assert {f"state.{state}" for state in CaseState} <= set(RECEIPTS.words)


@pytest.mark.parametrize("language", list(Language))
def test_a_guide_says_where_to_go_and_what_to_bring_and_names_nobody(language: Language) -> None:
    item = next(one for one in CATALOGUE.items.values() if one.outcome is Outcome.GUIDED)
    used = tuple(MaterialUse(material=name) for name in ("legal-representative-id", "premises-proof"))
    session = Session(language=language, holder=HOLDER)
    made = RECEIPTS.compose_guide(session, (msgspec.structs.replace(item, materials=used),), now=NOW)
    department = CATALOGUE.departments[item.department]
    said = words(made)
    assert department.office.in_(language) in said
    assert department.phone in said
    for name in ("legal-representative-id", "premises-proof"):
        assert CATALOGUE.materials[name].name.in_(language) in said
    assert HOLDER.name not in said
    assert NUMBER not in said
    (code,) = [block.payload for block in made.blocks if isinstance(block, Qr)]
    assert code == f"{GUIDE_CODE}{item.id}"


def test_a_booked_case_says_when_where_and_what_to_bring() -> None:
    booked = case(1, CaseState.BOOKED, appointment=NOW, office=text("样本路1号二楼"), bring=(text("户口簿"),))
    made = words(slip(submitted(booked)))
    assert "到窗口的时间" in made
    assert "样本路1号二楼" in made
    assert "□ 户口簿" in made


def test_what_was_paid_stands_on_the_slip_and_what_was_not_does_not() -> None:
    session = Session(holder=HOLDER, submissions=(submitted(case(1, CaseState.APPROVED)),))
    paid = RECEIPTS.compose(msgspec.structs.replace(session, bill=Bill(items=("x",), payment=ORDER)), now=NOW)
    assert "已付费用 24 元" in words(paid)
    open_order = msgspec.structs.replace(ORDER, state=PaymentState.CREATED)
    unpaid = RECEIPTS.compose(msgspec.structs.replace(session, bill=Bill(items=("x",), payment=open_order)), now=NOW)
    assert "已付费用" not in words(unpaid)


def test_a_document_on_the_screen_is_printed_whole_with_the_code_that_proves_it() -> None:
    made = RECEIPTS.compose_sheet(Session(sheet=Sheet(document=CERTIFICATE)), now=NOW)
    assert codes(made) == [SEALED]
    assert NUMBER in words(made), "masked on the screen, complete on paper"
    assert "预防接种证" in words(made)


@pytest.mark.parametrize("state", list(CaseState))
@pytest.mark.parametrize("language", list(Language))
def test_every_state_of_a_case_has_a_word_on_the_slip(state: CaseState, language: Language) -> None:
    assert words(slip(submitted(case(1, state)), language=language))
