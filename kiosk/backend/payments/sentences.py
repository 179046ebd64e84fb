"""What is said about fees."""

from __future__ import annotations

from kiosk.backend.payments import books
from kiosk.words import Text

PAYEE = Text(
    zh_hans="示例市政务服务非税收入专户",
    zh_hant="示例市政務服務非稅收入專戶",
    en="Example City, government fees",
)

BACK = {
    books.LATE: Text(
        zh_hans="{amount}在订单结束后才到，已原路退回，不用您做什么。",
        zh_hant="{amount}在訂單結束後才到，已原路退回，不用您做什麼。",
        en="{amount} came after the order had ended. It goes back the way it came; you need not do anything.",
    ),
    books.UNUSED: Text(
        zh_hans="缴费后没有提交申请，{amount}原路退回。要办的话请重新申请。",
        zh_hant="繳費後沒有提交申請，{amount}原路退回。要辦的話請重新申請。",
        en="Nothing was submitted after the payment: {amount} goes back the way it came. Apply again if you need it.",
    ),
    books.NOT_NEEDED: Text(
        zh_hans="提交的申请里没有这一项，{amount}原路退回。",
        zh_hant="提交的申請裡沒有這一項，{amount}原路退回。",
        en="The application did not have this item, so {amount} goes back the way it came.",
    ),
    books.NO_CASE: Text(
        zh_hans="这一项没有办成或已撤回，{amount}原路退回。",
        zh_hant="這一項沒有辦成或已撤回，{amount}原路退回。",
        en="This item was withdrawn or not granted, so {amount} goes back the way it came.",
    ),
}
"""Why money goes back, by reason."""

BACK_DONE = Text(
    zh_hans="退费 {amount} 已退回您付款的账户，一般当天到账。",
    zh_hant="退費 {amount} 已退回您付款的帳戶，一般當天到帳。",
    en="{amount} was paid back to the account you paid from, usually there the same day.",
)

WAITS = Text(
    zh_hans="申请已收到。这一项要先缴费 {amount}，请到终端打开「我的办件」缴费，缴完马上接着办。",
    zh_hant="申請已收到。這一項要先繳費 {amount}，請到終端打開「我的辦件」繳費，繳完馬上接著辦。",
    en="The application is here. Pay its fee of {amount} first, under “My cases” at a terminal; it goes on at once.",
)
"""Reason of a case that waits for its payment."""
