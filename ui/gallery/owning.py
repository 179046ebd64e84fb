"""Sessions of people who look after what is theirs: my cases, licences, who used my data, entitlements, paying."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from msgspec.structs import replace

from kiosk.contract import (
    Account,
    Actor,
    Application,
    ApplicationPage,
    ApplicationSummary,
    Attachment,
    Awaited,
    Case,
    CaseAction,
    CaseBrief,
    CaseDetail,
    CaseState,
    CaseStatus,
    CaseStep,
    Entitlement,
    EntitlementFact,
    Entitlements,
    EntitlementState,
    FeeLine,
    HeldLicence,
    IssuedDocument,
    LedgerEntry,
    LedgerPage,
    LedgerSource,
    LicenceDetail,
    LicenceState,
    LicenceUse,
    Looked,
    LookerKind,
    NextStep,
    Obligation,
    ObligationKind,
    ObligationState,
    Payment,
    PaymentRefund,
    PaymentState,
    Remedy,
    Reminder,
    TimelineLine,
    WireAnswer,
    WireAnswers,
)
from kiosk.session import events, own_events
from kiosk.session.having import Mine, Told
from kiosk.words import Text
from ui.gallery.endings import SIGNATURE, fills_in, reviews
from ui.gallery.scenes import MORNING, ZHAO, Scene, Story

TODAY: Final = MORNING.date()
NUMBER: Final = "OT20260410-000123-4"
CASE: Final = f"{NUMBER}-01"
ITEM: Final = "old-age-allowance"
PAID_ITEM: Final = "id-card-renewal"


def _t(zh_hans: str, zh_hant: str, en: str) -> Text:
    return Text(zh_hans=zh_hans, zh_hant=zh_hant, en=en)


CIVIL: Final = _t("示例市民政局", "示例市民政局", "Example City Civil Affairs Bureau")
POLICE: Final = _t("示例市公安局", "示例市公安局", "Example City Public Security Bureau")
ALLOWANCE: Final = _t("高龄津贴", "高齡津貼", "Old-age allowance")
SIGNBOARD: Final = _t("户外招牌设置许可", "戶外招牌設置許可", "Permit for an outdoor signboard")
ASKED: Final = _t(
    "银行卡照片看不清卡号，家庭住址缺门牌号。",
    "銀行卡照片看不清卡號，家庭住址缺門牌號。",
    "The card number on the photograph cannot be read, and the house number of the address is missing.",
)
BANK: Final = _t("银行卡正面", "銀行卡正面", "Front of the bank card")
ADDRESS: Final = _t("家庭住址", "家庭住址", "Home address")
AGAIN: Final = _t(
    "请重新拍照，卡号要清楚。", "請重新拍照，卡號要清楚。", "Please photograph it again; the number must be readable."
)
HOUSE: Final = _t("请补上门牌号和房间号。", "請補上門牌號和房間號。", "Please add the house and the room number.")
UNTIL: Final = TODAY + timedelta(days=5)

AWAITED: Final = (
    Awaited(kind="answer", subject="person.home_address", name=ADDRESS, says=HOUSE, due_on=UNTIL),
    Awaited(kind="material", subject="bank-card-proof", name=BANK, says=AGAIN, due_on=UNTIL),
)
DOCUMENT: Final = IssuedDocument(
    number="BZ-2026-000045",
    type="supplement-notice",
    title=_t("一次性补正告知书", "一次性補正告知書", "Notice of what is missing"),
    fields=(
        (_t("申请人", "申請人", "Applicant"), "赵测试"),
        (_t("身份证号码", "身分證號碼", "ID number"), "000102199508092428"),
    ),
    issued_on=TODAY,
    valid_until=None,
    issuer=CIVIL,
    qr="eyJhbGciOiJFZERTQSJ9.eyJudW1iZXIiOiJCWi0yMDI2LTAwMDA0NSJ9.c2lnbmF0dXJl",
)
LINES: Final = (
    (3, "submitted", Actor.APPLICANT, _t("提交了申请。", "提交了申請。", "The application was filed.")),
    (
        3,
        "accepted",
        Actor.RULES,
        _t(
            "已受理，{0}个工作日内办结。".replace("{0}", "10 "),
            "已受理，10 個工作日內辦結。",
            "Accepted; decided within 10 working days.",
        ),
    ),
    (1, "asked", Actor.PERSON, ASKED),
)
TIMELINE: Final = tuple(
    TimelineLine(at=MORNING - timedelta(days=ago), what=what, who=who, department_name=CIVIL, says=says)
    for ago, what, who, says in LINES
)


def _case(state: CaseState, reason: Text, **more: object) -> Case:
    case = Case(
        number=CASE,
        item=ITEM,
        item_name=ALLOWANCE,
        department="civil-affairs",
        department_name=CIVIL,
        state=state,
        reason=reason,
        basis="《中华人民共和国老年人权益保障法》第三十三条",
        contact="0100-0000000",
    )
    return replace(case, **more)


def _detail(case: Case, *actions: CaseAction, **more: object) -> CaseDetail:
    detail = CaseDetail(
        application=NUMBER,
        matter=ITEM,
        matter_name=ALLOWANCE,
        case=case,
        timeline=TIMELINE,
        documents=(DOCUMENT,),
        actions=actions,
    )
    return replace(detail, **more)


WAITING: Final = _detail(
    _case(CaseState.WAITING, ASKED, waits_for=AWAITED, due_on=TODAY + timedelta(days=9)),
    CaseAction.SUPPLEMENT,
    CaseAction.WITHDRAW,
)
RUNNING: Final = _detail(
    _case(
        CaseState.ACCEPTED,
        _t("材料齐全，正在审核。", "材料齊全，正在審核。", "The papers are complete; it is being checked."),
        due_on=TODAY + timedelta(days=20),
        steps=(
            CaseStep(
                step="hearing",
                name=_t("听证", "聽證", "hearing"),
                days=10,
                begun_on=TODAY - timedelta(days=2),
                limit_on=TODAY + timedelta(days=12),
            ),
        ),
    ),
    CaseAction.CORRECT,
    CaseAction.WITHDRAW,
    obligations=(
        Obligation(
            kind=ObligationKind.PROMISE,
            subject="promise",
            words=_t("我保证所填信息真实。", "我保證所填資訊真實。", "What I have said is true."),
            state=ObligationState.OPEN,
            due_on=TODAY + timedelta(days=60),
        ),
    ),
)
OVERDUE: Final = _detail(
    _case(
        CaseState.REFERRED,
        _t(
            "户籍信息没有查到，由工作人员核对。",
            "戶籍資料沒有查到，由工作人員核對。",
            "The household record was not found; an officer looks at it.",
        ),
        due_on=TODAY - timedelta(days=2),
        overdue=True,
    ),
    CaseAction.WITHDRAW,
)
REMEDIES: Final = (
    Remedy(
        kind="reconsideration",
        says=_t(
            "收到决定起 60 日内，可以向示例市人民政府申请行政复议。",
            "收到決定起 60 日內，可以向示例市人民政府申請行政復議。",
            "Within 60 days you may ask the city government to reconsider it.",
        ),
        until=TODAY + timedelta(days=58),
        basis="《中华人民共和国行政复议法》第二十条",
    ),
    Remedy(
        kind="litigation",
        says=_t(
            "收到决定起 6 个月内，可以向示例区人民法院提起行政诉讼。",
            "收到決定起 6 個月內，可以向示例區人民法院提起行政訴訟。",
            "Within 6 months you may sue before the district court.",
        ),
        until=TODAY + timedelta(days=180),
        basis="《中华人民共和国行政诉讼法》第四十六条",
    ),
)
REFUSED: Final = _detail(
    _case(
        CaseState.REFUSED,
        _t("年龄没有达到 80 周岁。", "年齡沒有達到 80 週歲。", "You are not yet 80 years old."),
        remedies=REMEDIES,
    ),
    CaseAction.RATE,
)
NOT_ACCEPTED: Final = _detail(
    _case(
        CaseState.NOT_ACCEPTED,
        _t(
            "这件事不归本局办理，请到户籍所在地的民政局。",
            "這件事不歸本局辦理，請到戶籍所在地的民政局。",
            "This belongs to the bureau where you are registered.",
        ),
        remedies=REMEDIES[:1],
    )
)
APPROVED: Final = _detail(
    _case(CaseState.APPROVED, _t("符合条件，已经办好。", "符合條件，已經辦好。", "It meets the conditions; done.")),
    CaseAction.RATE,
    CaseAction.COLLECT,
)
INSPECTION: Final = _detail(
    _case(
        CaseState.INSPECTION_BOOKED,
        _t("预审通过，请等工作人员上门。", "預審通過，請等工作人員上門。", "The first check is passed."),
        appointment=MORNING + timedelta(days=7),
        due_on=TODAY + timedelta(days=9),
    ),
    CaseAction.WITHDRAW,
)
REFERRED: Final = _detail(
    _case(
        CaseState.REFERRED,
        _t("户籍信息没有查到，由工作人员核对。", "戶籍資料沒有查到，由工作人員核對。", "An officer looks at it."),
        due_on=TODAY + timedelta(days=5),
    ),
    CaseAction.CORRECT,
    CaseAction.WITHDRAW,
)
WITHDRAWN: Final = _detail(
    _case(CaseState.WITHDRAWN, _t("您撤回了申请。", "您撤回了申請。", "You took the application back."))
)


def _brief(place: int, state: CaseState, name: Text, **more: object) -> CaseBrief:
    brief = CaseBrief(
        number=f"{NUMBER}-{place:02d}",
        item=ITEM,
        item_name=name,
        department_name=CIVIL,
        state=state,
        reason=ASKED,
        version=1,
    )
    return replace(brief, **more)


BRIEFS: Final = (
    _brief(1, CaseState.WAITING, ALLOWANCE, waits=2, waits_until=UNTIL),
    _brief(
        2,
        CaseState.ACCEPTED,
        _t("老年人优待证", "老年人優待證", "Senior citizen's card"),
        due_on=TODAY + timedelta(days=9),
    ),
    _brief(
        3,
        CaseState.INSPECTION_BOOKED,
        SIGNBOARD,
        appointment=MORNING + timedelta(days=3),
    ),
    _brief(4, CaseState.APPROVED, _t("参保证明", "參保證明", "Certificate of insurance")),
    _brief(5, CaseState.REFUSED, _t("困难补助", "困難補助", "Hardship grant")),
)
APPLICATIONS: Final = ApplicationPage(
    applications=(
        ApplicationSummary(
            number=NUMBER,
            matter=ITEM,
            matter_name=ALLOWANCE,
            received_at=MORNING - timedelta(days=5),
            applicant="赵测试",
            finished=False,
            cases=BRIEFS,
        ),
    ),
    waiting=2,
)
USES_FOR: Final = (LicenceUse(item=ITEM, item_name=ALLOWANCE),)
IDENTITY: Final = LicenceDetail(
    number="000102199508092428",
    printed_number="000102199508092428",
    type="id-card",
    title=_t("居民身份证", "居民身分證", "Resident identity card"),
    issuer=POLICE,
    issued_on=date(2016, 6, 1),
    valid_until=date(2026, 6, 1),
    state=LicenceState.EXPIRING,
    says=_t(
        "再过 47 天到期，可以现在换领。",
        "再過 47 天到期，可以現在換領。",
        "It runs out in 47 days; you can renew it now.",
    ),
    issued_here=False,
    uses=USES_FOR,
    uses_count=12,
    fields=(
        (_t("姓名", "姓名", "Name"), "赵测试"),
        (_t("公民身份号码", "公民身分號碼", "Identity number"), "000102199508092428"),
        (_t("住址", "住址", "Address"), "示例市湖滨区虚构街66号2栋1803室"),
    ),
    qr="eyJhbGciOiJFZERTQSJ9.eyJudW1iZXIiOiIwMDAxMDIxOTk1MDgwOTI0MjgifQ.c2lnbmF0dXJl",
)
REVOKED: Final = replace(
    IDENTITY,
    number="XK-2023-000077",
    printed_number="XK-2023-000077",
    type="signboard-permit",
    title=SIGNBOARD,
    state=LicenceState.REVOKED,
    says=_t(
        "已经撤销，不能再用。不同意可以申请行政复议。",
        "已經撤銷，不能再用。不同意可以申請行政復議。",
        "It was revoked and is not good any more.",
    ),
    fields=((_t("店名", "店名", "Shop"), "样本小馆"),),
    uses=(),
    uses_count=0,
    revoked_on=TODAY - timedelta(days=20),
    reason="招牌已拆除",
)
VALID: Final = replace(
    IDENTITY,
    number="CB-2026-000012",
    printed_number="CB-2026-000012",
    type="insurance-certificate",
    title=_t("社会保险参保证明", "社會保險參保證明", "Certificate of social insurance"),
    issuer=CIVIL,
    valid_until=None,
    state=LicenceState.VALID,
    says=_t("有效。", "有效。", "Valid."),
    uses=(),
    uses_count=0,
)
LICENCES: Final[tuple[HeldLicence, ...]] = (IDENTITY, VALID, REVOKED)
BENEFIT: Final = Entitlement(
    policy="old-age-allowance-2026",
    name=ALLOWANCE,
    summary=_t("年满 80 周岁的老人每月发放。", "年滿 80 週歲的老人每月發放。", "Paid every month from the age of 80."),
    department="civil-affairs",
    department_name=CIVIL,
    state=EntitlementState.ENTITLED,
    says=_t(
        "您已年满 80 周岁，户籍在本市。", "您已年滿 80 週歲，戶籍在本市。", "You are 80 and registered in this city."
    ),
    basis=("《示例市高龄津贴发放办法》第三条",),
    facts=(
        EntitlementFact(
            title=_t("年龄", "年齡", "Age"),
            shown=_t("80 周岁", "80 週歲", "80"),
            source=_t("人口登记", "人口登記", "Population register"),
        ),
        EntitlementFact(
            title=_t("户籍", "戶籍", "Registered in"),
            shown=_t("示例市湖滨区", "示例市湖濱區", "Hubin District, Example City"),
            source=_t("人口登记", "人口登記", "Population register"),
        ),
    ),
    gives=_t("每月 100.00 元，从下个月起", "每月 100.00 元，從下個月起", "CNY 100.00 a month, from next month on"),
    amount_fen=10000,
    pays=True,
    item=ITEM,
)
PERHAPS: Final = replace(
    BENEFIT,
    policy="disability-care",
    name=_t("残疾人护理补贴", "身心障礙者護理補貼", "Care grant for the disabled"),
    state=EntitlementState.PERHAPS,
    says=_t(
        "残疾等级没有查到，要由工作人员核对。",
        "身心障礙等級沒有查到，要由工作人員核對。",
        "The degree of disability is not known; a person has to check it.",
    ),
    gives=_t("每月 80.00 元", "每月 80.00 元", "CNY 80.00 a month"),
    facts=(
        *BENEFIT.facts[:1],
        EntitlementFact(
            title=_t("残疾等级", "身心障礙等級", "Degree of disability"), shown=_t("不清楚", "不清楚", "not known")
        ),
    ),
)
MORE: Final = tuple(replace(PERHAPS, policy=f"more-{place}") for place in range(3))
ACCOUNTS: Final = (
    Account(id="social-security-card", shown="6217 **** **** 0012", bank="示例银行"),
    Account(id="other-card", shown="6222 **** **** 8888", bank="样本银行"),
)
REMINDERS: Final = (
    Reminder(
        kind="material-wanted",
        title=ALLOWANCE,
        says=_t("还差 2 样，请补上。", "還差 2 樣，請補上。", "Two things are missing; please hand them in."),
        next=NextStep.SUPPLEMENT,
        due_on=UNTIL,
        application=NUMBER,
        case=CASE,
    ),
    Reminder(
        kind="payment-wanted",
        title=_t("居民身份证到期换领", "居民身分證到期換領", "Renewing the identity card"),
        says=_t("还没有交工本费 20.00 元。", "還沒有繳工本費 20.00 元。", "The fee of CNY 20.00 is not paid."),
        next=NextStep.PAY,
        application="OT20260412-000200-1",
        case="OT20260412-000200-1-01",
        item=PAID_ITEM,
    ),
    Reminder(
        kind="licence-expiring",
        title=IDENTITY.title,
        says=IDENTITY.says,
        next=NextStep.RENEW,
        due_on=IDENTITY.valid_until,
        item=PAID_ITEM,
        about=IDENTITY.number,
    ),
)
MINE: Final = Mine(
    cases=APPLICATIONS,
    licences=LICENCES,
    entitlements=Entitlements(entitlements=(BENEFIT, PERHAPS, *MORE), accounts=ACCOUNTS),
    reminders=REMINDERS,
)


def _source(name: Text, *elements: Text) -> LedgerSource:
    return LedgerSource(source="register.population", name=name, department_name=POLICE, elements=elements)


def _entry(place: int, at: datetime, looked: Looked, by: LookerKind, who: Text, **more: object) -> LedgerEntry:
    entry = LedgerEntry(
        id=str(place),
        at=at,
        looked=looked,
        by=by,
        who=who,
        matter=ITEM,
        matter_name=ALLOWANCE,
        sources=(
            _source(
                _t("人口登记", "人口登記", "Population register"),
                _t("联系电话", "聯絡電話", "Phone"),
                _t("户籍地址", "戶籍地址", "Registered address"),
            ),
        ),
        notice="1",
    )
    return replace(entry, **more)


MANY: Final = tuple(
    _source(name, _t("登记状态", "登記狀態", "State"))
    for name in (
        _t("人口登记", "人口登記", "Population register"),
        _t("社会保险参保信息", "社會保險參保資訊", "Social insurance"),
        _t("残疾人信息", "身心障礙者資訊", "Register of the disabled"),
        _t("个人纳税信息", "個人納稅資訊", "Personal taxes"),
        _t("市场主体登记信息", "市場主體登記資訊", "Enterprises"),
    )
)
YOU: Final = _t("您自己", "您自己", "You")
CLERK: Final = _t("窗口工作人员 ZH-0007", "窗口工作人員 ZH-0007", "Clerk ZH-0007")
USES: Final = LedgerPage(
    entries=(
        _entry(1, MORNING, Looked.ENTITLEMENTS, LookerKind.SELF, YOU, sources=MANY),
        _entry(2, MORNING - timedelta(minutes=4), Looked.FACTS, LookerKind.SELF, YOU, helper="BB-0001"),
        _entry(
            3,
            MORNING - timedelta(days=1),
            Looked.WINDOW,
            LookerKind.CLERK,
            CLERK,
            department_name=CIVIL,
            case=CASE,
            sources=(),
        ),
        _entry(4, MORNING - timedelta(days=3), Looked.SUBMISSION, LookerKind.DEPARTMENT, CIVIL, case=CASE),
    ),
    next="more",
)


def _comes(story: Story, mine: Mine | None = MINE) -> Story:
    """Come for what is theirs, and see it."""
    story.starts().happens(own_events.MineWanted()).reads_a_card()
    story.happens(events.CodeEntered(code="123456"), events.CodeAccepted())
    return story if mine is None else story.happens(own_events.MineFound(mine=mine))


def _opens(story: Story, detail: CaseDetail, done: str = "") -> Story:
    _comes(story).happens(own_events.CaseChosen(number=CASE))
    return story.happens(own_events.CaseFound(detail=detail, tag="1", done=done))


def _filed(story: Story) -> Application:
    """Return what the case on the screen was filed as."""
    said = {
        "person.name": ("赵测试", "card.name"),
        "person.number": (ZHAO.number, "card.number"),
        "person.sex": ("2", "card.sex"),
        "person.birth_date": ("1945-08-09", "citizen"),
        "person.phone": ("13800138024", "citizen"),
        "person.hukou_division": ("000102", "citizen"),
        "person.home_address": ({"division": "000102003000", "detail": "虚构街"}, "citizen"),
        "person.bank_card": ("6200000000000000000", "citizen"),
        "allowance.receiving": (False, "citizen"),
    }
    return Application(
        number=NUMBER,
        matter=ITEM,
        matter_name=ALLOWANCE,
        session="earlier",
        entry=None,
        received_at=MORNING,
        catalogue_version=story.catalogue.version,
        cases=(WAITING.case,),
        answers=WireAnswers(single={name: WireAnswer(value=value, origin=by) for name, (value, by) in said.items()}),
        materials=(),
    )


def _mends(story: Story, *, correct: bool = False) -> Story:
    _opens(story, RUNNING if correct else WAITING)
    wanted = own_events.CorrectWanted() if correct else own_events.SupplementWanted()
    return story.happens(wanted, own_events.ApplicationFound(application=_filed(story)))


def _mends_to_materials(story: Story) -> Story:
    return _mends(story).answers({"division": "000102003000", "detail": "虚构街66号2栋1803室"})


def _withdraws(story: Story) -> Story:
    booked = replace(RUNNING.case, state=CaseState.INSPECTION_BOOKED, appointment=MORNING + timedelta(days=3))
    booked = replace(booked, item=PAID_ITEM, steps=())
    return _opens(story, replace(RUNNING, case=booked)).happens(own_events.WithdrawWanted())


def _sheet(story: Story, licence: LicenceDetail = IDENTITY) -> Story:
    _comes(story).happens(own_events.LicencesWanted(), own_events.LicenceChosen(number=licence.number))
    return story.happens(own_events.LicenceFound(licence=licence))


STATUSES: Final = tuple(
    CaseStatus(
        number=f"{NUMBER}-{place:02d}",
        item_name=name,
        department_name=CIVIL,
        state=state,
        due_on=TODAY + timedelta(days=9),
    )
    for place, (name, state) in enumerate(((ALLOWANCE, CaseState.WAITING), (SIGNBOARD, CaseState.APPROVED)), 1)
)


def _numbered(story: Story, number: str = "", statuses: tuple[CaseStatus, ...] = ()) -> Story:
    story.starts().happens(own_events.NumberWanted())
    if number:
        story.happens(own_events.NumberEntered(number=number))
        story.happens(own_events.StatusFound(number=number, statuses=statuses))
    return story


ORDER: Final = Payment(
    id="order",
    state=PaymentState.CREATED,
    lines=(
        FeeLine(
            item=PAID_ITEM,
            name=_t("居民身份证到期换领", "居民身分證到期換領", "Renewing the identity card"),
            department_name=POLICE,
            full_fen=2000,
            amount_fen=2000,
        ),
        FeeLine(
            item="household-book-reissue",
            name=_t("补发居民户口簿", "補發居民戶口簿", "Another household register"),
            department_name=POLICE,
            full_fen=800,
            amount_fen=400,
            says=_t("低保家庭减半", "低收入家庭減半", "half for families on minimum support"),
        ),
    ),
    amount_fen=2400,
    qr="onething-pay:v1:order:2400",
    payee=_t("示例市财政局非税收入专户", "示例市財政局非稅收入專戶", "Example City Treasury"),
    created_at=MORNING,
    expires_at=MORNING + timedelta(minutes=5),
)


def _pays(story: Story, order: Payment | None = ORDER) -> Story:
    reviews(
        fills_in(
            story.is_verified(PAID_ITEM).happens(
                events.BackendFailed(request="known", code="backend.unreachable"), events.Next(), events.Next()
            ),
            {"person.number": ZHAO.number},
        )
    )
    story.happens(events.Next(), events.Signed(strokes=SIGNATURE))
    if order is None:
        return story
    story.happens(own_events.OrderMade(payment=order))
    return story.happens(own_events.PaymentClock(payment=order.id, remaining_s=247))


def _gives(story: Story) -> Story:
    """Photograph everything that is asked for."""
    stored = Attachment(id="attachment", sha256="0", bytes=1)
    story.happens(events.Next(), events.PictureWanted(), events.PictureTaken(reference="1"), events.PictureKept())
    story.happens(events.AttachmentStored(material=story.session.material, attachment=stored))
    return story.happens(events.Next())


def _has_paid(story: Story) -> Story:
    """Look at a case whose fee was paid and went back."""
    back = PaymentRefund(
        amount_fen=2400, says=_t("您撤回了申请", "您撤回了申請", "You withdrew"), at=MORNING, done=True
    )
    paid = replace(ORDER, state=PaymentState.REFUNDED, paid_at=MORNING, qr="", refunds=(back,))
    _comes(story).happens(own_events.CaseChosen(number=CASE))
    return story.happens(own_events.CaseFound(detail=WITHDRAWN, tag="1", payment=paid))


def _is_reminded(story: Story) -> Story:
    """Take what one is entitled to, and be told what else waits."""
    _comes(story).happens(own_events.BenefitChosen(policy=BENEFIT.policy), events.Next())
    made = replace(_filed(story), cases=(replace(RUNNING.case, state=CaseState.APPROVED, due_on=None),))
    story.happens(own_events.BenefitTaken(policy=BENEFIT.policy, application=made))
    return story.happens(own_events.RemindersFound(reminders=REMINDERS))


OWNING: Final[dict[str, Scene]] = {
    "document-mine": Scene(page="DocumentPage", story=lambda story: story.starts().happens(own_events.MineWanted())),
    "mine": Scene(page="MinePage", story=_comes),
    "mine-looking": Scene(page="MinePage", story=lambda story: _comes(story, None)),
    "mine-empty": Scene(page="MinePage", story=lambda story: _comes(story, Mine())),
    "mine-untold": Scene(
        page="MinePage",
        story=lambda story: _comes(story, replace(MINE, licences=(), untold=(Told.LICENCES, Told.REMINDERS))),
    ),
    "mine-failed": Scene(
        page="MinePage",
        story=lambda story: _comes(story, None).happens(
            events.BackendFailed(request="mine", code="backend.unreachable")
        ),
    ),
    "case-waiting": Scene(page="CasePage", story=lambda story: _opens(story, WAITING)),
    "case-running": Scene(page="CasePage", story=lambda story: _opens(story, RUNNING)),
    "case-overdue": Scene(page="CasePage", story=lambda story: _opens(story, OVERDUE)),
    "case-approved": Scene(page="CasePage", story=lambda story: _opens(story, APPROVED)),
    "case-inspection": Scene(page="CasePage", story=lambda story: _opens(story, INSPECTION)),
    "case-referred": Scene(page="CasePage", story=lambda story: _opens(story, REFERRED)),
    "case-refused": Scene(page="CasePage", story=lambda story: _opens(story, REFUSED)),
    "case-not-accepted": Scene(page="CasePage", story=lambda story: _opens(story, NOT_ACCEPTED)),
    "case-withdrawn": Scene(page="CasePage", story=lambda story: _opens(story, WITHDRAWN, "withdraw")),
    "notice-entitled": Scene(
        page="NoticePage",
        story=lambda story: _comes(story).happens(events.ServiceChosen(service=PAID_ITEM), events.Next()),
    ),
    "case-paid": Scene(page="CasePage", story=_has_paid),
    "case-supplemented": Scene(page="CasePage", story=lambda story: _opens(story, RUNNING, "supplement")),
    "withdraw": Scene(page="WithdrawPage", story=_withdraws),
    "supplement-question": Scene(page="QuestionPage", story=_mends),
    "supplement-materials": Scene(page="MaterialsPage", story=_mends_to_materials),
    "supplement-camera": Scene(
        page="CameraPage", story=lambda story: _mends_to_materials(story).happens(events.Next())
    ),
    "supplement-review": Scene(
        page="ReviewPage",
        story=lambda story: _gives(_mends_to_materials(story)),
    ),
    "correct-review": Scene(page="ReviewPage", story=lambda story: _mends(story, correct=True)),
    "licences": Scene(page="LicencesPage", story=lambda story: _comes(story).happens(own_events.LicencesWanted())),
    "licences-none": Scene(
        page="LicencesPage", story=lambda story: _comes(story, Mine()).happens(own_events.LicencesWanted())
    ),
    "sheet": Scene(page="SheetPage", story=_sheet),
    "sheet-revoked": Scene(page="SheetPage", story=lambda story: _sheet(story, REVOKED)),
    "sheet-printed": Scene(
        page="SheetPage",
        story=lambda story: _sheet(story, VALID).happens(
            own_events.PrintWanted(), own_events.SheetPrinted(proven=True)
        ),
    ),
    "sheet-case": Scene(
        page="SheetPage",
        story=lambda story: _opens(story, WAITING).happens(own_events.DocumentWanted(number=DOCUMENT.number)),
    ),
    "uses": Scene(
        page="UsesPage",
        story=lambda story: _comes(story).happens(own_events.UsesWanted(), own_events.UsesFound(page=USES)),
    ),
    "uses-none": Scene(
        page="UsesPage",
        story=lambda story: _comes(story).happens(
            own_events.UsesWanted(), own_events.UsesFound(page=LedgerPage(entries=()))
        ),
    ),
    "benefit": Scene(
        page="BenefitPage",
        story=lambda story: _comes(story).happens(own_events.BenefitChosen(policy=BENEFIT.policy)),
    ),
    "benefit-perhaps": Scene(
        page="BenefitPage",
        story=lambda story: _comes(story).happens(own_events.BenefitChosen(policy=PERHAPS.policy)),
    ),
    "benefit-no-account": Scene(
        page="BenefitPage",
        story=lambda story: _comes(story, replace(MINE, entitlements=Entitlements(entitlements=(BENEFIT,)))).happens(
            own_events.BenefitChosen(policy=BENEFIT.policy)
        ),
    ),
    "number": Scene(page="NumberPage", story=_numbered),
    "number-found": Scene(page="NumberPage", story=lambda story: _numbered(story, NUMBER, STATUSES)),
    "number-unknown": Scene(page="NumberPage", story=lambda story: _numbered(story, NUMBER)),
    "outcomes-reminded": Scene(page="OutcomesPage", story=_is_reminded),
    "pay": Scene(page="PayPage", story=_pays),
    "pay-making": Scene(page="PayPage", story=lambda story: _pays(story, None)),
    "pay-expired": Scene(
        page="PayPage",
        story=lambda story: _pays(story).happens(
            own_events.PaymentTold(payment=replace(ORDER, state=PaymentState.EXPIRED, qr=""))
        ),
    ),
    "pay-unwatched": Scene(
        page="PayPage",
        story=lambda story: _pays(story).happens(
            own_events.PaymentUnwatched(payment=ORDER.id, code="backend.unreachable")
        ),
    ),
    "pay-failed": Scene(
        page="PayPage",
        story=lambda story: _pays(story, None).happens(events.BackendFailed(request="order", code="payment.provider")),
    ),
}
