"""Making a page: templates, the headers every page leaves with, files that pages need.

No script and no style stands in a page itself, and nothing comes from elsewhere: the policy (CSP) says so to the
browser, and whatever text a citizen wrote is text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from litestar import MediaType, Response, get
from litestar.handlers import BaseRouteHandler
from litestar.openapi.datastructures import ResponseSpec

from kiosk.backend.http.common import Name
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.forms import shown_amount, shown_date
from kiosk.words import Language, Text

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"

_ALLOWED = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
POLICY = "; ".join(f"{what} {whence}" for what, whence in _ALLOWED.items())
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # not no-referrer: a form would then say that it comes from "null"
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
}
"""Of every page: personal data stays out of caches, frames and other sites."""

_MEDIA = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8"}
_YEAR_S = 31_536_000
_WEEKDAYS = "一二三四五六日"

Html = Response[str]


def render(template: str, values: Mapping[str, Any], status: int = 200) -> Html:
    """Return the page that ``template`` makes of ``values``."""
    text = _environment().get_template(template).render(values)
    return Response(text, status_code=status, media_type=MediaType.HTML, headers=dict(HEADERS))


def see_other(path: str, **query: str) -> Html:
    """Send the browser on to ``path``, one of ours: after a form, so that reloading does not send it again."""
    asked = urlencode({name: value for name, value in query.items() if value})
    location = quote(path, safe="/?&=%+-._~:,#") + (f"?{asked}" if asked else "")
    return Response("", status_code=303, media_type=MediaType.HTML, headers={**HEADERS, "Location": location})


def asset(name: str) -> str:
    """Return the path of a file of ``static``; another one when the file changes, so that it may be kept for long."""
    return f"/web/{_asset_version(name)}/{name}"


@get(
    "/web/{version:str}/{name:str}",
    include_in_schema=False,
    responses={200: ResponseSpec(str, description="A file of the pages")},
)
async def static_file(version: Name, name: Name) -> Response[bytes]:
    """Return a style sheet or a picture of the pages; only what lies in ``static``."""
    if name not in _files():
        raise RefusedRequestError(Code.NOT_FOUND)
    kept = f"public, max-age={_YEAR_S}, immutable" if version == _asset_version(name) else "no-cache"
    return Response(
        _files()[name],
        media_type=_MEDIA[Path(name).suffix],
        headers={"Cache-Control": kept, "X-Content-Type-Options": "nosniff"},
    )


HANDLERS: tuple[BaseRouteHandler, ...] = (static_file,)


@cache
def _files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in STATIC.iterdir() if path.suffix in _MEDIA}


@cache
def _asset_version(name: str) -> str:
    return hashlib.sha256(_files()[name]).hexdigest()[:12]


@cache
def _environment() -> Environment:
    # only who opens a page pays for this import
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    made.filters |= {"zh": chinese, "day": day, "moment": moment, "clock": clock, "fen": fen, "cut": cut}
    return made


def chinese(text: Text | str | None) -> str:
    """Return the Chinese words of ``text``."""
    return text.zh_hans if isinstance(text, Text) else text or ""


def day(value: date | None) -> str:
    """Return ``2026年11月23日 周一``."""
    if value is None:
        return ""
    on = value.date() if isinstance(value, datetime) else value
    return f"{shown_date(on, Language.ZH_HANS)} 周{_WEEKDAYS[on.weekday()]}"


def moment(value: datetime | None) -> str:
    """Return ``2026年11月23日 10:05``."""
    return "" if value is None else f"{shown_date(value.date(), Language.ZH_HANS)} {value:%H:%M}"


def clock(value: datetime | None) -> str:
    """Return ``10:05``."""
    return "" if value is None else f"{value:%H:%M}"


def fen(value: int) -> str:
    """Return an amount as people write it."""
    return shown_amount(value, Language.ZH_HANS)


def cut(value: str, chars: int) -> str:
    """Return at most ``chars`` characters."""
    return value if len(value) <= chars else value[: chars - 1] + "…"
