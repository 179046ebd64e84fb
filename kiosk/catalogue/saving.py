"""What the merge spares a citizen, against filing the items one by one as their guides are published.

The baseline is never our own unmerged questions: it is the list of fields and materials that each item's department
publishes. What two items both ask for is counted twice there, as it is filled in twice when they are filed one by one.
"""

from __future__ import annotations

from collections.abc import Collection

from kiosk import forms
from kiosk.catalogue.model import Matter, Obtained, Saving
from kiosk.forms import Answers, PageRef

CITIZEN = "citizen"


def saving(matter: Matter, answers: Answers, known: Collection[str], materials_replaced: Collection[str]) -> Saving:
    """Return what the merge spares.

    Args:
        matter: The matter. Where every entry of a repeat makes an application of its own, each counts.
        answers: The answers so far; they make the path. An answer that came from a source counts as known.
        known: Elements that need not be answered besides, because they are known.
        materials_replaced: Materials that need not be given, because a licence, a register or a promise replaces them.
            Generated ones need not be named here.
    """
    form, today = matter.form, matter.today
    times = 1 if matter.per is None else max(1, len(forms.entries(form, answers, matter.per)))
    pages = [page for page in forms.path(form, answers, today) if forms.repeat_of(form, page) is None]
    asked = [page for page in pages if not _is_known(answers, page, known)]
    needed = [
        need
        for need in matter.materials
        if need.when is None or forms.holds(form, need.when, answers, today) is not False
    ]
    given = [
        need
        for need in needed
        if Obtained.GENERATED not in need.material.obtained and need.material.id not in materials_replaced
    ]
    return Saving(
        fields_before=times * sum(len(item.guide.fields) for item in matter.items),
        fields_asked=len(asked),
        fields_known=len(pages) - len(asked),
        materials_before=times * sum(len(item.guide.materials) for item in matter.items),
        materials_asked=len(given),
        materials_replaced=len(needed) - len(given),
        materials_shared=sum(len(need.asked_by) - 1 for need in needed),
    )


def _is_known(answers: Answers, page: PageRef, known: Collection[str]) -> bool:
    if page.repeat is None and page.id in known:
        return True
    answer = forms.answer_of(answers, page)
    return answer is not None and answer.origin != CITIZEN
