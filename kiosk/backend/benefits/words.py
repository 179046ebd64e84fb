"""What reminders say."""

from __future__ import annotations

from kiosk.words import Text

EXPIRES = Text(
    zh_hans="您的「{name}」{until}到期。请在到期前到窗口办理换发。",
    zh_hant="您的「{name}」{until}到期。請在到期前到窗口辦理換發。",
    en="Your “{name}” runs out on {until}. Have it renewed at a counter before.",
)
EXPIRES_RENEW = Text(
    zh_hans="您的「{name}」{until}到期。请在自助终端办理「{item}」。",
    zh_hant="您的「{name}」{until}到期。請在自助終端辦理「{item}」。",
    en="Your “{name}” runs out on {until}. Apply for “{item}” at a terminal.",
)
APPOINTMENT = Text(
    zh_hans="您约了{at}到{office}办理「{item}」，请带好材料准时到。",
    zh_hant="您約了{at}到{office}辦理「{item}」，請帶好材料準時到。",
    en="You have an appointment on {at} at {office} for “{item}”. Bring what was asked for.",
)
VISIT = Text(
    zh_hans="工作人员{at}上门查看「{item}」，请留人在场。",
    zh_hant="工作人員{at}上門查看「{item}」，請留人在場。",
    en="An inspector comes on {at} for “{item}”. Please have somebody there.",
)
DRAFT = Text(
    zh_hans="您没填完的「{name}」保留到{until}，到期会删除。请到自助终端接着填。",
    zh_hant="您沒填完的「{name}」保留到{until}，到期會刪除。請到自助終端接著填。",
    en="Your unfinished form “{name}” is kept until {until} and deleted then. Go on with it at a terminal.",
)
COLLECT = Text(
    zh_hans="办理结果可以领取了，保管到{until}。请带身份证去领。",
    zh_hant="辦理結果可以領取了，保管到{until}。請帶身份證去領。",
    en="Your result can be collected until {until}. Bring your ID card.",
)
COLLECT_ANY_TIME = Text(
    zh_hans="办理结果可以领取了。请带身份证去领。",
    zh_hant="辦理結果可以領取了。請帶身份證去領。",
    en="Your result can be collected. Bring your ID card.",
)
BASKET = Text(zh_hans="自由组合办理", zh_hant="自由組合辦理", en="Services put together freely")
