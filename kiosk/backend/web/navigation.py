"""The parts of the pages of staff, and who sees which."""

from __future__ import annotations

import msgspec

from kiosk.backend.web.staff import Role


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the navigation."""

    path: str
    title: str
    roles: tuple[Role, ...]


SECTIONS: tuple[Section, ...] = (
    Section(path="/window", title="综窗", roles=(Role.CLERK,)),
    Section(path="/window/deliveries", title="出件", roles=(Role.CLERK,)),
    Section(path="/window/queue", title="叫号", roles=(Role.CLERK,)),
    Section(path="/window/complaints", title="投诉与差评", roles=(Role.CLERK, Role.SUPERVISOR)),
    Section(path="/window/helping", title="帮办", roles=(Role.HELPER,)),
    Section(path="/operator", title="终端", roles=(Role.OPERATOR,)),
    Section(path="/operator/messages", title="屏幕消息", roles=(Role.OPERATOR,)),
    Section(path="/operator/money", title="缴费与短信", roles=(Role.OPERATOR, Role.SUPERVISOR)),
    Section(path="/operator/report", title="运行报告", roles=(Role.OPERATOR, Role.SUPERVISOR)),
    Section(path="/window/journal", title="操作记录", roles=(Role.SUPERVISOR,)),
)
"""In the order they are shown; the first one that somebody may open is where signing in leads."""
