"""What the backend itself says to a citizen, in three languages; everything else is the catalogue's."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.words import Text

GRANTED_BEFORE = Text(
    zh_hans="您已经领过这一项，系统不会重复批准，由工作人员核对。",
    zh_hant="您已經領過這一項，系統不會重複批准，由工作人員核對。",
    en="You have been granted this already; it is not granted twice by itself. A member of staff looks at it.",
)
ACCEPTED = Text(
    zh_hans="已受理，承诺在 {due} 前办结（{days}）。",
    zh_hant="已受理，承諾在 {due} 前辦結（{days}）。",
    en="Accepted. You will have the decision by {due} ({days}).",
)
BOOKED = Text(
    zh_hans="{reason}上门时间：{visit}。",
    zh_hant="{reason}上門時間：{visit}。",
    en="{reason} The visit: {visit}.",
)
COMES_TO_COUNTER = Text(
    zh_hans="{reason}请在 {when} 到{office}办理。",
    zh_hant="{reason}請在 {when} 到{office}辦理。",
    en="{reason} Please come to {office} on {when}.",
)
AT_COUNTER = Text(
    zh_hans="表已经填好，窗口不用再填。",
    zh_hant="表已經填好，窗口不用再填。",
    en="Everything is filled in; nothing has to be written at the counter.",
)
NO_COUNTER = Text(
    zh_hans="表已经填好，暂时没有空闲的预约时间，工作人员会打电话和您约。",
    zh_hant="表已經填好，暫時沒有空閒的預約時間，工作人員會打電話和您約。",
    en="Everything is filled in. No appointment is free at the moment; staff will call you to arrange one.",
)
BRING = Text(
    zh_hans="请带上：{names}。",
    zh_hant="請帶上：{names}。",
    en="Please bring: {names}.",
)
IDENTITY_DOCUMENT = Text(zh_hans="本人身份证件", zh_hant="本人身份證件", en="your identity document")
LETTER_OF_AUTHORITY = Text(zh_hans="授权委托书原件", zh_hant="授權委託書原件", en="the signed letter of authority")
LETTER = Text(
    zh_hans="授权委托书由工作人员确认后办理。",
    zh_hant="授權委託書由工作人員確認後辦理。",
    en="A member of staff confirms the letter of authority first, then it goes on.",
)
BY_AGENT = Text(
    zh_hans="{applicant}（代办人：{agent}）",
    zh_hant="{applicant}（代辦人：{agent}）",
    en="{applicant} (agent: {agent})",
)
DAYS = Text(
    zh_hans="{days} 个工作日",
    zh_hant="{days} 個工作日",
    en="working days: {days}",
)
SPECIAL = Text(
    zh_hans="，另加{steps}",
    zh_hant="，另加{steps}",
    en=", plus {steps}",
)
SPECIAL_STEP = Text(
    zh_hans="{step} {days} 个工作日",
    zh_hant="{step} {days} 個工作日",
    en="{days} for {step}",
)
DUE_WITH_DAYS = Text(
    zh_hans="{due}（{days}）",
    zh_hant="{due}（{days}）",
    en="{due} ({days})",
)
STEPS = {
    "test": Text(zh_hans="检测", zh_hant="檢測", en="testing"),
    "inspection": Text(zh_hans="现场核查", zh_hant="現場核查", en="inspection on the spot"),
    "hearing": Text(zh_hans="听证", zh_hant="聽證", en="a hearing"),
    "expert-review": Text(zh_hans="专家评审", zh_hant="專家評審", en="review by experts"),
    "publication": Text(zh_hans="公示公告", zh_hant="公示公告", en="publication"),
    "tender": Text(zh_hans="招标拍卖", zh_hant="招標拍賣", en="a tender"),
    "examination": Text(zh_hans="考试", zh_hant="考試", en="an examination"),
    "quarantine": Text(zh_hans="检疫", zh_hant="檢疫", en="quarantine"),
}
"""Steps that stop the statutory clock (行政许可法 第四十五条)."""
NO_SLOT = Text(
    zh_hans="资料已经审过，暂时没有空闲的上门时间，工作人员会打电话和您约。",
    zh_hant="資料已經審過，暫時沒有空閒的上門時間，工作人員會打電話和您約。",
    en="The papers have been reviewed. No visit is free at the moment; staff will call you to arrange one.",
)
PRE_REVIEWED = Text(
    zh_hans="资料齐全，请在约好的时间让人在场。",
    zh_hant="資料齊全，請在約好的時間讓人在場。",
    en="The papers are complete. Please have somebody there at the time booked.",
)
PROMISED = Text(
    zh_hans="已按您的承诺当场批准，事后会核查。",
    zh_hant="已按您的承諾當場批准，事後會核查。",
    en="Approved on your promise; it is checked afterwards.",
)
DIFFERS = Text(
    zh_hans="您填写的{names}和登记信息不一致，由工作人员核对后答复您。",
    zh_hant="您填寫的{names}和登記資料不一致，由工作人員核對後答覆您。",
    en="What you entered differs from the register ({names}). A member of staff checks it and answers you.",
)
UNCONFIRMED = Text(
    zh_hans="暂时无法核对{names}，由工作人员核对后答复您。",
    zh_hant="暫時無法核對{names}，由工作人員核對後答覆您。",
    en="This could not be confirmed just now: {names}. A member of staff checks it and answers you.",
)
OTHER_VERSION = Text(
    zh_hans="您填写期间办事规则有更新，由工作人员按新规则核对后答复您。",
    zh_hant="您填寫期間辦事規則有更新，由工作人員按新規則核對後答覆您。",
    en="The rules were updated while you were filling in the form. A member of staff checks it and answers you.",
)
NO_TABLE = Text(
    zh_hans="由工作人员审核后答复您。",
    zh_hant="由工作人員審核後答覆您。",
    en="A member of staff reviews it and answers you.",
)
SEVERAL = Text(
    zh_hans="一张证照只写一个人，您一次填了几个，由工作人员分别办理后答复您。",
    zh_hant="一張證照只寫一個人，您一次填了幾個，由工作人員分別辦理後答覆您。",
    en="A certificate is for one, and you named several at once. A member of staff issues each and answers you.",
)
NOT_PROCESSED = Text(
    zh_hans="系统没能自动受理，已转给工作人员处理。",
    zh_hant="系統沒能自動受理，已轉給工作人員處理。",
    en="The system could not process this by itself; it was passed to a member of staff.",
)
DEFERRED = Text(
    zh_hans="请尽快补交：{names}。",
    zh_hant="請儘快補交：{names}。",
    en="Please hand in soon: {names}.",
)
PROVISIONAL = Text(
    zh_hans="（跨年的放假安排公布后，日期可能调整。）",
    zh_hant="（跨年的放假安排公布後，日期可能調整。）",
    en="(The date may move once the holidays of the coming year are announced.)",
)
HAND_IN = Text(
    zh_hans="请在 {due} 前补交{name}。",
    zh_hant="請在 {due} 前補交{name}。",
    en="Please hand in by {due}: {name}.",
)
PUT_RIGHT = Text(
    zh_hans="请在 {due} 前整改并上传照片：{name}。",
    zh_hant="請在 {due} 前整改並上傳照片：{name}。",
    en="Please put right by {due} and hand in a photograph: {name}.",
)
NOT_GOOD = Text(
    zh_hans="上次提交的未通过：{says}",
    zh_hant="上次提交的未通過：{says}",
    en="What was handed in was not enough: {says}",
)
GOVERNMENT = Text(
    zh_hans="{city}人民政府",
    zh_hant="{city}人民政府",
    en="the people's government of {city}",
)
ABOVE = Text(
    zh_hans="上一级主管部门",
    zh_hant="上一級主管部門",
    en="the authority above this department",
)
RECONSIDERATION = Text(
    zh_hans="不服本决定的，可以在 60 日内（{until} 前）向{where}申请行政复议。",
    zh_hant="不服本決定的，可以在 60 日內（{until} 前）向{where}申請行政復議。",
    en="You may apply for administrative reconsideration to {where} within 60 days (by {until}).",
)
LITIGATION = Text(
    zh_hans="也可以在 6 个月内（{until} 前）向有管辖权的人民法院提起行政诉讼。",
    zh_hant="也可以在 6 個月內（{until} 前）向有管轄權的人民法院提起行政訴訟。",
    en="You may bring an administrative action before the competent people's court within six months (by {until}).",
)
COMPLAIN = Text(
    zh_hans="对答复有意见的，可以在本机“投诉与建议”提出，或者拨打 12345。",
    zh_hant="對答覆有意見的，可以在本機「投訴與建議」提出，或者撥打 12345。",
    en="If you disagree with the answer, complain at this terminal or call 12345.",
)
APPROVED_BY_PERSON = Text(
    zh_hans="经审核，符合法定条件，准予办理。",
    zh_hant="經審核，符合法定條件，准予辦理。",
    en="Reviewed: what the law asks is met. Approved.",
)
REFUSED = Text(
    zh_hans="经审核，不予办理：{reasons}",
    zh_hant="經審核，不予辦理：{reasons}",
    en="Reviewed and refused: {reasons}",
)
NOT_ACCEPTED = Text(
    zh_hans="不予受理：{reasons}",
    zh_hant="不予受理：{reasons}",
    en="Not accepted: {reasons}",
)
ASKED = Text(
    zh_hans="请在 {due} 前一次补齐：{names}。补齐后接着办，等待的时间不计入办理期限。",
    zh_hant="請在 {due} 前一次補齊：{names}。補齊後接著辦，等待的時間不計入辦理期限。",
    en="Please hand in by {due}: {names}. It goes on afterwards; the wait does not count towards the limit.",
)
ASKED_ONE = Text(
    zh_hans="{name}：{says}",
    zh_hant="{name}：{says}",
    en="{name}: {says}",
)
SUPPLEMENTED = Text(
    zh_hans="补正材料已收到，接着办理。",
    zh_hant="補正材料已收到，接著辦理。",
    en="What was asked for has arrived; it goes on.",
)
HANDED_IN = Text(
    zh_hans="已收到补交的{names}，由工作人员核对。",
    zh_hant="已收到補交的{names}，由工作人員核對。",
    en="Received and being looked at: {names}.",
)
FOUND = Text(
    zh_hans="已由电子证照或登记信息代替：{names}。",
    zh_hant="已由電子證照或登記資料代替：{names}。",
    en="Replaced by a licence or a register: {names}.",
)
GOOD = Text(
    zh_hans="{names}已核对通过。",
    zh_hant="{names}已核對通過。",
    en="Checked and in order: {names}.",
)
AGAIN = Text(
    zh_hans="{names}未通过核对：{says} 请在 {due} 前重新提交。",
    zh_hant="{names}未通過核對：{says} 請在 {due} 前重新提交。",
    en="Not in order: {names}. {says} Please hand it in again by {due}.",
)
CLOCK_WAITED = Text(
    zh_hans="等待补正的时间不计入办理期限",
    zh_hant="等待補正的時間不計入辦理期限",
    en="The wait for what was asked does not count",
)
CLOCK_STEP = Text(
    zh_hans="{step}的时间按实际计算",
    zh_hant="{step}的時間按實際計算",
    en="The days of {step} as they were",
)
CLOCK_EXTENDED = Text(
    zh_hans="经负责人批准延长 {days} 个工作日：{reason}",
    zh_hant="經負責人批准延長 {days} 個工作日：{reason}",
    en="Prolonged by {days} working days: {reason}",
)
STEP_BEGUN = Text(
    zh_hans="{step}已开始，最迟 {limit} 完成，这段时间不计入办理期限。",
    zh_hant="{step}已開始，最遲 {limit} 完成，這段時間不計入辦理期限。",
    en="Begun: {step}, until {limit} at the latest. These days do not count towards the limit.",
)
STEP_ENDED = Text(
    zh_hans="{step}已完成：{result}",
    zh_hant="{step}已完成：{result}",
    en="Finished: {step}. {result}",
)
STEP_OVERDUE = Text(
    zh_hans="{step}超过了公布的期限，已报告上级督办。",
    zh_hant="{step}超過了公布的期限，已報告上級督辦。",
    en="It takes longer than announced: {step}. A supervisor has been told.",
)
OVERDUE = Text(
    zh_hans="超过承诺的办结时间，已报告上级督办，请您谅解。",
    zh_hant="超過承諾的辦結時間，已報告上級督辦，請您諒解。",
    en="It is later than promised. A supervisor has been told; we apologise.",
)
ASKED_MISSED = Text(
    zh_hans="补正的日期已过，仍可补交；由工作人员和您联系。",
    zh_hant="補正的日期已過，仍可補交；由工作人員和您聯絡。",
    en="The day for handing in has passed. You can still do so; a member of staff will contact you.",
)
OWED_MISSED = Text(
    zh_hans="{name}的补交日期已过，仍可补交；由工作人员和您联系。",
    zh_hant="{name}的補交日期已過，仍可補交；由工作人員和您聯絡。",
    en="The day for handing in {name} has passed. You can still do so; a member of staff will contact you.",
)
REMINDER = Text(
    zh_hans="{name}请在 {due} 前补交。",
    zh_hant="{name}請在 {due} 前補交。",
    en="Please remember to hand in by {due}: {name}.",
)
VISIT_BOOKED = Text(
    zh_hans="现场核查时间：{visit}，请让人在场。",
    zh_hant="現場核查時間：{visit}，請讓人在場。",
    en="The visit: {visit}. Please have somebody there.",
)
VISIT_PASSED = Text(
    zh_hans="现场核查通过：{found}",
    zh_hant="現場核查通過：{found}",
    en="The visit was passed: {found}",
)
VISIT_PUT_RIGHT = Text(
    zh_hans="现场核查需要整改：{what}。请在 {due} 前整改，复查时间：{visit}。",
    zh_hant="現場核查需要整改：{what}。請在 {due} 前整改，複查時間：{visit}。",
    en="To be put right after the visit: {what}, by {due}. The second visit: {visit}.",
)
PROMISE_KEPT = Text(
    zh_hans="承诺已核查，属实。",
    zh_hant="承諾已核查，屬實。",
    en="The promise was checked and kept.",
)
PROMISE_BROKEN = Text(
    zh_hans="承诺经核查不属实：{found}",
    zh_hant="承諾經核查不屬實：{found}",
    en="The promise was checked and not kept: {found}",
)
PROMISE_PUT_RIGHT = Text(
    zh_hans="承诺经核查不属实：{found}请在 {due} 前整改：{what}。",
    zh_hant="承諾經核查不屬實：{found}請在 {due} 前整改：{what}。",
    en="The promise was checked and not kept: {found} Please put right by {due}: {what}.",
)
REVOKED = Text(
    zh_hans="已撤销：{reasons}",
    zh_hant="已撤銷：{reasons}",
    en="Taken back: {reasons}",
)
WITHDRAWN = Text(
    zh_hans="已按您的申请撤回，不再办理。",
    zh_hant="已按您的申請撤回，不再辦理。",
    en="Withdrawn as you asked; nothing more is done.",
)
CORRECTED = Text(
    zh_hans="已按更正后的内容重新审核。",
    zh_hant="已按更正後的內容重新審核。",
    en="Looked at anew with the corrected answers.",
)
HANDED_OVER = Text(
    zh_hans="结果已交付。",
    zh_hant="結果已交付。",
    en="The result was handed over.",
)
TELL = Text(
    zh_hans="{item}（{case}）：{says}",
    zh_hant="{item}（{case}）：{says}",
    en="{item} ({case}): {says}",
)
SUBMITTED = Text(
    zh_hans="已交给办理部门。",
    zh_hant="已交給辦理部門。",
    en="Handed to the department.",
)
CONDITIONS = Text(zh_hans="办理条件", zh_hant="辦理條件", en="the conditions")
"""The last check of every item: whether the rules say yes."""
FEE = Text(
    zh_hans="费用",
    zh_hant="費用",
    en="the fee",
)
PAY = Text(
    zh_hans="费用还没有缴纳，缴费后接着办理。",
    zh_hant="費用還沒有繳納，繳費後接著辦理。",
    en="The fee has not been paid; it goes on once it is.",
)
PAID = Text(
    zh_hans="费用已缴纳，接着办理。",
    zh_hant="費用已繳納，接著辦理。",
    en="The fee is paid; it goes on.",
)
FEE_MISSED = Text(
    zh_hans="缴费的日期已过，仍可缴费；由工作人员和您联系。",
    zh_hant="繳費的日期已過，仍可繳費；由工作人員和您聯絡。",
    en="The day for paying has passed. You can still pay; a member of staff will contact you.",
)


def joined(*texts: Text) -> Text:
    """Return sentences after one another."""
    return Text(
        zh_hans="".join(text.zh_hans for text in texts),
        zh_hant="".join(text.zh_hant for text in texts),
        en=" ".join(text.en for text in texts),
    )


def listed(names: Iterable[Text]) -> Text:
    """Return names as an enumeration."""
    once = tuple(dict.fromkeys(names))
    return Text(
        zh_hans="、".join(name.zh_hans for name in once),
        zh_hant="、".join(name.zh_hant for name in once),
        en=", ".join(name.en for name in once),
    )


def put(sentence: Text, **values: Text | str) -> Text:
    """Return ``sentence`` with each ``{name}`` replaced; words in their own language, text in all.

    Values come from people: they are put in as they are and never read as places themselves.
    """
    return Text(
        zh_hans=_put(sentence.zh_hans, {name: _word(value, "zh_hans") for name, value in values.items()}),
        zh_hant=_put(sentence.zh_hant, {name: _word(value, "zh_hant") for name, value in values.items()}),
        en=_put(sentence.en, {name: _word(value, "en") for name, value in values.items()}),
    )


def plain(text: str) -> Text:
    """Return words that are the same in every language."""
    return Text(zh_hans=text, zh_hant=text, en=text)


def _put(sentence: str, values: dict[str, str]) -> str:
    return sentence.format_map(values)


def _word(value: Text | str, language: str) -> str:
    return value if isinstance(value, str) else str(getattr(value, language))
