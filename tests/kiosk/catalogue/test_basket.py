"""Any items put together make one form; what does not go together, and what comes before, is told."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from kiosk import forms
from kiosk.catalogue import BASKET, Catalogue, load
from kiosk.forms import Answers, Question

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 3, 15)
WORDS = "{zh-Hans: 说明, zh-Hant: 說明, en: Why}"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("basket") / "catalogue"))
    housing = folder / "items" / "civil-affairs" / "housing.yaml"
    content = housing.read_text()
    housing.write_text(
        content.replace(
            "examples:",
            f"conflicts: [{{item: old-age, says: {WORDS}}}]\nafter: [{{item: birth, says: {WORDS}}}]\nexamples:",
        )
    )
    guided = content.replace("id: housing", "id: refund").replace("000100000002", "000100000008")
    guided = guided.replace("decision: standard", "decision: on-site\ncarries: guide")
    guided = guided.replace("outcome: accepted\n", "outcome: guided\n").replace(
        "outcome: accepted}", "outcome: guided}"
    )
    guided = (
        guided.replace("needs:", "needs: []\nunused:").split("unused:")[0]
        + "stage: life\n"
        + "".join(guided.partition("examples:")[1:])
    )
    (folder / "items" / "civil-affairs" / "refund.yaml").write_text(guided)
    family = folder / "one-things" / "family.yaml"
    family.write_text(family.read_text().replace("  - item: housing\n", "  - item: housing\n  - item: refund\n"))
    return load(folder)


def test_any_items_make_one_form_in_the_order_they_were_put_together(catalogue: Catalogue) -> None:
    matter = catalogue.merged(BASKET, ["old-age", "housing"], TODAY)
    assert (matter.id, matter.theme, matter.per) == ("basket", None, None)
    assert [item.id for item in matter.items] == ["old-age", "housing"]
    assert matter.name.zh_hans == "高龄津贴申领、住房补助"
    assert matter.name.en == "old-age service, housing service"
    asked = [page.element.id for page in matter.form.pages if isinstance(page, Question)]
    assert len(asked) == len(set(asked))
    assert catalogue.merged(BASKET, ["old-age", "housing"], TODAY) is matter


def test_three_or_more_are_named_by_the_first_two_and_their_number(catalogue: Catalogue) -> None:
    matter = catalogue.merged(BASKET, ["old-age", "housing", "birth"], TODAY)
    assert matter.name.zh_hans == "高龄津贴申领、住房补助 等 3 项"
    assert matter.name.zh_hant.endswith("等 3 項")
    assert matter.name.en == "old-age service, housing service and 1 more"
    assert "测试民政局、测试卫健委" in matter.notice.zh_hans


def test_a_basket_of_nothing_or_of_strange_items_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.merged(BASKET, [], TODAY)
    with pytest.raises(KeyError):
        catalogue.merged(BASKET, ["housing", "family"], TODAY)


def test_what_cannot_go_together_is_told_once_a_pair(catalogue: Catalogue) -> None:
    (found,) = catalogue.conflicts(["old-age", "birth", "housing"])
    assert (found.item, found.other, found.says.en) == ("housing", "old-age", "Why")
    assert catalogue.conflicts(["housing", "birth"]) == ()


def test_what_is_wanted_before_is_told_unless_it_is_there(catalogue: Catalogue) -> None:
    (found,) = catalogue.wanted_before(["housing"])
    assert (found.item, found.before, found.says.zh_hans) == ("housing", "birth", "说明")
    assert catalogue.wanted_before(["birth", "housing"]) == ()


def test_guided_items_are_listed_and_never_asked_or_filed(catalogue: Catalogue) -> None:
    matter = catalogue.matter("family", Answers(), TODAY)
    assert [item.id for item in matter.guided] == ["refund"]
    assert "refund" not in [item.id for item in matter.items]
    assert all("refund" not in need.asked_by for need in matter.materials)
    alone = catalogue.merged(BASKET, ["refund"], TODAY)
    assert alone.items == ()
    assert alone.form.pages == ()
    assert forms.path(alone.form, Answers(), TODAY) == ()
    assert catalogue.saving(alone, Answers(), (), ()).fields_before == 0
