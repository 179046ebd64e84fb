"""What a form that was kept for later still lacks of its materials, and putting a photograph into it from a phone."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from kiosk.backend.drafts import Drafts, quoted
from kiosk.backend.registers import Holder
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import schema
from kiosk.catalogue import Catalogue, Material, Obtained
from kiosk.contract import Draft, DraftRequest, SuppliedMaterial
from kiosk.forms import from_draft, holds


class Lacking(msgspec.Struct, frozen=True, kw_only=True):
    """A form that was kept, and what a phone can add to it."""

    draft: Draft
    materials: tuple[Material, ...]
    """To be photographed, in the order they are asked for."""


class Resuming:
    """Looks into forms that were kept, for the phone of their owner."""

    def __init__(self, settings: BackendSettings, catalogue: Catalogue, drafts: Drafts) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._drafts = drafts

    def look(self, connection: Connection, holder: Holder, identity: str) -> Lacking:
        """Return the form and what it lacks.

        Raises:
            RefusedRequestError: as ``Drafts.get``.
        """
        draft, _ = self._drafts.get(connection, holder, identity)
        today = self._settings.clock().date()
        matter = self._catalogue.merged(draft.matter, draft.items, today)
        answers, _ = from_draft(matter.form, draft.answers)
        given = {supplied.material for supplied in draft.materials}
        wanted = tuple(
            need.material
            for need in matter.materials
            if need.material.id not in given
            and need.material.obtained[0] is Obtained.SCAN
            # an unknown condition is no reason to photograph something that may not be needed
            and (need.when is None or holds(matter.form, need.when, answers, today))
        )
        return Lacking(draft=draft, materials=wanted)

    def put_in(self, connection: Connection, holder: Holder, identity: str, material: str, attachment: str) -> None:
        """Put a photograph into the form; one of the same material is replaced.

        Raises:
            RefusedRequestError: as ``Drafts.get`` and ``Drafts.put``; nothing was written.
        """
        table = schema.draft
        row = connection.execute(
            select(table.c.content, table.c.revision).where(table.c.id == identity, table.c.resident == holder.resident)
        ).one()
        kept = msgspec.json.decode(row.content, type=DraftRequest)
        others = tuple(each for each in kept.materials if each.material != material)
        photo = SuppliedMaterial(material=material, obtained=Obtained.SCAN.value, reference=attachment)
        changed = msgspec.structs.replace(kept, materials=(*others, photo))
        self._drafts.put(connection, holder, identity, changed, quoted(row.revision))
