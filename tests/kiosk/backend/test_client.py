"""The terminal's client against the real backend: drafts, mandates, helpers, recommendations."""

from __future__ import annotations

import httpx
import pytest

from backend.city import Citizen, catalogue, terminal_of
from kiosk.contract import (
    AssistanceRequest,
    DraftRequest,
    RecommendationRequest,
    WireAnswer,
    WireAnswers,
)
from kiosk.submission import BackendClient, BackendRefused

ITEM = "insurance-certificate"
DRAFT = DraftRequest(
    matter=ITEM,
    items=(ITEM,),
    catalogue_version=catalogue().version,
    answers=WireAnswers(single={"certificate.months": WireAnswer(value="12", origin="citizen")}),
)


async def test_a_draft_goes_and_comes_back(shared: httpx.Client) -> None:
    token = Citizen(shared, "wang").verify().token
    async with BackendClient(str(shared.base_url), identity=terminal_of(shared)) as client:
        tag = await client.keep_draft("0b2e7f6a-draft", DRAFT, token=token)
        with pytest.raises(BackendRefused) as refused:
            await client.keep_draft("another-draft", DRAFT, token=token)
        assert refused.value.code == "draft.exists"
        assert refused.value.problem.detail == "0b2e7f6a-draft"
        newer = await client.keep_draft("0b2e7f6a-draft", DRAFT, token=token, tag=tag)
        draft, read = await client.draft("0b2e7f6a-draft", token=token)
        assert (draft.answers, read) == (DRAFT.answers, newer)
        assert [each.etag for each in await client.drafts(token=token)] == [newer]
        with pytest.raises(BackendRefused) as changed:
            await client.forget_draft("0b2e7f6a-draft", token=token, tag=tag)
        assert changed.value.code == "draft.changed"
        await client.forget_draft("0b2e7f6a-draft", token=token, tag=newer)
        assert await client.drafts(token=token) == ()


async def test_an_agent_and_a_helper_are_known(shared: httpx.Client) -> None:
    qian = Citizen(shared, "qian").verify()
    async with BackendClient(str(shared.base_url), identity=terminal_of(shared)) as client:
        (mandate,) = await client.mandates(token=qian.token)
        assert (mandate.kind, mandate.principal.name) == ("person", "赵测试")
        sent = await client.send_helper_code(AssistanceRequest(staff="BB-0002"), token=qian.token)
        helper = await client.check_helper_code(sent.id, qian.newest_code(), token=qian.token)
        assert helper.staff == "BB-0002"


async def test_offers_come_with_their_reasons(shared: httpx.Client) -> None:
    async with BackendClient(str(shared.base_url), identity=terminal_of(shared)) as client:
        found = await client.recommendations(RecommendationRequest(items=("food-permit",)))
        assert found.offers
        assert all(offer.reasons for offer in found.offers)
