"""Whether a licence is good on a day, and how that is said."""

from __future__ import annotations

from datetime import date

from kiosk.contract import LicenceState
from kiosk.forms import shown_date
from kiosk.words import Language, Text

SOON_DAYS = 90
IN_FORCE = frozenset({LicenceState.VALID, LicenceState.EXPIRING})

_WITHOUT_END = Text(zh_hans="有效，长期。", zh_hant="有效，長期。", en="Valid, without end.")
_VALID = Text(zh_hans="有效，到{day}为止。", zh_hant="有效，到{day}為止。", en="Valid until {day}.")
_EXPIRING = Text(
    zh_hans="{day}到期，还有 {days} 天。需要继续使用的，请在到期前办理延续或重新申请。",
    zh_hant="{day}到期，還有 {days} 天。需要繼續使用的，請在到期前辦理延續或重新申請。",
    en="Runs out on {day}, in {days} days. If you still need it, renew it or apply again before that.",
)
_LAST_DAY = Text(
    zh_hans="今天（{day}）到期。需要继续使用的，请今天办理延续或重新申请。",
    zh_hant="今天（{day}）到期。需要繼續使用的，請今天辦理延續或重新申請。",
    en="Runs out today, {day}. If you still need it, renew it or apply again today.",
)
_EXPIRED = Text(
    zh_hans="已于{day}到期，不能再使用。需要的，请重新申请。",
    zh_hant="已於{day}到期，不能再使用。需要的，請重新申請。",
    en="Ran out on {day} and cannot be used any more. Apply again if you need it.",
)
_REVOKED = Text(
    zh_hans="已撤销，不能再使用。理由：{reason} 对撤销不服的，可以依法申请行政复议或者提起行政诉讼。",
    zh_hant="已撤銷，不能再使用。理由：{reason} 對撤銷不服的，可以依法申請行政復議或者提起行政訴訟。",
    en="Revoked; it cannot be used any more. Reason: {reason} You may ask for administrative review or go to court.",
)
_END = "。.！!？?"


def state_of(issued_on: date, valid_until: date | None, day: date, *, is_revoked: bool) -> LicenceState:
    """Return the state on ``day``; a licence is good on its last day.

    Of a licence with a short life only the last quarter is "soon": a printout good for a month is not about to run out.
    """
    if is_revoked:
        return LicenceState.REVOKED
    if valid_until is None:
        return LicenceState.VALID
    left = (valid_until - day).days
    if left < 0:
        return LicenceState.EXPIRED
    soon = min(SOON_DAYS, (valid_until - issued_on).days // 4)
    return LicenceState.EXPIRING if left <= soon else LicenceState.VALID


def says(state: LicenceState, valid_until: date | None, day: date, reason: str) -> Text:
    """Return the state in a sentence, with what to do next."""
    if state is LicenceState.REVOKED:
        ended = reason if reason.endswith(tuple(_END)) else reason + "。"
        return _REVOKED.filled(reason=ended)
    if valid_until is None:
        return _WITHOUT_END
    left = (valid_until - day).days
    text = {LicenceState.EXPIRED: _EXPIRED, LicenceState.EXPIRING: _EXPIRING if left else _LAST_DAY}.get(state, _VALID)
    return Text(
        zh_hans=text.zh_hans.format(day=shown_date(valid_until, Language.ZH_HANS), days=left),
        zh_hant=text.zh_hant.format(day=shown_date(valid_until, Language.ZH_HANT), days=left),
        en=text.en.format(day=shown_date(valid_until, Language.EN), days=left),
    )
