"""What somebody has already been granted and may be granted only once, or once a year.

A register of what is paid learns of our own approvals late; what stands in our own books is known at once. Whoever has
it is not refused: a person looks (个人信息保护法 第二十四条).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlalchemy import select

from kiosk.backend.applications.life import Life
from kiosk.backend.storage import schema
from kiosk.catalogue import Catalogue
from kiosk.catalogue.policies import Period, Policy
from kiosk.contract import Case, CaseState


def granted_once(catalogue: Catalogue, policies: Mapping[str, Policy]) -> dict[str, Period]:
    """Return the items that are granted once in a period: those of policies, without what each of a list is granted."""
    per_entry = {used.item for theme in catalogue.one_things.values() if theme.per is not None for used in theme.items}
    return {policy.item: policy.period for policy in policies.values() if policy.item not in per_entry}


def stands(one: Life, period: Period) -> bool:
    """Return whether the applicant has been granted the same before, in the period of today, and has it still."""
    case, filed = schema.case.c, schema.application.c
    since = datetime(one.now.year, 1, 1, tzinfo=one.now.tzinfo).timestamp() if period is Period.YEAR else 0.0
    earlier = one.connection.execute(
        select(case.content)
        .join(schema.application, filed.id == case.application)
        .where(
            filed.resident == one.resident,
            filed.id != one.application,
            case.item == one.case.item,
            case.state == CaseState.APPROVED.value,
            case.decided_at >= since,
        )
    ).scalars()
    return any(not msgspec.json.decode(content, type=Case).revoked for content in earlier)
