"""Why a page is asked and where its answer comes from, in plain sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kiosk import forms, saying
from kiosk.forms import About, Answer, Element, Ground
from kiosk.forms.model import Kind
from kiosk.forms.walking import COMPUTED
from kiosk.session.course import CITIZEN
from kiosk.session.state import Session
from kiosk.words import Language
from ui.models.page import Desk

translate = QCoreApplication.translate


def joined(names: list[str], language: Language) -> str:
    """Return names as a list in a sentence."""
    return (", " if language is Language.EN else "、").join(names)


def origin_named(desk: Desk, origin: str, language: Language) -> str:
    """Return where an answer came from, in plain words; nothing for one the citizen gave."""
    source, _, rest = origin.partition(".")
    match source:
        case "card":
            return translate("Origin", "身份证件")
        case "licence":
            licence = desk.catalogue.licences.get(rest.partition(".")[0])
            return licence.name.in_(language) if licence else translate("Origin", "您的证照")
        case "register":
            register = desk.catalogue.registers.get(rest.partition(".")[0])
            return register.name.in_(language) if register else translate("Origin", "部门登记信息")
        case "computed":
            return translate("Origin", "按您填的算出")
        case _:
            return ""


def answer_shown(desk: Desk, element: Element, answer: Answer, language: Language) -> str:
    """Return an answer as it may stand among other words: masked where it need not be read."""
    shown = forms.shown(element, answer.value, language, desk.catalogue.divisions)
    return grouped(element, forms.masked(shown, element.mask))


def grouped(element: Element, shown: str) -> str:
    """Return a long number in the groups it is said in, anything else as it is."""
    match element.kind:
        case Kind.PHONE:
            return saying.phone(shown)
        case Kind.BANK_CARD:
            return saying.card(shown)
        case _:
            return shown


def why_asked(desk: Desk, session: Session, about: About) -> list[str]:
    """Return why a page is asked: what for, by which items, and which earlier answer put it on the path."""
    language = session.language
    said = [] if about.why is None else [about.why.in_(language)]
    items = [desk.catalogue.items[item].name.in_(language) for item in about.asked_by if item in desk.catalogue.items]
    if items:
        said.append(translate("About", "办这些要用：{items}。").format(items=joined(items, language)))
    for reason in about.reasons:
        said += [_ground(desk, session, ground, holds=reason.holds) for ground in reason.grounds]
    if not about.reasons:
        said.append(translate("About", "办这件事的人都要填，不是只问您。"))
    return list(dict.fromkeys(said))


def _ground(desk: Desk, session: Session, ground: Ground, *, holds: bool | None) -> str:
    language = session.language
    title = ground.title.in_(language)
    if ground.element is None:
        count = len(session.answers.repeats.get(ground.page.id, ()))
        return translate("About", "因为“{title}”里有 {n} 项。").format(title=title, n=count)
    if ground.answer is None or holds is None:
        return translate("About", "“{title}”还不知道，所以先请您填上，免得漏了。").format(title=title)
    shown = answer_shown(desk, ground.element, ground.answer, language)
    origin = origin_named(desk, ground.answer.origin, language)
    if origin:
        return translate("About", "因为“{title}”是“{answer}”（{origin}）。").format(
            title=title, answer=shown, origin=origin
        )
    return translate("About", "因为您在“{title}”填的是“{answer}”。").format(title=title, answer=shown)


def where_from(desk: Desk, session: Session, about: About) -> list[str]:
    """Return where the answer comes from, or why nobody but the citizen can give it."""
    language = session.language
    said: list[str] = []
    names = list(dict.fromkeys(origin_named(desk, name, language) for name in about.known_from))
    sources = joined([name for name in names if name], language)
    if about.answer is not None and about.answer.origin == COMPUTED:
        grounds = joined([ground.title.in_(language) for ground in about.computed_from], language)
        said.append(translate("About", "这是按您填的“{titles}”算出来的，不用您填。").format(titles=grounds))
    elif about.answer is not None and about.answer.origin != CITIZEN:
        origin = origin_named(desk, about.answer.origin, language)
        said.append(translate("About", "来自{origin}，您可以改。").format(origin=origin))
    elif about.page in session.disputed:
        said.append(translate("About", "{sources}里有，但您说不对，所以请您自己填。").format(sources=sources))
    elif sources:
        said.append(translate("About", "本来可以从{sources}查到，这次没有查到，所以请您填。").format(sources=sources))
    else:
        said.append(translate("About", "各部门都没有登记这一项，只有您知道，所以请您填。"))
    if about.source:
        said.append(translate("About", "这一项照着“{source}”来填。").format(source=about.source))
    said.append(translate("About", "您填的只用来办这件事。"))
    return said
