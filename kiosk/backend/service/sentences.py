"""What is said of complaints and of the way through a hall, in three languages."""

from __future__ import annotations

from kiosk.backend.applications.sentences import joined
from kiosk.words import Text

OFFICE = Text(zh_hans="政务服务管理机构", zh_hant="政務服務管理機構", en="The office in charge of government services")

RECEIVED = Text(
    zh_hans="已收到，由{department}答复。",
    zh_hant="已收到，由{department}答覆。",
    en="Received. {department} will answer.",
)
HANDED_ON = Text(
    zh_hans="已转交{department}答复，期限不变。",
    zh_hant="已轉交{department}答覆，期限不變。",
    en="Passed on to {department}, to be answered by the same day.",
)
ANSWERED = Text(
    zh_hans="{department}已答复。请说一说问题解决了没有。",
    zh_hant="{department}已答覆。請說一說問題解決了沒有。",
    en="{department} has answered. Please say whether that solves it.",
)
CLOSED = Text(zh_hans="您认可了答复，已办结。", zh_hant="您認可了答覆，已辦結。", en="You accepted the answer. Closed.")
REOPENED = Text(
    zh_hans="您说问题没有解决，已升级由主管人员重新办理。",
    zh_hant="您說問題沒有解決，已升級由主管人員重新辦理。",
    en="You said it is not solved. A supervisor now deals with it.",
)
CLOSED_UNSOLVED = Text(
    zh_hans="两次答复都没有解决您的问题。您可以拨打 12345 热线，或者依法申请行政复议、提起行政诉讼。",
    zh_hant="兩次答覆都沒有解決您的問題。您可以撥打 12345 熱線，或者依法申請行政復議、提起行政訴訟。",
    en="Two answers did not solve it. You can call the hotline 12345, or ask for administrative reconsideration or go "
    "to court.",
)
OVERDUE = Text(
    zh_hans="没有按期答复，对不起。已报主管人员督办。",
    zh_hant="沒有按期答覆，對不起。已報主管人員督辦。",
    en="It was not answered in time; we are sorry. A supervisor has been told.",
)
_ABOUT = Text(zh_hans="投诉 {number}：", zh_hant="投訴 {number}：", en="Complaint {number}:")
_WORDS = Text(zh_hans="您的话：{words}", zh_hant="您的話：{words}", en=" You said: {words}")


def by_department(template: Text, name: Text) -> Text:
    """Return ``template`` with the department's name in each language."""
    return Text(
        zh_hans=template.zh_hans.format(department=name.zh_hans),
        zh_hant=template.zh_hant.format(department=name.zh_hant),
        en=template.en.format(department=name.en),
    )


def about(says: Text, number: str) -> Text:
    """Return what a message about a complaint says."""
    return joined(_ABOUT.filled(number=number), says)


def with_words(says: Text, words: str) -> Text:
    """Return what is said, with the person's own words after it."""
    # not ``filled``: the words of a person may have braces
    return Text(
        zh_hans=says.zh_hans + _WORDS.zh_hans.replace("{words}", words),
        zh_hant=says.zh_hant + _WORDS.zh_hant.replace("{words}", words),
        en=says.en + _WORDS.en.replace("{words}", words),
    )
