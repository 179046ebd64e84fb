"""The documents of a case, filled with what the case says: licences where it was approved, notices where it goes on."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.backend.applications import documents, sentences
from kiosk.backend.applications.documents import Fields, day_text
from kiosk.backend.applications.life import Life
from kiosk.backend.signing import Signer
from kiosk.catalogue import Catalogue
from kiosk.contract import IssuedDocument
from kiosk.words import Text


class Papers:
    """Issues what a case gives in writing; each kind once a case."""

    def __init__(self, catalogue: Catalogue, signer: Signer) -> None:
        self._catalogue = catalogue
        self._signer = signer

    def notice(self, life: Life, kind: str, **says: Text | None) -> IssuedDocument:
        """Issue a procedural document; ``says`` is what it says beside number, item and applicant."""
        common: dict[str, Text | None] = {
            "case": sentences.plain(life.case.number),
            "item": life.case.item_name,
            "applicant": sentences.plain(life.applicant),
            "received_on": day_text(life.received_at.date()),
            "contact": sentences.plain(life.case.contact),
        }
        fields = documents.notice_fields(self._catalogue.licences[kind], common | says)
        return self._issue(life, kind, fields, is_notice=True)

    def licence(self, life: Life, output: Mapping[str, str | int] | None = None) -> tuple[IssuedDocument, ...]:
        """Issue the licence of an approved case, if its item gives one.

        Args:
            life: The case.
            output: What a person wrote on it, by name of its field, in place of what the review says.
        """
        kind = None if life.item is None else self._catalogue.licences.get(life.item.result.licence or "")
        if kind is None:
            return ()
        fields = documents.with_output(kind, life.kept.licence, output or {})
        return (self._issue(life, kind.id, fields),)

    def _issue(self, life: Life, kind: str, fields: Fields, *, is_notice: bool = False) -> IssuedDocument:
        return documents.issue(
            life.connection,
            self._signer,
            self._catalogue.licences[kind],
            # an item that has left the catalogue has no code any more; its cases are still answered in writing
            "0" * 12 if life.item is None else life.item.code,
            life.case.department,
            life.case.department_name,
            fields,
            resident=life.resident,
            case=life.case.number,
            at=life.now,
            is_notice=is_notice,
        )
