"""What is said about entitlements and reminders."""

from __future__ import annotations

from kiosk.backend.applications.sentences import put
from kiosk.catalogue import Catalogue
from kiosk.catalogue.tables import Decision, titles_of
from kiosk.words import Text

PURPOSE = "entitlements"
"""Under which registers are asked; a word of the ledger."""

UNKNOWN = Text(zh_hans="没有查到", zh_hant="沒有查到", en="Not known")

INCOMPLETE = Text(
    zh_hans="您符合条件，但办理还要您补几项信息。请点「申请」，填好就能办。",
    zh_hant="您符合條件，但辦理還要您補幾項資訊。請點「申請」，填好就能辦。",
    en="You are entitled, and a few things still have to be asked. Choose “Apply” and answer them.",
)
TAKEN = Text(
    zh_hans="您已经领取，不用再办。到「我的办件」里看进度。",
    zh_hant="您已經領取，不用再辦。到「我的辦件」裡看進度。",
    en="You have taken this already. See “My cases” for where it is.",
)
CONFLICT = Text(
    zh_hans="您领取了一项不能和它同时享受的政策。想改领这一项，请点「申请」，由工作人员办理。",
    zh_hant="您領取了一項不能和它同時享受的政策。想改領這一項，請點「申請」，由工作人員辦理。",
    en="You have taken something that excludes this. To change over, choose “Apply”: a member of staff looks after it.",
)
_PERHAPS = Text(
    zh_hans="您可能符合条件，还没有查到：{names}。请点「申请」，由工作人员核实。",
    zh_hant="您可能符合條件，還沒有查到：{names}。請點「申請」，由工作人員核實。",
    en="You may be entitled; not known yet: {names}. Choose “Apply”, and a member of staff checks it.",
)
TOLD = Text(
    zh_hans="您可以领取「{name}」（{gives}），不用交材料。请到自助终端打开「我能享受的政策」确认。",
    zh_hant="您可以領取「{name}」（{gives}），不用交材料。請到自助終端打開「我能享受的政策」確認。",
    en="You can have “{name}” ({gives}) without any papers. Open “What I am entitled to” at a terminal to confirm.",
)


def perhaps(catalogue: Catalogue, decision: Decision) -> Text:
    """Return what is not known about somebody who may be entitled."""
    titles = titles_of(catalogue.elements, catalogue.repeats)
    found = [titles[name] for name in decision.missing if name in titles]
    names = Text(
        zh_hans="、".join(each.zh_hans for each in found),
        zh_hant="、".join(each.zh_hant for each in found),
        en=", ".join(each.en for each in found),
    )
    return put(_PERHAPS, names=names)
