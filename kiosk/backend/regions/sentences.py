"""What is said of cases that another city decides, in three languages."""

from __future__ import annotations

from kiosk.words import Text

SENT = Text(
    zh_hans="已收件，由{city}办理，{due} 前答复。办理单位：{office}，电话 {phone}。",
    zh_hant="已收件，由{city}辦理，{due} 前答覆。辦理單位：{office}，電話 {phone}。",
    en="Taken in, and decided by {city} until {due}: {office}, phone {phone}.",
)
ANSWERED = Text(
    zh_hans="{city}已答复：{reason}",
    zh_hant="{city}已答覆：{reason}",
    en="The answer of {city}: {reason}",
)
NOT_TAKEN = Text(
    zh_hans="对方系统没能自动收下，由工作人员和对方联系，按时答复您。",
    zh_hant="對方系統沒能自動收下，由工作人員和對方聯絡，按時答覆您。",
    en="The other city could not take it by itself; staff will talk to them and answer you in time.",
)
