"""View models of materials, camera and promise."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.model import MaterialNeed, Obtained
from kiosk.session import events, gathering
from kiosk.session.having import Mend
from kiosk.session.state import LOST, Session
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows
from ui.models.ways import way_named

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class MaterialRow:
    """A material and how far it has come."""

    material: str
    title: str
    stand: str
    """``there``, ``open`` or ``deferred``"""
    how: str
    action: str
    """``scan``, ``promise``, or nothing to do"""
    deferrable: bool


@QmlElement
class MaterialsModel(PageModel):
    """View model of the list of materials."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._asked = Rows(MaterialRow, self)
        self._spared = Rows(MaterialRow, self)
        self._open = 0
        self._supplement = False

    def show(self, session: Session) -> None:
        """Show ``session``."""
        there = gathering.supplied(session)
        rows: list[MaterialRow] = []
        for need in gathering.needed(session):
            given = there.get(need.material.id)
            way = gathering.way(session, need)
            action = "" if way in gathering.AUTOMATIC else ("promise" if way is Obtained.COMMITMENT else "scan")
            if given is None:
                stand, how = "open", self._wanted(session, need, way)
            elif given.deferred:
                stand, how = "deferred", self.tr("稍后补交")
            else:
                stand, how = "there", self._found(session, need) or way_named(Obtained(given.obtained))
            rows.append(
                MaterialRow(
                    material=need.material.id,
                    title=need.material.name.in_(session.language),
                    stand=stand,
                    how=how,
                    action=action,
                    deferrable=need.deferrable,
                )
            )
        self._asked.show([row for row in rows if row.action])
        self._spared.show([row for row in rows if not row.action])
        self._open = len(gathering.missing(session))
        self._supplement = session.mending is not None and session.mending.kind is Mend.SUPPLEMENT
        self.changed.emit()

    def _found(self, session: Session, need: MaterialNeed) -> str:
        for found in session.found:
            if found.material == need.material.id and need.material.id not in session.supplied:
                way = way_named(Obtained(found.obtained))
                return self.tr("{way}：{title}").format(way=way, title=found.title.in_(session.language))
        return ""

    def _wanted(self, session: Session, need: MaterialNeed, way: Obtained) -> str:
        if way is Obtained.COMMITMENT:
            return self.tr("写个承诺就行，不用交材料")
        return self.says(session, need.material.hint) or self.tr("请放到镜头下面拍照")

    @Property(QObject, constant=True)
    def asked(self) -> QObject:
        """``MaterialRow``s that the citizen photographs or promises."""
        return self._asked

    @Property(QObject, constant=True)
    def spared(self) -> QObject:
        """``MaterialRow``s that need nothing of the citizen."""
        return self._spared

    @Property(bool, notify=changed)
    def supplement(self) -> bool:
        """Whether they were asked for after it was filed (补正)."""
        return self._supplement

    @Property(int, notify=changed)
    def open(self) -> int:
        """How many are still to be given."""
        return self._open

    @Slot(str)
    def choose(self, material: str) -> None:
        """Photograph or promise this one."""
        self.post(events.MaterialChosen(material=material))

    @Slot(str)
    def defer(self, material: str) -> None:
        """Hand this one in later."""
        self.post(events.MaterialDeferred(material=material))

    @Slot()
    def next(self) -> None:
        """The next one, or on to the review."""
        self.post(events.Next())


class _OneMaterial(PageModel):
    """A page about one material."""

    def need(self, session: Session) -> MaterialNeed | None:
        """Return the material that the page is about."""
        for need in gathering.needed(session):
            if need.material.id == session.material:
                return need
        return None


@QmlElement
class CameraModel(_OneMaterial):
    """View model of the page where a material is photographed."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._need: MaterialNeed | None = None

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        self._need = self.need(session)
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        """Name of the material."""
        return self.says(self._session, self._need.material.name if self._need else None)

    @Property(str, notify=changed)
    def hint(self) -> str:
        """How it looks and where people have it."""
        return self.says(self._session, self._need.material.hint if self._need else None)

    @Property(bool, notify=changed)
    def cameraReady(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether a live picture comes."""
        return self._session.works("camera")

    @Property(bool, notify=changed)
    def lost(self) -> bool:
        """Whether no picture can come: the camera is not there, or broken."""
        return self._session.picture is None and self._session.devices.get("camera") in LOST

    @Property(bool, notify=changed)
    def taken(self) -> bool:
        """Whether a photograph is shown instead of the live picture."""
        return self._session.picture is not None

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether the photograph is being taken or stored."""
        return bool(self._session.busy)

    @Property(bool, notify=changed)
    def deferrable(self) -> bool:
        """Whether it may be handed in later."""
        return self._need is not None and self._need.deferrable

    @Slot()
    def take(self) -> None:
        """Photograph it now."""
        self.post(events.PictureWanted())

    @Slot()
    def again(self) -> None:
        """Photograph it again."""
        self.post(events.PictureRejected())

    @Slot()
    def keep(self) -> None:
        """Use this photograph."""
        self.post(events.PictureKept())

    @Slot()
    def defer(self) -> None:
        """Hand it in later."""
        self.post(events.MaterialDeferred(material=self._session.material))


@QmlElement
class PromiseModel(_OneMaterial):
    """View model of the page where a promise takes the place of a material."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._title = ""
        self._text = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        need = self.need(session)
        self._title = self.says(session, need.material.name if need else None)
        self._text = self.says(session, need.material.promise if need else None)
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        """Name of the material."""
        return self._title

    @Property(str, notify=changed)
    def text(self) -> str:
        """What is promised."""
        return self._text

    @Slot()
    def promise(self) -> None:
        """I promise."""
        self.post(events.Promised())
