"""What the phone pages say."""

from __future__ import annotations

from kiosk.contract import CaseState, LinkKind, TicketState
from kiosk.words import Language, Text


def _text(zh_hans: str, zh_hant: str, en: str) -> Text:
    return Text(zh_hans=zh_hans, zh_hant=zh_hant, en=en)


SAYS = {
    "brand": _text("一件事", "一件事", "OneThing"),
    "start": _text("开始", "開始", "Start"),
    "start_hint": _text(
        "点“开始”后，只有这部手机能继续。",
        "點「開始」後，只有這支手機能繼續。",
        "Once you start, only this phone can go on.",
    ),
    "valid_until": _text("有效到 {time}", "有效到 {time}", "Good until {time}"),
    "over_title": _text("这个二维码不能用了", "這個二維碼不能用了", "This code is no longer good"),
    "over_text": _text(
        "它可能已经过期，或者已经在另一部手机上打开。请在自助终端上重新显示二维码，再扫一次。",
        "它可能已經過期，或者已經在另一支手機上打開。請在自助終端上重新顯示二維碼，再掃一次。",
        "It may have run out, or another phone has opened it. Show a new one at the terminal and scan again.",
    ),
    "choose_photo": _text("拍照或选择照片", "拍照或選擇照片", "Take or choose a photograph"),
    "send_photo": _text("发送照片", "傳送照片", "Send the photograph"),
    "photo_hint": _text(
        "放平，四个角都拍进去，字要看得清。照片里的位置信息会被去掉。",
        "放平，四個角都拍進去，字要看得清。照片裡的位置資訊會被去掉。",
        "Lay it flat, all four corners in the picture, the letters sharp. The place where it was taken is removed.",
    ),
    "photo_missing": _text("请先选择一张照片。", "請先選擇一張照片。", "Choose a photograph first."),
    "photo_bad": _text(
        "这个文件不是照片，或者已经损坏。请重新拍一张。",
        "這個檔案不是照片，或者已經損壞。請重新拍一張。",
        "This file is no photograph, or it is damaged. Take another one.",
    ),
    "photo_large": _text(
        "照片太大（超过 20 MB）。请换一张小一点的。",
        "照片太大（超過 20 MB）。請換一張小一點的。",
        "The photograph is too large (over 20 MB). Choose a smaller one.",
    ),
    "photo_full": _text(
        "最多发送 12 张。多余的请在终端上拍摄。",
        "最多傳送 12 張。多餘的請在終端上拍攝。",
        "No more than 12. Take the rest at the terminal.",
    ),
    "photos_sent": _text("已发送 {count} 张", "已傳送 {count} 張", "{count} sent"),
    "finish": _text("发完了，回到终端", "傳完了，回到終端", "Done, back to the terminal"),
    "finished": _text("已完成", "已完成", "Done"),
    "finished_text": _text(
        "请看自助终端的屏幕继续。", "請看自助終端的螢幕繼續。", "Please go on at the terminal's screen."
    ),
    "save_pdf": _text("保存电子文件（PDF）", "儲存電子檔（PDF）", "Save as PDF"),
    "qr_hint": _text("出示给别人核验：", "出示給別人核驗：", "Show this to have it checked:"),
    "no_documents": _text("还没有可以保存的文件", "還沒有可以儲存的文件", "There is no document yet"),
    "no_documents_text": _text(
        "部门作出决定后，会发短信告诉您。",
        "部門作出決定後，會發簡訊告訴您。",
        "You will get a message when a department has decided.",
    ),
    "claim_hint": _text(
        "请在有效期内保存。以后可以在任何一台自助终端“我的”里再取。",
        "請在有效期內儲存。以後可以在任何一台自助終端「我的」裡再取。",
        "Save them before the time is over. Later you find them at any terminal under My space.",
    ),
    "kept_until": _text("为您保留到 {day}", "為您保留到 {day}", "Kept for you until {day}"),
    "answered": _text("已填 {count} 项", "已填 {count} 項", "{count} answers"),
    "again": _text("需要重新填写：", "需要重新填寫：", "To be answered again:"),
    "lacking": _text(
        "还缺这些材料，可以现在拍照：", "還缺這些材料，可以現在拍照：", "Still missing. You can photograph it now:"
    ),
    "nothing_lacking": _text("材料齐了", "材料齊了", "All materials are there"),
    "how_to_go_on": _text(
        "到任何一台自助终端，刷身份证，选“继续上次没办完的”。",
        "到任何一台自助終端，刷身分證，選「繼續上次沒辦完的」。",
        "At any terminal: lay down your card and choose to go on with what you kept.",
    ),
    "gone_title": _text("这份表不在了", "這份表不在了", "This form is not there any more"),
    "gone_text": _text(
        "它已经提交、删除或者过期。", "它已經提交、刪除或者過期。", "It was submitted, deleted, or its time is over."
    ),
    "progress_title": _text("查办件进度", "查辦件進度", "Where is my case?"),
    "progress_label": _text("办件编号", "辦件編號", "Case number"),
    "progress_hint": _text(
        "在回执上，例如 OT20261122-000123-4-01。",
        "在回執上，例如 OT20261122-000123-4-01。",
        "On your receipt, such as OT20261122-000123-4-01.",
    ),
    "progress_look": _text("查询进度", "查詢進度", "Look it up"),
    "progress_none": _text(
        "没有找到这个编号。请对照回执再输一次。",
        "沒有找到這個編號。請對照回執再輸一次。",
        "No case has this number. Compare it with your receipt.",
    ),
    "due": _text("最晚 {day} 办结", "最晚 {day} 辦結", "By {day} at the latest"),
    "ticket_ahead": _text("前面还有 {count} 人", "前面還有 {count} 人", "{count} people before you"),
    "ticket_wait": _text("大约 {least}–{most} 分钟", "大約 {least}–{most} 分鐘", "About {least} to {most} minutes"),
    "ticket_counter": _text("请到 {counter} 号窗口", "請到 {counter} 號窗口", "Please go to counter {counter}"),
    "ticket_way": _text("怎么走", "怎麼走", "The way"),
    "ticket_booked": _text("预约时间：{time}", "預約時間：{time}", "Your time: {time}"),
    "ticket_arrive": _text("我到了", "我到了", "I am here"),
    "ticket_back": _text("我回来了，重新排队", "我回來了，重新排隊", "I am back, queue again"),
    "ticket_cancel": _text("不排了，退号", "不排了，退號", "Give the ticket back"),
    "ticket_too_early": _text(
        "最早可以提前 30 分钟报到。", "最早可以提前 30 分鐘報到。", "You can say so from 30 minutes before your time."
    ),
}
"""By name; placeholders in braces."""

KINDS = {
    LinkKind.UPLOAD: _text("用手机拍材料", "用手機拍材料", "Photograph it with your phone"),
    LinkKind.CLAIM: _text("把结果存到手机", "把結果存到手機", "Keep your results on your phone"),
    LinkKind.RESUME: _text("没办完的表", "沒辦完的表", "The form you kept"),
}
STATES = {
    CaseState.SUBMITTED: _text("正在办理", "正在辦理", "Being worked on"),
    CaseState.APPROVED: _text("已通过", "已通過", "Approved"),
    CaseState.ACCEPTED: _text("已受理", "已受理", "Accepted, being worked on"),
    CaseState.INSPECTION_BOOKED: _text("已预约上门核查", "已預約上門核查", "A visit is booked"),
    CaseState.BOOKED: _text("已预约到场", "已預約到場", "An appointment is booked"),
    CaseState.REFERRED: _text("人工办理中", "人工辦理中", "With a member of staff"),
    CaseState.WAITING: _text("等您补材料", "等您補材料", "Waiting for you"),
    CaseState.REFUSED: _text("不予通过", "不予通過", "Refused"),
    CaseState.NOT_ACCEPTED: _text("不予受理", "不予受理", "Not accepted"),
    CaseState.WITHDRAWN: _text("已撤回", "已撤回", "Withdrawn"),
}
TICKETS = {
    TicketState.BOOKED: _text("已预约", "已預約", "Booked"),
    TicketState.WAITING: _text("排队中", "排隊中", "Waiting"),
    TicketState.CALLED: _text("正在叫您", "正在叫您", "It is your turn"),
    TicketState.DONE: _text("已办完", "已辦完", "Done"),
    TicketState.MISSED: _text("已过号", "已過號", "You were called and missed it"),
    TicketState.CANCELLED: _text("已退号", "已退號", "Given back"),
}


class Said:
    """The words of one language: in a template ``say("due", day=…)``."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, name: str, **values: object) -> str:
        """Return the words of ``name`` with its placeholders filled."""
        return SAYS[name].in_(self.language).format(**values)

    def of(self, text: Text) -> str:
        """Return a text of the catalogue in this language."""
        return text.in_(self.language)
