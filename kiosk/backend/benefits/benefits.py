"""免申即享: what somebody is entitled to, and taking it with one confirmation.

A policy is an item that facts alone decide. To look is to pull those facts for this purpose, in the ledger first; to
take it is to file the item with the facts as answers, through the same submission as everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from kiosk.backend.applications.dossier import read
from kiosk.backend.applications.submission import Submissions, Taken
from kiosk.backend.benefits.facts import values_of
from kiosk.backend.benefits.sentences import CONFLICT, INCOMPLETE, PURPOSE, TAKEN, UNKNOWN, perhaps
from kiosk.backend.benefits.telling import gives, shown_facts
from kiosk.backend.facts import Knowledge
from kiosk.backend.notices.kinds import ENTITLEMENT
from kiosk.backend.notices.notices import is_wanted
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.registers import Answered, Holder, Known, Pull, record
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, insert_if_new, schema
from kiosk.catalogue import Catalogue, Item, Obtained
from kiosk.catalogue.policies import (
    Period,
    Policy,
    Standing,
    answers_of,
    judge,
    looked_at,
    names_of,
)
from kiosk.catalogue.tables import Decision
from kiosk.contract import (
    Account,
    Application,
    ApplicationRequest,
    CaseState,
    Entitlement,
    EntitlementAcceptance,
    Entitlements,
    EntitlementState,
    SuppliedMaterial,
)
from kiosk.forms import Answer, Answers, Kind, Value, from_json, to_wire

__all__ = ["Benefits"]

CARD, COMPANY = "social-security-card", "company-account"
"""``Account.id`` of accounts that registers know: of the social security card, and of a company at the tax office."""
_OF = {CARD: "person.bank_card", COMPANY: "account.number"}


class _Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One policy, looked at."""

    policy: Policy
    standing: Standing
    decision: Decision
    complete: bool = True
    """Nothing but the account would have to be asked."""


class Benefits:
    """Entitlements."""

    def __init__(
        self,
        settings: BackendSettings,
        catalogue: Catalogue,
        database: Database,
        knowledge: Knowledge,
        submissions: Submissions,
        policies: Mapping[str, Policy],
    ) -> None:
        """Make it over the policies beside the catalogue."""
        self._settings = settings
        self._catalogue = catalogue
        self._database = database
        self._knowledge = knowledge
        self._submissions = submissions
        self.policies = policies

    async def entitlements(self, holder: Holder, notice: str) -> Entitlements:
        """Return what the verified person is entitled to; what was asked for it stands in the ledger."""
        now = self._settings.clock()
        first = self._pull(holder, notice, self._first(), "facts")
        await self._database.write(lambda connection: record(connection, first, now))
        told = await self._database.read(lambda _: self._knowledge.ask((first,), now))
        maybe = self._judged(told, now)
        second = self._pull(holder, notice, self._second(maybe), "facts")
        if second.names:
            await self._database.write(lambda connection: record(connection, second, now))
            more = await self._database.read(lambda _: self._knowledge.ask((second,), now))
            told = _joined(told, more)
        return await self._database.read(partial(self._shown, holder=holder, told=told, maybe=maybe, now=now))

    def newly_entitled(self, connection: Connection, holder: Holder, notice: str, now: datetime) -> tuple[Policy, ...]:
        """Return what a person who agreed to be looked for can take now; in a transaction that writes."""
        first = self._pull(holder, notice, self._first(), "entitlements")
        record(connection, first, now)
        told = self._knowledge.ask((first,), now)
        maybe = [seen for seen in self._judged(told, now) if seen.standing is Standing.ENTITLED]
        second = self._pull(holder, notice, self._second(maybe), "entitlements")
        if second.names:
            record(connection, second, now)
            told = _joined(told, self._knowledge.ask((second,), now))
        taken = self._taken(connection, holder.resident, now)
        return tuple(
            seen.policy
            for seen in self._completed(connection, maybe, told, holder, now)
            if seen.complete and not _is_excluded(self.policies, seen.policy, taken)
        )

    def accept(
        self,
        connection: Connection,
        holder: Holder,
        key: UUID,
        policy_id: str,
        request: EntitlementAcceptance,
        verified_at: datetime,
    ) -> Taken:
        """Take a policy: an application, decided at once; or what was answered when it was taken with this key.

        Raises:
            RefusedRequestError: ``NOT_FOUND``; ``ENTITLEMENT_TAKEN`` with the application's number;
                ``ENTITLEMENT_ACCOUNT``; ``ENTITLEMENT_NOT``. Nothing was written.
        """
        policy = self.policies.get(policy_id)
        if policy is None:
            raise RefusedRequestError(Code.NOT_FOUND)
        now = self._settings.clock()
        taken = self._taken(connection, holder.resident, now)
        if policy.id in taken:
            return self._again(connection, holder, key, taken[policy.id])
        if _is_excluded(self.policies, policy, taken):
            raise RefusedRequestError(Code.ENTITLEMENT_NOT)
        item = self._catalogue.items[policy.item]
        pull = self._pull(holder, request.notice, self._all(item), "submission")
        record(connection, pull, now)
        told = _with_identity(connection, holder, self._knowledge.ask((pull,), now), now)
        filed, account = self._filing(policy, told, holder, request, now)
        try:
            answered = self._submissions.take(connection, holder, key, filed, verified_at, confirmed=True)
        except RefusedRequestError as refusal:
            if refusal.code is not Code.APPLICATION_INVALID:
                raise
            own = _account_of(item)
            is_account = bool(own) and any(own in error.pointer for error in refusal.errors)
            code = Code.ENTITLEMENT_ACCOUNT if is_account else Code.ENTITLEMENT_NOT
            raise RefusedRequestError(code) from refusal
        application = msgspec.json.decode(answered.body, type=Application)
        if application.cases[0].state is not CaseState.APPROVED:
            # rolled back with everything else: what a person has to look at is applied for, not taken
            raise RefusedRequestError(Code.ENTITLEMENT_NOT)
        table = schema.application.c
        identity = connection.execute(select(table.id).where(table.number == application.number)).scalar_one()
        amount = application.cases[0].output.get("amount_fen")
        values = {
            "resident": holder.resident,
            "policy": policy.id,
            "period": _period(policy, now),
            "application": identity,
            "account": account,
            "amount_fen": amount if isinstance(amount, int) else None,
            "at": now.timestamp(),
        }
        if not insert_if_new(connection, schema.entitlement, values):
            raise RefusedRequestError(Code.ENTITLEMENT_TAKEN)
        return answered

    def _again(self, connection: Connection, holder: Holder, key: UUID, number: str) -> Taken:
        """Return what was answered under ``key``, if that was this application."""
        table = schema.idempotency
        query = select(table.c.status, table.c.response).where(
            table.c.resident == holder.resident, table.c.key == str(key)
        )
        row = connection.execute(query).one_or_none()
        if row is None or msgspec.json.decode(row.response, type=Application).number != number:
            raise RefusedRequestError(Code.ENTITLEMENT_TAKEN, number)
        return Taken(status=row.status, body=row.response.encode())

    def _filing(
        self, policy: Policy, told: Answered, holder: Holder, request: EntitlementAcceptance, now: datetime
    ) -> tuple[ApplicationRequest, str]:
        """Return the application that a confirmation makes of the facts, and where the money goes, masked."""
        item = self._catalogue.items[policy.item]
        matter = self._catalogue.matter(item.id, Answers(), now.date())
        facts = values_of((self._catalogue.elements[need.element] for need in item.needs), told)
        answers = answers_of(matter.form, facts, now.date())
        account = ""
        if policy.pays:
            answers, account = self._with_account(item, answers, request)
        asked = ApplicationRequest(
            matter=item.id,
            items=(item.id,),
            catalogue_version=self._catalogue.version,
            answers=to_wire(answers),
            session=request.session,
            terminal=holder.terminal,
            materials=self._materials(item),
            notice=request.notice,
            signature=request.signature,
            language=request.language,
            signed_at=request.signed_at,
        )
        return asked, account

    def _with_account(self, item: Item, answers: Answers, request: EntitlementAcceptance) -> tuple[Answers, str]:
        """Return the answers with the account the money goes to."""
        own = _account_of(item)
        element = self._catalogue.elements[own]
        if request.account_number:
            value = from_json(element, request.account_number.replace(" ", ""))
            if value is None or element.kind is not Kind.BANK_CARD:
                raise RefusedRequestError(Code.ENTITLEMENT_ACCOUNT)
            single = {**answers.single, own: Answer(value=value)}
            return msgspec.structs.replace(answers, single=single), _masked(value)
        if _OF.get(request.account) != own or own not in answers.single:
            raise RefusedRequestError(Code.ENTITLEMENT_ACCOUNT)
        return answers, _masked(answers.single[own].value)

    def _materials(self, item: Item) -> tuple[SuppliedMaterial, ...]:
        """Return how each material is replaced: by a licence or a register that the submission looks into."""
        found = []
        for use in item.materials:
            for way in self._catalogue.materials[use.material].obtained:
                if way in (Obtained.LICENCE, Obtained.REGISTER, Obtained.COMMITMENT, Obtained.GENERATED):
                    found.append(SuppliedMaterial(material=use.material, obtained=way.value))
                    break
        return tuple(found)

    def _shown(
        self, connection: Connection, holder: Holder, told: Answered, maybe: Iterable[_Seen], now: datetime
    ) -> Entitlements:
        taken = self._taken(connection, holder.resident, now)
        seen = self._completed(connection, maybe, told, holder, now)
        known = _with_identity(connection, holder, told, now)
        found = [self._entitlement(each, known, taken) for each in seen if each.policy.id not in taken]
        found += [
            self._had(connection, self.policies[policy], number)
            for policy, number in taken.items()
            if policy in self.policies
        ]
        order = {EntitlementState.ENTITLED: 0, EntitlementState.PERHAPS: 1, EntitlementState.TAKEN: 2}
        found.sort(key=lambda each: (order[each.state], -(each.amount_fen or 0), each.policy))
        return Entitlements(
            entitlements=tuple(found),
            accounts=self._accounts(known),
            unavailable=told.unavailable,
            consent=is_wanted(connection, holder.resident, ENTITLEMENT),
        )

    def _entitlement(self, seen: _Seen, told: Answered, taken: Mapping[str, str]) -> Entitlement:
        policy, item = seen.policy, self._catalogue.items[seen.policy.item]
        sure = seen.standing is Standing.ENTITLED and seen.complete
        excluded = _is_excluded(self.policies, policy, taken)
        if seen.standing is Standing.PERHAPS:
            says = perhaps(self._catalogue, seen.decision)
        elif not seen.complete:
            says = INCOMPLETE
        else:
            says = CONFLICT if excluded else seen.decision.reason
        amount = seen.decision.output.get("amount_fen")
        return Entitlement(
            policy=policy.id,
            name=item.name,
            summary=item.summary,
            department=item.department,
            department_name=self._catalogue.departments[item.department].name,
            state=EntitlementState.ENTITLED if sure and not excluded else EntitlementState.PERHAPS,
            says=says,
            basis=(*item.legal_basis, *policy.basis),
            facts=shown_facts(self._catalogue, self._knowledge, looked_at(self._catalogue, policy), told, UNKNOWN),
            gives=gives(policy, seen.decision.output),
            amount_fen=amount if isinstance(amount, int) else None,
            pays=policy.pays,
            item=item.id,
            conflicts=policy.conflicts,
        )

    def _had(self, connection: Connection, policy: Policy, number: str) -> Entitlement:
        item = self._catalogue.items[policy.item]
        table, application = schema.entitlement.c, schema.application.c
        amount = connection.execute(
            select(table.amount_fen)
            .join(schema.application, application.id == table.application)
            .where(application.number == number)
        ).scalar_one()
        output = {} if amount is None else {"amount_fen": amount}
        return Entitlement(
            policy=policy.id,
            name=item.name,
            summary=item.summary,
            department=item.department,
            department_name=self._catalogue.departments[item.department].name,
            state=EntitlementState.TAKEN,
            says=TAKEN,
            basis=(*item.legal_basis, *policy.basis),
            facts=(),
            gives=gives(policy, output),
            amount_fen=amount,
            pays=policy.pays,
            item=item.id,
            application=number,
        )

    def _accounts(self, told: Answered) -> tuple[Account, ...]:
        found = []
        for identity, name in _OF.items():
            values = values_of((self._catalogue.elements[name],), told)
            found += [Account(id=identity, shown=_masked(value)) for value in list(values.values())[:1]]
        return tuple(found)

    def _first(self) -> tuple[str, ...]:
        """Return what is looked at to see who may be entitled."""
        elements = [name for policy in self.policies.values() for name in looked_at(self._catalogue, policy)]
        return names_of(self._catalogue, dict.fromkeys(elements))

    def _second(self, maybe: Iterable[_Seen]) -> tuple[str, ...]:
        """Return what else is asked of who is entitled: whether anything would have to be asked of them."""
        names = [
            name
            for seen in maybe
            if seen.standing is Standing.ENTITLED
            for name in self._all(self._catalogue.items[seen.policy.item])
        ]
        asked = set(self._first())
        return tuple(name for name in dict.fromkeys(names) if name not in asked)

    def _all(self, item: Item) -> tuple[str, ...]:
        return names_of(self._catalogue, dict.fromkeys(need.element for need in item.needs))

    def _judged(self, told: Answered, now: datetime) -> list[_Seen]:
        found = []
        for policy in self.policies.values():
            elements = (self._catalogue.elements[name] for name in looked_at(self._catalogue, policy))
            standing, decision = judge(self._catalogue, policy, values_of(elements, told), now.date())
            if standing is not Standing.NO:
                found.append(_Seen(policy=policy, standing=standing, decision=decision))
        return found

    def _completed(
        self, connection: Connection, maybe: Iterable[_Seen], told: Answered, holder: Holder, now: datetime
    ) -> list[_Seen]:
        """Return what was seen, with whether the facts are an application as they are."""
        known = _with_identity(connection, holder, told, now)
        return [
            msgspec.structs.replace(
                seen, complete=seen.standing is Standing.ENTITLED and self._is_whole(seen, known, holder, now)
            )
            for seen in maybe
        ]

    def _is_whole(self, seen: _Seen, told: Answered, holder: Holder, now: datetime) -> bool:
        """Return whether nothing but the account has to be asked."""
        item = self._catalogue.items[seen.policy.item]
        own = _account_of(item)
        asked = seen.policy.pays and own == _OF[CARD]
        request = EntitlementAcceptance(
            notice="",
            session="",
            terminal="",
            language="zh-Hans",
            signed_at=now,
            account=COMPANY,
            account_number=str(self._catalogue.elements[own].example) if asked else "",
        )
        try:
            filed, _ = self._filing(seen.policy, told, holder, request, now)
            read(self._catalogue, filed, now.date(), confirmed=True)
        except RefusedRequestError:
            return False
        return True

    def _taken(self, connection: Connection, resident: int, now: datetime) -> dict[str, str]:
        """Return what was taken in the periods of today, with the numbers of the applications."""
        table, application = schema.entitlement.c, schema.application.c
        rows = connection.execute(
            select(table.policy, table.period, application.number)
            .join(schema.application, application.id == table.application)
            .where(table.resident == resident)
        )
        return {
            row.policy: row.number
            for row in rows
            if row.policy in self.policies and row.period == _period(self.policies[row.policy], now)
        }

    @staticmethod
    def _pull(holder: Holder, notice: str, names: tuple[str, ...], channel: str) -> Pull:
        return Pull(holder=holder, purpose=PURPOSE, notice=notice, names=names, channel=channel)


def _period(policy: Policy, now: datetime) -> str:
    return "once" if policy.period is Period.ONCE else f"{now.year}"


def _is_excluded(policies: Mapping[str, Policy], policy: Policy, taken: Iterable[str]) -> bool:
    """Return whether something was taken that excludes ``policy``, whichever of the two says so."""
    return any(other in policy.conflicts or policy.id in policies[other].conflicts for other in taken)


def _joined(first: Answered, second: Answered) -> Answered:
    unavailable = tuple(dict.fromkeys((*first.unavailable, *second.unavailable)))
    return Answered(known={**first.known, **second.known}, unavailable=unavailable)


def _with_identity(connection: Connection, holder: Holder, told: Answered, now: datetime) -> Answered:
    """Add what the backend knows of the verified person: whose document it was."""
    table = schema.resident.c
    row = connection.execute(select(table.name, table.number).where(table.id == holder.resident)).one()
    identity = {
        "card.name": Known(value=row.name, as_of=now.date()),
        "card.number": Known(value=row.number, as_of=now.date()),
    }
    return msgspec.structs.replace(told, known={**told.known, **identity})


def _account_of(item: Item) -> str:
    """Return the element that says where the money of an item goes."""
    needs = {need.element for need in item.needs}
    return next((name for name in _OF.values() if name in needs), "")


def _masked(value: Value) -> str:
    return f"**** {str(value)[-4:]}"
