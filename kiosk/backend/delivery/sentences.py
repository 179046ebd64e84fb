"""What is told of deliveries, and what the phone pages say, in three languages."""

from __future__ import annotations

from datetime import date

from kiosk.contract import CollectionPoint
from kiosk.forms import shown_date
from kiosk.words import Language, Text

POSTED = Text(
    zh_hans="办理结果已寄出，快递单号 {tracking}。",
    zh_hant="辦理結果已寄出，快遞單號 {tracking}。",
    en="Your result was posted. Parcel number {tracking}.",
)
WENT_BACK = Text(
    zh_hans="办理结果超过保管期没有领取，已退回办理部门。可以在“我的办件”里重新选择送达方式。",
    zh_hant="辦理結果超過保管期沒有領取，已退回辦理部門。可以在「我的辦件」裡重新選擇送達方式。",
    en="Your result was not collected in time and went back to the department. Under My cases you can choose again.",
)
_TO_COLLECT = Text(
    zh_hans="办理结果已送到{point}（{address}），取件码 {code}，保管到 {day}。",
    zh_hant="辦理結果已送到{point}（{address}），取件碼 {code}，保管到 {day}。",
    en="Your result is at {point}, {address}. Code {code}. It is kept until {day}.",
)


def to_collect(point: CollectionPoint, code: str, keep_until: date) -> Text:
    """Return where to collect a result, with which code, until when."""
    return Text(
        zh_hans=_TO_COLLECT.zh_hans.format(
            point=point.name.zh_hans,
            address=point.address.zh_hans,
            code=code,
            day=shown_date(keep_until, Language.ZH_HANS),
        ),
        zh_hant=_TO_COLLECT.zh_hant.format(
            point=point.name.zh_hant,
            address=point.address.zh_hant,
            code=code,
            day=shown_date(keep_until, Language.ZH_HANT),
        ),
        en=_TO_COLLECT.en.format(
            point=point.name.en, address=point.address.en, code=code, day=shown_date(keep_until, Language.EN)
        ),
    )
