"""Failures of pages: a page that says what happened and what to do next, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litestar import Request, Response

from kiosk.backend.problems import Code
from kiosk.backend.web.common import FormRefused, NotAllowed, SignInNeeded, cookie_of, new_cookie, set_cookie
from kiosk.backend.web.door import sign_in_page
from kiosk.backend.web.pages import render

_Failing = Callable[[Request[Any, Any, Any], Exception], Response[bytes]]

_PREFIXES = ("/window", "/operator", "/staff", "/m/")
_SAYS = {
    400: ("这份表没有读懂", "没有保存任何内容。请返回上一页，再提交一次。"),
    403: ("这个页面不归您办理", "如果工作需要，请大厅主管给您开通权限。"),
    404: ("没有找到这个页面", "地址可能输错了，或者它已经不在了，也可能不归您办理。"),
    405: ("这个地址不能这样打开", "请从页面上的按钮进入。"),
    413: ("内容太大", "没有保存任何内容。请删减以后再提交。"),
    429: ("操作太频繁", "请过一会儿再试。"),
    503: ("系统暂时很忙", "没有保存任何内容。请等几秒钟，再试一次。"),
}
_OTHERWISE = ("系统出了问题", "这次操作没有生效，也没有保存任何内容。请再试一次；还是不行，请联系运维人员。")
_FOREIGN_FORM = (
    "这份表不能提交",
    "它不是从您当前登录的页面发出的，可能是您在另一个标签页里重新登录过。没有保存任何内容。请返回并刷新页面，再提交一次。",
)


def failing(otherwise: _Failing) -> _Failing:
    """Return what answers failures: pages with a page, everything else as ``otherwise`` does."""

    def answer(request: Request[Any, Any, Any], failure: Exception) -> Response[Any]:
        match failure:
            case SignInNeeded():
                cookie = cookie_of(request) or new_cookie()
                page = sign_in_page(cookie, then=failure.then, kept=failure.kept, status=401)
                return set_cookie(request, page, cookie)
            case NotAllowed():
                return _page(403)
            case FormRefused():
                title, next_step = _FOREIGN_FORM
                return render("failure.html", {"title": title, "next_step": next_step}, 403)
            case _:
                return _translated(request, otherwise(request, failure))

    return answer


def _translated(request: Request[Any, Any, Any], told: Response[bytes]) -> Response[Any]:
    """Return the page for the problem document that ``told`` is, where a person with a browser asked."""
    path = request.scope.get("path", "")
    if not path.startswith(_PREFIXES):
        return told
    page = _page(told.status_code or 500)
    if "Retry-After" in told.headers:
        page.headers["Retry-After"] = told.headers["Retry-After"]
    return page


def _page(status: int) -> Response[str]:
    shown = Code.REQUEST_MALFORMED.status if status in {415, 422} else status
    title, next_step = _SAYS.get(shown, _OTHERWISE)
    return render("failure.html", {"title": title, "next_step": next_step}, status)
