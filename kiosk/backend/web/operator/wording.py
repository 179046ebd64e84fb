"""What the operator's pages call things."""

from __future__ import annotations

import msgspec

from kiosk.backend.terminals import ranks
from kiosk.contract import DeviceReport
from kiosk.words import Text

RANKS: dict[int, tuple[str, str]] = {
    ranks.SILENT: ("critical", "失去联系"),
    ranks.FAILED: ("critical", "有故障"),
    ranks.DEGRADED: ("caution", "需留意"),
    ranks.MAINTAINED: ("accent", "检修中"),
    ranks.OUT: ("accent", "暂停服务"),
    ranks.NEVER_SEEN: ("", "尚未报到"),
    ranks.GONE: ("", "已注销"),
    ranks.WELL: ("positive", "正常"),
}
"""Look and name of each, the worst first."""

PAPER = {"ok": "充足", "near-end": "快用完", "out": "已用完", "unknown": "—"}
DEVICES = {
    "id-reader": "身份证阅读器",
    "card-reader": "读卡器",
    "scanner": "扫码器",
    "camera": "高拍仪",
    "printer": "凭条打印机",
    "power": "备用电源",
    "headphones": "耳机插孔",
}
DEVICE_STATES = {
    "absent": "没有接上",
    "starting": "正在启动",
    "ready": "正常",
    "degraded": "部分可用",
    "failed": "故障",
}
EVENTS = {
    "code-made": "生成注册码",
    "door-code": "给出开门码",
    "enrolled": "注册",
    "out-of-service": "暂停服务",
    "in-service": "恢复服务",
    "revoked": "注销",
    "heard": "开始报到",
    "silent": "失去联系",
    "version": "版本变为",
    "catalogue": "事项目录变为",
    "paper": "纸张变为",
    "devices": "设备变为",
}
HOW = {"door": "本机目录", "code": "一次性注册码"}

CLOSED: dict[str, tuple[str, Text]] = {
    "repair": (
        "正在检修",
        Text(
            zh_hans="本机正在检修，请使用旁边的终端或到综合窗口办理。",
            zh_hant="本機正在檢修，請使用旁邊的終端或到綜合窗口辦理。",
            en="This terminal is being repaired. Please use another one nearby, or go to the service counter.",
        ),
    ),
    "paper": (
        "等待补充纸张",
        Text(
            zh_hans="本机正在等待补充纸张，请使用旁边的终端或到综合窗口办理。",
            zh_hant="本機正在等待補充紙張，請使用旁邊的終端或到綜合窗口辦理。",
            en="This terminal is waiting for paper. Please use another one nearby, or go to the service counter.",
        ),
    ),
    "site": (
        "场地暂不开放",
        Text(
            zh_hans="这里暂不开放，请到最近的政务服务中心办理。",
            zh_hant="這裡暫不開放，請到最近的政務服務中心辦理。",
            en="This place is closed for now. Please go to the nearest government service centre.",
        ),
    ),
    "other": (
        "其他原因",
        Text(
            zh_hans="本机暂停服务，请使用其他终端或到综合窗口办理。",
            zh_hant="本機暫停服務，請使用其他終端或到綜合窗口辦理。",
            en="This terminal is out of service. Please use another one, or go to the service counter.",
        ),
    ),
}
"""Why a terminal is put out of service: what the operator chooses, and what its screen says in three languages."""


def happened(kind: str, content: str) -> str:
    """Return the words of a line of a history."""
    said = EVENTS.get(kind, kind)
    match kind:
        case "devices":
            return f"{said}：{devices(msgspec.json.decode(content, type=tuple[DeviceReport, ...]))}"
        case "paper":
            return f"{said}：{PAPER.get(content, content)}"
        case "enrolled":
            return f"{said}（{HOW.get(content, content)}）"
        case _:
            return f"{said}：{content}" if content else said


def devices(reports: tuple[DeviceReport, ...]) -> str:
    """Return the devices that are not as they should be, in words."""
    troubled = [device(each) for each in reports if each.state not in ("ready", "starting")]
    return "、".join(troubled) or "全部正常"


def device(report: DeviceReport) -> str:
    """Return how a device is, in words."""
    cause = f"（{report.cause}）" if report.cause else ""
    return f"{DEVICES.get(report.kind, report.kind)}{DEVICE_STATES[report.state]}{cause}"
