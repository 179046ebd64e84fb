"""What the backend itself says to a citizen, in three languages; everything else is the catalogue's."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.words import Text

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
    zh_hant="您填寫的{names}和登記資訊不一致，由工作人員核對後答覆您。",
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
