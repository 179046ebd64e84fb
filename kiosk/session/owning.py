"""What is somebody's own (我的): cases, licences, what they are entitled to, who used their data.

Shown to the verified person alone. One look fetches all of it; what the backend does not tell is said and asked again.
"""

from __future__ import annotations

from typing import Final
from uuid import NAMESPACE_URL, uuid5

from msgspec.structs import replace

from kiosk.contract import Entitlement, EntitlementAcceptance, EntitlementState
from kiosk.session import finding, finishing
from kiosk.session.events import Next
from kiosk.session.having import Errand, Sheet, Uses, sheet_of
from kiosk.session.house import House, Step
from kiosk.session.identifying import MINE_NOTICE
from kiosk.session.own_effects import FetchLicence, FetchUses, LookAtMine, PrintSheet, TakeBenefit
from kiosk.session.own_events import (
    AccountChosen,
    BenefitChosen,
    BenefitTaken,
    DraftsWanted,
    LicenceChosen,
    LicenceFound,
    LicencesWanted,
    MineFound,
    MineWanted,
    PrintWanted,
    RemindersFound,
    SheetFailed,
    SheetPrinted,
    UsesFound,
    UsesWanted,
)
from kiosk.session.state import Advice, Delivery, Receipt, Session, Stage, Submission

OPENS_FROM: Final = (Stage.FIND, Stage.NUMBER)
"""Pages on which it can be asked for by somebody who has not said who they are."""


def wanted(house: House, state: Session, event: MineWanted) -> Step:
    """Ask who it is; who is verified already sees it at once."""
    del event
    if state.stage is Stage.OUTCOMES and finishing.answered(state) and state.verified:
        return look(house, state)
    if state.stage not in OPENS_FROM:
        return state, ()
    state = replace(finding.cleared(state, ""), errand=Errand.MINE, number="", statuses=(), busy="")
    if state.verified and state.holder is not None:
        return look(house, state)
    return replace(state, stage=Stage.DOCUMENT, reading=None, holder=None, verification=None, assurance=None), ()


def look(house: House, state: Session) -> Step:
    """Look at everything that is theirs."""
    del house
    state = replace(state, errand=Errand.MINE, stage=Stage.MINE, busy="mine", page=None, advice=None)
    return state, (LookAtMine(notice=MINE_NOTICE),)


def found(_: House, state: Session, event: MineFound) -> Step:
    """Show it."""
    if state.stage is not Stage.MINE or state.busy != "mine":
        return state, ()
    return replace(state, busy="", mine=event.mine), ()


def retry(house: House, state: Session) -> Step:
    """Ask again for what was not told."""
    if state.busy:
        return state, ()
    match state.stage:
        case Stage.MINE:
            return look(house, state)
        case Stage.USES:
            return _fetch_uses(replace(state, uses=None))
        case Stage.SHEET if state.sheet_paper is Receipt.FAILED:
            return _print(state)
        case _:
            return state, ()


def document_back(state: Session) -> Session:
    """Return the session at the services: it was not said who they are."""
    return replace(state, stage=Stage.FIND, errand=Errand.SERVICE)


def seen(house: House, state: Session) -> Step:
    """Leave; who came here from the outcomes goes back to them, for they have no receipt yet."""
    if finishing.answered(state):
        return replace(state, stage=Stage.OUTCOMES, errand=Errand.SERVICE, busy="", advice=None), ()
    return ended(house, state)


def ended(house: House, state: Session) -> Step:
    """Nothing is lost by leaving what was only looked at."""
    return finishing.goodbye(house, state) if state.document_on else finishing.over(house, state)


def drafts_wanted(_: House, state: Session, event: DraftsWanted) -> Step:
    """Show what was kept for later, to go on with it."""
    del event
    if state.stage is not Stage.MINE or state.busy or state.mine is None or not state.mine.drafts:
        return state, ()
    kept, mandates = state.mine.drafts, state.mine.mandates
    state = replace(state, stage=Stage.RESUME, drafts=kept, mandates=mandates, resumed=False, page=None)
    return replace(state, mandate=None, own=False, advice=None), ()


def drafts_left(house: House, state: Session) -> Step:
    """Come back from what was kept: some of it may be deleted."""
    return look(house, replace(state, drafts=(), busy=""))


def reminded(_: House, state: Session, event: RemindersFound) -> Step:
    """Tell what else waits for them, beside the outcomes."""
    if state.stage is not Stage.OUTCOMES or not state.verified:
        return state, ()
    return replace(state, reminders=event.reminders), ()


# --- licences --------------------------------------------------------------------------------------------------


def licences_wanted(_: House, state: Session, event: LicencesWanted) -> Step:
    """List the licences."""
    del event
    if state.stage is not Stage.MINE or state.busy or state.mine is None:
        return state, ()
    return replace(state, stage=Stage.LICENCES, advice=None), ()


def licence_chosen(_: House, state: Session, event: LicenceChosen) -> Step:
    """Open one licence, unless something is waited for."""
    if state.stage not in (Stage.LICENCES, Stage.MINE) or state.busy or state.mine is None:
        return state, ()
    if all(held.number != event.number for held in state.mine.licences):
        return state, ()
    state = replace(state, busy="licence", sheet_from=state.stage, advice=None)
    return state, (FetchLicence(number=event.number),)


def licence_found(_: House, state: Session, event: LicenceFound) -> Step:
    """Show what it says, and its code."""
    if state.busy != "licence" or state.stage not in (Stage.LICENCES, Stage.MINE):
        return state, ()
    return open_sheet(replace(state, busy=""), sheet_of(event.licence), state.stage), ()


def open_sheet(state: Session, sheet: Sheet, came_from: Stage) -> Session:
    """Return the session with a document on the screen."""
    return replace(state, stage=Stage.SHEET, sheet=sheet, sheet_from=came_from, sheet_paper=Receipt.NONE, advice=None)


def sheet_back(state: Session) -> Session:
    """Return the session where the document was opened."""
    return replace(state, stage=state.sheet_from, sheet=None, sheet_paper=Receipt.NONE)


def print_wanted(_: House, state: Session, event: PrintWanted) -> Step:
    """Print the document, unless it is being printed."""
    del event
    if state.stage is not Stage.SHEET or state.sheet is None or state.sheet_paper is Receipt.PRINTING:
        return state, ()
    return _print(state)


def _print(state: Session) -> Step:
    state = replace(state, sheet_paper=Receipt.PRINTING, advice=None)
    return state, (PrintSheet(session=state),)


def sheet_printed(_: House, state: Session, event: SheetPrinted) -> Step:
    """Tell to take it."""
    if state.sheet_paper is not Receipt.PRINTING:
        return state, ()
    return replace(state, sheet_paper=Receipt.PRINTED if event.proven else Receipt.UNPROVEN), ()


def sheet_failed(_: House, state: Session, event: SheetFailed) -> Step:
    """Say why nothing came out; its code on the screen is as good."""
    if state.sheet_paper is not Receipt.PRINTING:
        return state, ()
    advice = Advice(code=event.code) if state.stage is Stage.SHEET else state.advice
    return replace(state, sheet_paper=Receipt.FAILED, advice=advice), ()


# --- who used my data ------------------------------------------------------------------------------------------


def uses_wanted(_: House, state: Session, event: UsesWanted) -> Step:
    """Fetch who used their data; on that page, what was before."""
    del event
    if state.busy or not state.verified:
        return state, ()
    if state.stage is Stage.MINE:
        return _fetch_uses(replace(state, stage=Stage.USES, uses=None))
    if state.stage is Stage.USES and state.uses is not None and state.uses.next:
        return replace(state, busy="uses", advice=None), (FetchUses(before=state.uses.next),)
    return state, ()


def _fetch_uses(state: Session) -> Step:
    return replace(state, busy="uses", advice=None), (FetchUses(),)


def uses_found(_: House, state: Session, event: UsesFound) -> Step:
    """Show them below those that are there."""
    if state.stage is not Stage.USES or state.busy != "uses":
        return state, ()
    before = () if state.uses is None else state.uses.entries
    return replace(state, busy="", uses=Uses(entries=(*before, *event.page.entries), next=event.page.next)), ()


# --- what they are entitled to ---------------------------------------------------------------------------------


def benefit(state: Session) -> Entitlement | None:
    """Return the policy that is open."""
    every = () if state.mine is None else state.mine.entitlements.entitlements
    return next((each for each in every if each.policy == state.benefit), None)


def benefit_chosen(_: House, state: Session, event: BenefitChosen) -> Step:
    """Open a policy: why, how much, where to."""
    if state.stage is not Stage.MINE or state.busy or state.mine is None:
        return state, ()
    opened = replace(state, stage=Stage.BENEFIT, benefit=event.policy, account="", advice=None)
    if benefit(opened) is None:
        return state, ()
    accounts = state.mine.entitlements.accounts
    return replace(opened, account=accounts[0].id if accounts else ""), ()


def account_chosen(_: House, state: Session, event: AccountChosen) -> Step:
    """Have it paid to this account."""
    known = () if state.mine is None else state.mine.entitlements.accounts
    if state.stage is not Stage.BENEFIT or state.busy or all(each.id != event.account for each in known):
        return state, ()
    return replace(state, account=event.account), ()


def benefit_next(house: House, state: Session, event: Next) -> Step:
    """Take it; what is not sure is applied for instead, and what was taken is looked at."""
    open_one = benefit(state)
    if open_one is None or state.busy or event.at is None:
        return state, ()
    if open_one.state is EntitlementState.PERHAPS:
        return finding.opened_from_mine(house, state, open_one.item)
    if open_one.state is not EntitlementState.ENTITLED or (open_one.pays and not state.account):
        return state, ()
    key = str(uuid5(NAMESPACE_URL, f"urn:onething:session:{state.id}:benefit:{open_one.policy}"))
    acceptance = EntitlementAcceptance(
        notice=MINE_NOTICE,
        session=state.id,
        terminal=house.terminal,
        language=state.language,
        signed_at=event.at,
        account=state.account if open_one.pays else "",
    )
    effect = TakeBenefit(policy=open_one.policy, key=key, acceptance=acceptance)
    return replace(state, busy="benefit", advice=None), (effect,)


def benefit_taken(_: House, state: Session, event: BenefitTaken) -> Step:
    """Show what came of it, as of everything that was applied for."""
    if state.stage is not Stage.BENEFIT or state.busy != "benefit" or state.benefit != event.policy:
        return state, ()
    made = event.application
    items = tuple(case.item for case in made.cases)
    submission = Submission(
        key=f"benefit-{event.policy}",
        entry=None,
        delivery=Delivery.ANSWERED,
        matter=made.matter,
        items=items,
        application=made,
    )
    kept = tuple(each for each in state.submissions if each.key != submission.key)
    return replace(state, busy="", stage=Stage.OUTCOMES, submissions=(*kept, submission), benefit=""), ()
