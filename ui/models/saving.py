"""What a matter takes and what it spares, in plain words: before anything is known, and as it came out."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from kiosk.catalogue import Catalogue
from kiosk.catalogue.model import Matter, Obtained, Saving
from kiosk.forms import Answers, Question
from kiosk.session import gathering
from kiosk.session.state import Session

translate = QCoreApplication.translate

REPLACING = (Obtained.GENERATED, Obtained.LICENCE, Obtained.REGISTER, Obtained.COMMITMENT)
"""Ways by which a material need not be brought."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What is said of it."""

    spared: str
    """The same in one line."""
    saving: str
    """Against the published guides; empty when nothing is spared."""
    questions: str
    """How much is asked."""


def expected(catalogue: Catalogue, matter: Matter, answers: Answers) -> Said:
    """Return what to expect of a matter before anybody is known: what registers usually know, and licences replace."""
    known = [
        page.element.id
        for page in matter.form.pages
        if isinstance(page, Question) and page.element.known_from and page.element.id not in answers.single
    ]
    replaced = [need.material.id for need in matter.materials if set(need.material.obtained).intersection(REPLACING)]
    saving = catalogue.saving(matter, answers, known=known, materials_replaced=replaced)
    answered = len(answers.single)
    count = saving.fields_asked + saving.fields_known - answered
    return Said(
        spared=spared(saving, surely=False), saving=_expected(saving), questions=_questions(count, saving.fields_known)
    )


def spared(saving: Saving, *, surely: bool = True) -> str:
    """Return the whole in one line: how many fields and papers less; empty when nothing is spared.

    Args:
        saving: What was counted.
        surely: It came out so; otherwise it is expected.
    """
    fields = max(0, saving.fields_before - saving.fields_asked)
    papers = max(0, saving.materials_before - saving.materials_asked)
    if not fields and not papers:
        return ""
    if not papers:
        said = translate("Saving", "本次少填 {fields} 项") if surely else translate("Saving", "大约少填 {fields} 项")
    elif not fields:
        said = (
            translate("Saving", "本次少交 {papers} 份材料")
            if surely
            else translate("Saving", "大约少交 {papers} 份材料")
        )
    elif surely:
        said = translate("Saving", "本次少填 {fields} 项，少交 {papers} 份材料")
    else:
        said = translate("Saving", "大约少填 {fields} 项，少交 {papers} 份材料")
    return said.format(fields=fields, papers=papers)


def counted(catalogue: Catalogue, session: Session, matter: Matter) -> Saving:
    """Return what was spared by what the session has: what was known, and what replaced a paper."""
    there = gathering.supplied(session)
    replaced = [given.material for given in there.values() if given.obtained != Obtained.SCAN]
    known = [element for element, answer in session.answers.single.items() if answer.origin != "citizen"]
    return catalogue.saving(matter, session.answers, known=known, materials_replaced=replaced)


def came_out(saving: Saving) -> str:
    """Return what was spared in the end; empty when nothing was."""
    words = []
    if saving.fields_before > saving.fields_asked:
        said = translate("Saving", "要填的：逐项办要填 {before} 项，这次您一项也没填。")
        if saving.fields_asked:
            said = translate("Saving", "要填的：逐项办要填 {before} 项，这次您只填了 {now} 项。")
        words.append(said.format(before=saving.fields_before, now=saving.fields_asked))
    if saving.materials_before > saving.materials_asked:
        said = translate("Saving", "要交的：逐项办要交 {before} 份，这次您一份也不用交。")
        if saving.materials_asked:
            said = translate("Saving", "要交的：逐项办要交 {before} 份，这次您只交 {now} 份。")
        words.append(said.format(before=saving.materials_before, now=saving.materials_asked))
    return "\n".join(words)


def _expected(saving: Saving) -> str:
    words = []
    if saving.fields_before > saving.fields_asked:
        now = saving.fields_asked
        words.append(
            translate("Saving", "要填的：逐项办要填 {before} 项，在这里约 {now} 项。").format(
                before=saving.fields_before, now=now
            )
            if now
            else translate("Saving", "要填的：逐项办要填 {before} 项，在这里多半不用填。").format(
                before=saving.fields_before
            )
        )
    if saving.materials_before > saving.materials_asked:
        now = saving.materials_asked
        words.append(
            translate("Saving", "要交的：逐项办要交 {before} 份，在这里 {now} 份，别的不用带。").format(
                before=saving.materials_before, now=now
            )
            if now
            else translate("Saving", "要交的：逐项办要交 {before} 份，在这里多半都不用带。").format(
                before=saving.materials_before
            )
        )
    return "\n".join(words)


def _questions(count: int, ready: int) -> str:
    if count <= 0:
        return translate("Saving", "不用填")
    if ready == 0:
        return translate("Saving", "约 {n} 个问题").format(n=count)
    if ready >= count:
        return translate("Saving", "约 {n} 个问题，多半不用填，核对就行").format(n=count)
    return translate("Saving", "约 {n} 个问题，其中 {ready} 个多半不用填").format(n=count, ready=ready)
