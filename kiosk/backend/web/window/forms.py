"""What the form of each act asks, and the act that is made of what was written.

What the law asks to be in writing (reasons, basis, results) cannot be left out; the form says what will be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kiosk.backend.applications import sentences
from kiosk.backend.applications.acts import (
    Accept,
    Act,
    Approve,
    Ask,
    BeginStep,
    BookVisit,
    CheckHandedIn,
    CheckPromise,
    EndStep,
    Extend,
    HandOver,
    NotAccept,
    RecordVisit,
    Refuse,
    Revoke,
)
from kiosk.backend.applications.stepping import EXTENSION_MOST
from kiosk.backend.web.window.fields import Field, Given, Option
from kiosk.backend.web.window.reading import CaseView
from kiosk.catalogue import Catalogue
from kiosk.contract import ObligationKind

_REASONS = "请写明理由：查到了什么，和哪一条不符。申请人会原样看到。"
_BASIS = "请写明法律依据，具体到条款。"
_FEN = "_fen"


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """A case, and what of it the act is about."""

    view: CaseView
    catalogue: Catalogue
    today: date
    subject: str = ""
    """``kind:subject`` of an obligation."""

    @property
    def steps_left(self) -> dict[str, int]:
        """The special steps that may still be begun, with their limits in working days."""
        begun = {step.step for step in self.view.case.steps}
        return {step: days for step, days in self.view.folder.steps.items() if step not in begun}

    @property
    def kind(self) -> ObligationKind:
        """Kind of the obligation."""
        return ObligationKind(self.subject.partition(":")[0])

    @property
    def which(self) -> str:
        """The obligation among those of its kind."""
        return self.subject.partition(":")[2]


def _letter(about: About) -> Iterator[Field]:
    if about.view.letter and not about.view.mandate:
        yield Field(
            name="letter",
            label="授权委托书",
            kind="checks",
            options=(Option(value="seen", says="已对照原件核对：双方姓名和证件号码、事项、期限、签名"),),
        )


def _letter_seen(given: Given, about: About) -> None:
    if about.view.letter and not about.view.mandate:
        given.ticked("letter", "seen", "这件事是凭授权委托书代办的。请先核对原件，再办理。")


def _item_basis(about: About) -> str:
    return "" if about.view.item is None else "；".join(about.view.item.legal_basis)


def _basis_field(about: About) -> Field:
    return Field(name="basis", label="法律依据", hint="具体到条款，会印在文书上。", value=_item_basis(about))


def _open_output(about: About) -> dict[str, str]:
    """Return what stands on the licence that neither an answer nor the table says, by name with its label."""
    item = about.view.item
    kind = None if item is None else about.catalogue.licences.get(item.result.licence or "")
    if kind is None:
        return {}
    filled = {label.zh_hans for label, _ in about.view.folder.licence}
    return {name: label.zh_hans for name, label in kind.fields.items() if label.zh_hans not in filled}


def _output_fields(about: About) -> Iterator[Field]:
    for name, label in _open_output(about).items():
        unit = "，填元" if name.endswith(_FEN) else ""
        yield Field(
            name=f"output-{name}",
            label=f"证照上的“{label}”",
            kind="text",
            hint=f"申请人没有填过这一项{unit}。不用写的可以空着。",
            required=False,
            most=100,
        )


def _output(given: Given, about: About) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    for name in _open_output(about):
        text = given.words(f"output-{name}", most=100)
        if not text:
            continue
        if not name.endswith(_FEN):
            found[name] = text
            continue
        yuan, _, cents = text.partition(".")
        if (
            yuan.isascii()
            and yuan.isdecimal()
            and len(yuan) < 12
            and (not cents or (cents.isdecimal() and len(cents) < 3))
        ):
            found[name] = int(yuan) * 100 + int(cents.ljust(2, "0") or "0")
        else:
            given.errors[f"output-{name}"] = "请填金额，例如 1200.50。"
    return found


def approve_fields(about: About) -> tuple[Field, ...]:
    """What the form of 准予 asks."""
    return (
        *_letter(about),
        *_output_fields(about),
        Field(name="reason", label="说明", hint="空着就写“经审核，符合法定条件，准予办理”。", required=False),
    )


def approve(given: Given, about: About) -> Act:
    """Make 准予 of what was written."""
    _letter_seen(given, about)
    return Approve(reason=given.words("reason"), output=_output(given, about))


def refuse_fields(about: About) -> tuple[Field, ...]:
    """What the form of 不予许可 asks."""
    return (
        Field(name="reasons", label="不予许可的理由", hint="查到了什么，和哪一条不符。申请人会原样看到。"),
        _basis_field(about),
    )


def refuse(given: Given, _about: About) -> Act:
    """Make 不予许可 of what was written."""
    return Refuse(reasons=given.words("reasons", _REASONS), basis=given.words("basis", _BASIS))


def not_accept_fields(about: About) -> tuple[Field, ...]:
    """What the form of 不予受理 asks."""
    hint = "不需要许可、不归这里办、或者材料补正后仍不齐。申请人会原样看到。"
    return (Field(name="reasons", label="不予受理的理由", hint=hint), _basis_field(about))


def not_accept(given: Given, _about: About) -> Act:
    """Make 不予受理 of what was written."""
    return NotAccept(reasons=given.words("reasons", _REASONS), basis=given.words("basis", _BASIS))


def ask_fields(about: About) -> tuple[Field, ...]:
    """What the form of 补正 asks."""
    materials, answers = _askable(about)
    return (
        Field(
            name="material",
            label="要补的材料",
            kind="wants",
            hint="一次告知全部要补的内容：以后只能再要求补这一次还没补齐的。",
            options=materials,
            required=False,
        ),
        Field(name="answer", label="要改的内容", kind="wants", options=answers, required=False),
        Field(name="days", label="给申请人几个工作日", kind="number", value="10", hint="等补正的时间不计入办理期限。"),
    )


def _askable(about: About) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    view = about.view
    materials = tuple(
        Option(value=line.id, says=line.name, more=line.how) for line in view.materials if not line.generated
    )
    asked = [line for part in view.parts for line in part.lines if _is_asked(about, line.element)]
    answers = {
        line.element: Option(
            value=line.element,
            says=line.label,
            more=line.value + (f"（登记的是：{line.register}）" if line.register else ""),
        )
        for line in asked
    }
    return materials, tuple(answers.values())


def _is_asked(about: About, element: str) -> bool:
    known = about.catalogue.elements.get(element)
    return known is not None and not known.fact and known.computed is None


def ask(given: Given, about: About) -> Act:
    """Make 补正 of what was written."""
    materials, answers = _askable(about)
    wanted = given.wanted("material", materials)
    wrong = given.wanted("answer", answers)
    if not wanted and not wrong:
        given.errors["material"] = "请勾选要补的材料或要改的内容。"
    return Ask(materials=_named(wanted), answers=_named(wrong), days=given.number("days", 1, 60))


def _named(wanted: dict[str, str]) -> dict[str, str]:
    """Return words that stand in one sentence with others: its full stop comes at the end."""
    return {name: says.rstrip("。") for name, says in wanted.items()}


def step_fields(about: About) -> tuple[Field, ...]:
    """What the form of the beginning of a special step asks."""
    options = tuple(
        Option(value=step, says=sentences.STEPS[step].zh_hans, more=f"公布的期限：{days} 个工作日")
        for step, days in about.steps_left.items()
    )
    return (Field(name="step", label="哪一个特殊环节", kind="radio", options=options),)


def begin_step(given: Given, about: About) -> Act:
    """Make the beginning of a special step of what was written."""
    return BeginStep(step=given.one_of("step", about.steps_left, "请选一个环节。"))


def end_fields(about: About) -> tuple[Field, ...]:
    """What the form of the end of a special step asks."""
    name = next((step.name.zh_hans for step in about.view.case.steps if step.ended_on is None), "特殊环节")
    return (Field(name="result", label=f"{name}的结果", hint="申请人会看到这段话。"),)


def end_step(given: Given, _about: About) -> Act:
    """Make the end of a special step of what was written."""
    return EndStep(result=given.words("result", "请写明结果。"))


_HALVES = (
    Option(value="", says="上午、下午都可以"),
    Option(value="morning", says="上午"),
    Option(value="afternoon", says="下午"),
)


def book_fields(_about: About) -> tuple[Field, ...]:
    """What the form of a visit asks."""
    return (
        Field(name="day", label="最早哪一天", kind="date", hint="空着就约最近的空闲时间。", required=False),
        Field(name="half", label="时段", kind="radio", options=_HALVES, required=False),
    )


def book(given: Given, about: About) -> Act:
    """Make a visit of what was written."""
    return BookVisit(
        not_before=given.day("day", after=about.today), half=given.one_of("half", ("morning", "afternoon"))
    )


_PASSED, _PUT_RIGHT, _REFUSED = "passed", "put-right", "refused"


def visit_fields(about: About) -> tuple[Field, ...]:
    """What the form of what a visit found asks."""
    return (
        Field(name="found", label="现场情况", hint="看了哪里，怎么样。会写进文书，申请人会看到。"),
        Field(
            name="outcome",
            label="结论",
            kind="radio",
            options=(
                Option(value=_PASSED, says="通过", more="当场办结，发证照或决定书"),
                Option(value=_PUT_RIGHT, says="需要整改", more="约定整改日期，再上门一次"),
                Option(value=_REFUSED, says="不予许可", more="整改也解决不了"),
            ),
        ),
        Field(name="put_right", label="要整改什么", hint="选“需要整改”时填写。", when="put-right", required=False),
        Field(
            name="by", label="整改到哪一天", hint="选“需要整改”时填写。", kind="date", when="put-right", required=False
        ),
        Field(name="reasons", label="不予许可的理由", hint="选“不予许可”时填写。", when="refused", required=False),
        Field(
            name="basis",
            label="法律依据",
            hint="选“不予许可”时填写。",
            value=_item_basis(about),
            when="refused",
            required=False,
        ),
        *_output_fields(about),
    )


def record_visit(given: Given, about: About) -> Act:
    """Make what a visit found of what was written."""
    found = given.words("found", "请写明现场情况。")
    match given.one_of("outcome", (_PASSED, _PUT_RIGHT, _REFUSED), "请选结论。"):
        case "passed":
            return RecordVisit(found=found, passed=True, output=_output(given, about))
        case "put-right":
            what = given.words("put_right", "请写明要整改什么。")
            by = given.day("by", after=about.today, says="请选整改的日期。")
            return RecordVisit(found=found, passed=False, put_right=what, put_right_by=by)
        case _:
            if "outcome" in given.errors:
                return RecordVisit(found=found, passed=False)
            refusal = Refuse(reasons=given.words("reasons", _REASONS), basis=given.words("basis", _BASIS))
            return RecordVisit(found=found, passed=False, refusal=refusal)


def extend_fields(_about: About) -> tuple[Field, ...]:
    """What the form of 延长 asks."""
    return (
        Field(name="days", label="延长几个工作日", kind="number", value="10", hint="最多 10 个工作日，只能延长一次。"),
        Field(name="reason", label="延长的理由", hint="申请人会看到。"),
    )


def extend(given: Given, _about: About) -> Act:
    """Make 延长 of what was written."""
    return Extend(days=given.number("days", 1, EXTENSION_MOST), reason=given.words("reason", "请写明理由。"))


def revoke_fields(about: About) -> tuple[Field, ...]:
    """What the form of 撤销 asks."""
    return (Field(name="reasons", label="撤销的理由", hint="申请人会原样看到。"), _basis_field(about))


def revoke(given: Given, _about: About) -> Act:
    """Make 撤销 of what was written."""
    return Revoke(reasons=given.words("reasons", _REASONS), basis=given.words("basis", _BASIS))


def handed_in_fields(_about: About) -> tuple[Field, ...]:
    """What the form of looking at what was handed in asks."""
    return (
        Field(
            name="good",
            label="核对结果",
            kind="radio",
            options=(Option(value="yes", says="合格"), Option(value="no", says="不合格，请申请人重新提交")),
        ),
        Field(
            name="says",
            label="哪里不合格",
            hint="选“不合格”时填写，申请人会原样看到。",
            when="no",
            required=False,
        ),
        Field(name="days", label="重新提交给几个工作日", kind="number", value="5"),
    )


def check_handed_in(given: Given, about: About) -> Act:
    """Make looking at what was handed in of what was written."""
    good = given.one_of("good", ("yes", "no"), "请选核对结果。") == "yes"
    says = given.words("says", "" if good else "请写明哪里不合格。")
    return CheckHandedIn(kind=about.kind, subject=about.which, good=good, says=says, days=given.number("days", 1, 60))


_KEPT, _BROKEN, _TAKE_BACK = "kept", "put-right", "revoke"


def promise_fields(about: About) -> tuple[Field, ...]:
    """What the form of 事后核查 asks."""
    return (
        Field(name="found", label="核查情况", hint="查了什么，怎么样。会写进办理经过，申请人会看到。"),
        Field(
            name="outcome",
            label="结论",
            kind="radio",
            options=(
                Option(value=_KEPT, says="承诺属实"),
                Option(value=_BROKEN, says="没有做到，限期整改"),
                Option(value=_TAKE_BACK, says="没有做到，撤销"),
            ),
        ),
        Field(name="put_right", label="要整改什么", hint="选“限期整改”时填写。", when="put-right", required=False),
        Field(
            name="by", label="整改到哪一天", hint="选“限期整改”时填写。", kind="date", when="put-right", required=False
        ),
        Field(name="reasons", label="撤销的理由", hint="选“撤销”时填写。", when="revoke", required=False),
        Field(
            name="basis",
            label="法律依据",
            hint="选“撤销”时填写。",
            value=_item_basis(about),
            when="revoke",
            required=False,
        ),
    )


def check_promise(given: Given, about: About) -> Act:
    """Make 事后核查 of what was written."""
    found = given.words("found", "请写明核查情况。")
    match given.one_of("outcome", (_KEPT, _BROKEN, _TAKE_BACK), "请选结论。"):
        case "put-right":
            what = given.words("put_right", "请写明要整改什么。")
            by = given.day("by", after=about.today, says="请选整改的日期。")
            return CheckPromise(subject=about.which, kept=False, found=found, put_right=what, put_right_by=by)
        case "revoke":
            taken = Revoke(reasons=given.words("reasons", _REASONS), basis=given.words("basis", _BASIS))
            return CheckPromise(subject=about.which, kept=False, found=found, revocation=taken)
        case _:
            return CheckPromise(subject=about.which, kept=True, found=found)


_SELF, _AGENT, _OTHER = "applicant", "agent", "other"
_PROOFS = {"document": "已核对身份证件", "signature": "已签收"}


def hand_over_fields(about: About) -> tuple[Field, ...]:
    """What the form of 出件 asks."""
    view = about.view
    agent = (Option(value=_AGENT, says=f"代办人 {view.agent}"),) if view.agent else ()
    return (
        Field(
            name="name",
            label="申请人姓名",
            kind="text",
            hint="请照来人的证件或委托书输入，和本件核对。",
            most=120,
        ),
        Field(
            name="who",
            label="谁来取",
            kind="radio",
            options=(
                Option(value=_SELF, says="申请人本人", more="企业办件：法定代表人"),
                *agent,
                Option(value=_OTHER, says="受托的其他人"),
            ),
        ),
        Field(
            name="other",
            label="受托人姓名",
            hint="选“受托的其他人”时填写。",
            kind="text",
            when="other",
            required=False,
            most=60,
        ),
        Field(
            name="proof",
            label="怎么核对的",
            kind="checks",
            options=tuple(Option(value=value, says=says) for value, says in _PROOFS.items()),
        ),
    )


def hand_over(given: Given, about: About) -> Act:
    """Make 出件 of what was written."""
    view = about.view
    name = given.words("name", "请输入申请人姓名。", 120)
    if name and name != view.applicant:
        given.errors["name"] = "和本件的申请人不一致。请再核对一次编号和姓名。"
    who = given.one_of("who", (_SELF, _AGENT, _OTHER) if view.agent else (_SELF, _OTHER), "请选谁来取。")
    proofs = [says for value, says in _PROOFS.items() if given.ticked("proof", value)]
    if not proofs:
        given.errors["proof"] = "请核对身份或请对方签收，再出件。"
    other = given.words("other", "请写受托人姓名。" if who == _OTHER else "", 60)
    taker = {_SELF: f"{view.applicant}（本人）", _AGENT: f"{view.agent}（代办人）"}.get(who, f"{other}（受托人）")
    return HandOver(to=f"{taker}，{'、'.join(proofs)}")


def accept_fields(about: About) -> tuple[Field, ...]:
    """What 受理 asks."""
    return tuple(_letter(about))


def accept(given: Given, about: About) -> Act:
    """Make 受理."""
    _letter_seen(given, about)
    return Accept()
