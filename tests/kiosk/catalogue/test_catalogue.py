"""What is merged, decided, saved and found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import forms
from kiosk.catalogue import Catalogue, Item, OneThing, decide, load, preview
from kiosk.catalogue.merging import either, elements_in
from kiosk.catalogue.tables import decide_seen
from kiosk.forms import Answer, Answers, PageRef, Question, Repeat, Value

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 3, 15)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(DATA)


@pytest.fixture(scope="module")
def delivered() -> Catalogue:
    return load(Path(__file__).parents[3] / "assets" / "catalogue")


def given_answers(**single: Value) -> Answers:
    return Answers(single={name.replace("__", "."): Answer(value=value) for name, value in single.items()})


EVERYTHING = given_answers(situation__first=True, situation__aid="money")


def test_the_situation_chooses_the_items_and_unknown_keeps_them(catalogue: Catalogue) -> None:
    def chosen(situation: Answers) -> list[str]:
        return [item.id for item in catalogue.matter("family", situation, TODAY).items]

    assert chosen(Answers()) == ["birth", "housing", "old-age"]
    assert chosen(given_answers(situation__first=False)) == ["housing", "old-age"]
    assert chosen(given_answers(situation__first=False, situation__aid="care")) == ["housing"]


def test_each_element_is_asked_once_with_the_conditions_of_all_that_need_it(catalogue: Catalogue) -> None:
    form = catalogue.matter("family", EVERYTHING, TODAY).form
    asked = [page.element.id for page in form.pages if isinstance(page, Question)]
    assert len(asked) == len(set(asked))
    questions = {page.element.id: page for page in form.pages if isinstance(page, Question)}
    assert questions["person.name"].asked_by == ("birth", "housing", "old-age")
    assert questions["person.spouse"].when == '(house.kind == "own" && person.married) || (person.married)'
    assert questions["person.spouse"].required
    assert questions["situation.first"].asked_by == ("birth",)


def test_sections_come_in_their_order_and_a_repeat_holds_its_own(catalogue: Catalogue) -> None:
    form = catalogue.matter("family", EVERYTHING, TODAY).form
    assert [section.id for section in form.sections] == ["situation", "person", "child", "house"]
    places = [[section.id for section in form.sections].index(page.section) for page in form.pages]
    assert places == sorted(places)
    (repeat,) = [page for page in form.pages if isinstance(page, Repeat)]
    assert [question.element.id for question in repeat.questions] == [
        "child.name",
        "child.birth_date",
        "child.weight_g",
    ]


def test_an_item_alone_knows_what_its_conditions_mention(catalogue: Catalogue) -> None:
    form = catalogue.matter("old-age", Answers(), TODAY).form
    assert [page.element.id for page in form.mentioned if isinstance(page, Question)] == ["person.married"]
    assert PageRef(id="person.spouse") in forms.path(form, Answers(), TODAY)


def test_each_material_is_wanted_once_and_only_when_all_can_wait_it_can(catalogue: Catalogue) -> None:
    needs = {need.material.id: need for need in catalogue.matter("family", EVERYTHING, TODAY).materials}
    assert set(needs) == {"promise", "household", "form"}
    assert needs["household"].when is None
    assert not needs["household"].deferrable
    alone = {need.material.id: need for need in catalogue.matter("housing", Answers(), TODAY).materials}
    assert alone["household"].deferrable
    assert alone["household"].when == 'house.kind == "rent"'


def test_a_matter_is_made_of_exactly_the_items_an_application_names(catalogue: Catalogue) -> None:
    matter = catalogue.merged("family", ["old-age", "birth"], TODAY)
    assert [item.id for item in matter.items] == ["birth", "old-age"]
    with pytest.raises(KeyError):
        catalogue.merged("family", ["birth", "strange"], TODAY)
    with pytest.raises(KeyError):
        catalogue.merged("family", [], TODAY)
    with pytest.raises(KeyError):
        catalogue.matter("nothing", Answers(), TODAY)


def test_services_are_one_things_first_and_only_what_stands_alone(catalogue: Catalogue) -> None:
    assert [service.id for service in catalogue.services()] == ["family", "housing", "old-age"]
    assert isinstance(catalogue.service("family"), OneThing)
    assert isinstance(catalogue.service("birth"), Item)
    assert not catalogue.has_service("birth")
    assert [service.id for service in catalogue.by_department("health")] == ["family"]
    assert catalogue.situation_form("old-age") is None
    form = catalogue.situation_form("family")
    assert form is not None
    assert forms.path(form, Answers(), TODAY) == (PageRef(id="situation.first"), PageRef(id="situation.aid"))


def test_the_saving_counts_every_child_and_nothing_known_twice(catalogue: Catalogue) -> None:
    matter = catalogue.matter("family", EVERYTHING, TODAY)
    one = catalogue.saving(matter, EVERYTHING, (), ())
    assert (one.fields_before, one.materials_before) == (28, 9)
    assert one.materials_asked == 2  # the form is generated
    known = catalogue.saving(matter, EVERYTHING, ("person.name",), ("household",))
    assert known.fields_asked == one.fields_asked - 1
    assert known.materials_asked == 1
    twins = forms.with_entry_added(matter.form, EVERYTHING, "children")
    assert catalogue.saving(matter, twins, (), ()).fields_before == 56


def test_conditions_are_joined_once_and_no_condition_wins() -> None:
    assert either(["a", "a"]) == "a"
    assert either(["a", "b", "a"]) == "(a) || (b)"
    assert either(["a", None]) is None


def test_the_parts_of_an_address_are_one_element(catalogue: Catalogue) -> None:
    names = ["house.address.division", "person.name"]
    assert elements_in(names, catalogue.types) == {"house.address", "person.name"}


# --- tables ----------------------------------------------------------------------------------------------------


def values(**given: object) -> dict[str, object]:
    return {name.replace("__", "."): value for name, value in given.items()}


def test_a_row_approves_with_its_reason_basis_and_output(catalogue: Catalogue) -> None:
    decision = decide(
        catalogue.tables["old-age"], values(person__birth_date=date(1940, 1, 1), house__kind="rent"), TODAY
    )
    assert (decision.decide, decision.row, dict(decision.output)) == ("approve", 1, {"amount_fen": 30000})
    assert decision.explanation == (("age", "86"), ("house", "rent"))


def test_an_unknown_input_in_a_row_that_could_match_refers_and_says_which(catalogue: Catalogue) -> None:
    table = catalogue.tables["old-age"]
    decision = decide(table, values(house__kind="own"), TODAY)
    assert decision.decide == "refer"
    assert decision.missing == ("person.birth_date",)
    assert "person.birth_date的标题" in decision.reason.zh_hans
    assert not decision.rules_out
    # a known age below rules it out whatever the house is
    decided = decide(table, values(person__birth_date=date(2000, 1, 1)), TODAY)
    assert decided.rules_out
    assert decided.row == 2


def test_no_row_and_two_rows_refer(catalogue: Catalogue) -> None:
    table = catalogue.tables["old-age"]
    nothing = decide(table, values(person__birth_date=date(1940, 1, 1), house__kind="tent"), TODAY)
    assert (nothing.decide, nothing.row) == ("refer", None)
    assert "do not cover" in nothing.reason.en


@given(st.none() | st.integers(-5, 130), st.sampled_from([None, "own", "rent", "tent"]))
def test_what_is_unknown_is_never_approved(age: int | None, house: str | None) -> None:
    table = load_once().tables["old-age"]
    decision = decide_seen(table, {"age": age, "house": house})
    if decision.decide == "approve":
        assert age is not None
        assert house is not None
        assert decision.row is not None
    if age is None:
        assert decision.decide == "refer"


_loaded: list[Catalogue] = []


def load_once() -> Catalogue:
    if not _loaded:
        _loaded.append(load(DATA))
    return _loaded[0]


def test_knowing_more_never_turns_an_approval_into_another() -> None:
    table = load_once().tables["birth"]
    assert decide_seen(table, {"young": None}).decide == "refer"
    assert decide_seen(table, {"young": True}).decide == "approve"


def test_known_facts_rule_out_before_submitting_and_unknown_ones_do_not(catalogue: Catalogue) -> None:
    matter = catalogue.matter("family", EVERYTHING, TODAY)
    assert preview(matter, EVERYTHING, TODAY, catalogue) == ()
    birth = PageRef(id="child.birth_date", repeat="children", entry=1)
    late = forms.with_answer(EVERYTHING, birth, Answer(value=date(2020, 1, 1)))
    young = forms.with_answer(late, PageRef(id="person.birth_date"), Answer(value=date(2000, 1, 1)))
    found = {(one.item, one.entry): one.reason.zh_hans for one in preview(matter, young, TODAY, catalogue)}
    assert found == {("birth", 1): "超过六个月", ("old-age", 0): "未满八十", ("old-age", 1): "未满八十"}


# --- search ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("开饭店", "restaurant"),
        ("我想开个饭馆要什么手续", "restaurant"),
        ("開餐廳", "restaurant"),
        ("open a restaurant", "restaurant"),
        ("给孩子上户口怎么办", "newborn"),
        ("生了双胞胎", "newborn"),
        ("birth of a baby", "newborn"),
        ("xinshenger", "newborn"),
        ("社保证明", "insurance-certificate"),
        ("打印社保缴费证明", "insurance-certificate"),
        ("列印社保", "insurance-certificate"),
        ("sbzm", "insurance-certificate"),
        ("老年人津贴", "old-age-allowance"),
        ("gaolingjintie", "old-age-allowance"),
        ("高龄", "old-age-allowance"),
        ("招牌", "signboard-permit"),
    ],
)
def test_everyday_words_find_the_service(delivered: Catalogue, query: str, wanted: str) -> None:
    assert wanted in [hit.id for hit in delivered.search(query)][:2]


def test_every_everyday_word_of_a_service_finds_it_among_the_first_three(delivered: Catalogue) -> None:
    for service in delivered.services():
        for word in service.everyday:
            assert service.id in [hit.id for hit in delivered.search(word, limit=3)], word


@given(st.text(max_size=60))
def test_no_query_crashes_and_scores_fall(query: str) -> None:
    scores = [hit.score for hit in load_once().search(query)]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_nothing_is_found_for_nothing(delivered: Catalogue) -> None:
    assert delivered.search("") == ()
    assert delivered.search("zzqqxx") == ()
    assert delivered.search("社保", limit=1)[1:] == ()


def test_another_thread_that_makes_room_takes_no_matter_away(monkeypatch: pytest.MonkeyPatch) -> None:
    class Cleared(dict[object, object]):
        """Another thread has cleared it by the time one looks again."""

        def __setitem__(self, key: object, value: object) -> None:
            """Keep nothing."""

    loaded = load(DATA)
    monkeypatch.setattr(loaded, "_matters", Cleared())
    item = next(iter(loaded.items))
    assert loaded.merged(item, (item,), date(2026, 11, 23)).id == item
