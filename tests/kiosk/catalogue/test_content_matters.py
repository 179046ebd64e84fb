"""The four matters that are delivered, walked as data from the answers to what the tables make of each item."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk import forms
from kiosk.catalogue import Catalogue, Item, Matter, Outcome, load
from kiosk.catalogue.tables import REFER
from kiosk.forms import Address, Answer, Answers, PageRef, Value

ASSETS = Path(__file__).parents[3] / "assets"
TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(ASSETS / "catalogue")


REGISTERED = {
    "insurance.status": "register.social-insurance.status",
    "insurance.months_pension": "register.social-insurance.months_pension",
    "insurance.months_medical": "register.social-insurance.months_medical",
    "insurance.employer": "register.social-insurance.employer",
    "insurance.since": "register.social-insurance.since",
    "allowance.receiving": "register.allowance.receiving",
    "enterprise.status": "register.business.status",
    "enterprise.applicant_represents": "register.business.is_legal_representative",
}
"""What only a register says."""


def said(**values: Value) -> dict[str, Answer]:
    """Return answers by element id; ``person__name`` stands for ``person.name``."""
    answers = {name.replace("__", ".", 1): Answer(value=value) for name, value in values.items()}
    return {name: replace(answer, origin=REGISTERED.get(name, answer.origin)) for name, answer in answers.items()}


APPLICANT = said(
    person__name="赵测试",
    person__number="000102199508092428",
    person__sex="2",
    person__birth_date=date(1941, 2, 18),
    person__ethnicity="01",
    person__phone="13800138024",
    person__registered_address="示例市湖滨区虚构街66号2栋1803室",
    person__home_address=Address(division="000102001000", detail="虚构街66号2栋1803室"),
    person__hukou_division="000102",
    person__bank_card="6200000000000000000",
)
TWIN = said(
    child__sex="1",
    child__birth_date=date(2026, 2, 10),
    child__birth_time="14:05",
    child__gestation_weeks=38,
    child__weight_g=2900,
    child__health="good",
    child__hospital="示例市妇幼保健院",
)
NEWBORN = said(situation__has_birth_certificate=False, situation__maternity_insured=True, situation__social_card=True)
MARRIED = said(
    person__marital_status="married",
    family__role="mother",
    family__other_name="钱仿真",
    family__other_number="000102199311303113",
    family__other_ethnicity="01",
    family__hukou_with="applicant",
)
ALONE = said(
    person__marital_status="unmarried", family__role="mother", family__include_other=False, family__statement="alone"
)
RESTAURANT = said(
    situation__has_business_licence=True,
    situation__hot_food=True,
    situation__area_m2=420,
    situation__fire_route="commitment",
    situation__signboard=True,
    enterprise__name="示例小馆餐饮管理有限公司",
    enterprise__credit_code="91000102MA0000001U",
    enterprise__address=Address(division="000102002000", detail="试验大道1号"),
    enterprise__legal_representative="赵测试",
    enterprise__scope="餐饮服务",
    enterprise__established=date(2026, 1, 8),
    enterprise__status="open",
    enterprise__applicant_represents=True,
    shop__name="示例小馆",
    shop__address=Address(division="000102002000", detail="试验大道1号"),
    shop__opening_date=date(2026, 4, 1),
    food__categories=("hot", "cold"),
    food__separate_room=True,
    food__staff=6,
    food__safety_officer="赵测试",
    fire__manager="赵测试",
    fire__exits=2,
    fire__equipment=("extinguishers", "lights"),
    signboard__text="示例小馆",
    signboard__place="door",
    signboard__width_cm=400,
    signboard__height_cm=120,
    signboard__street="ordinary",
    visit__date=date(2026, 3, 10),
    visit__half_day="morning",
)


def opened(catalogue: Catalogue, service: str, answers: Answers) -> Matter:
    return catalogue.matter(service, answers, TODAY)


def outcomes(catalogue: Catalogue, matter: Matter, answers: Answers) -> dict[str, Outcome]:
    """Return what the tables make of every item, as the declared outcome or a referral."""
    entries = len(forms.entries(matter.form, answers, matter.per)) if matter.per else 0
    in_entries = [PageRef(id="", repeat=matter.per, entry=entry) for entry in range(entries)]
    pages: list[PageRef | None] = [*in_entries] or [None]

    def outcome(item: Item) -> Outcome:
        decisions = [
            catalogue.decide(item.table, matter.form, answers, TODAY, page).decide
            for page in pages
            if item.table is not None
        ]
        return Outcome.REFERRED if REFER in decisions else item.outcome

    return {item.id: outcome(item) for item in matter.items}


def complaints(catalogue: Catalogue, matter: Matter, answers: Answers) -> tuple[str, ...]:
    return tuple(error.pointer for error in forms.validate(matter.form, answers, TODAY, catalogue.divisions))


def materials(matter: Matter, answers: Answers) -> set[str]:
    return {
        need.material.id
        for need in matter.materials
        if need.when is None or forms.holds(matter.form, need.when, answers, TODAY) is not False
    }


def test_an_insurance_certificate_is_given_when_the_register_speaks(catalogue: Catalogue) -> None:
    wanted = said(certificate__kinds=("pension", "medical"), certificate__months="24")
    known = said(
        insurance__status="insured",
        insurance__months_pension=180,
        insurance__months_medical=176,
        insurance__employer="示例制造有限公司",
        insurance__since=date(2008, 7, 1),
    )
    answers = Answers(single={**APPLICANT, **wanted, **known})
    matter = opened(catalogue, "insurance-certificate", answers)
    assert complaints(catalogue, matter, answers) == ()
    assert outcomes(catalogue, matter, answers) == {"insurance-certificate": Outcome.APPROVED}

    silent = Answers(single={**APPLICANT, **wanted})
    assert outcomes(catalogue, matter, silent) == {"insurance-certificate": Outcome.REFERRED}

    unpaid = Answers(single={**answers.single, **said(insurance__months_medical=0)})
    assert outcomes(catalogue, matter, unpaid) == {"insurance-certificate": Outcome.REFERRED}
    pension_only = Answers(single={**unpaid.single, **said(certificate__kinds=("pension",))})
    assert outcomes(catalogue, matter, pension_only) == {"insurance-certificate": Outcome.APPROVED}
    counted = forms.counting(matter.form, pension_only, TODAY).single
    assert "insurance.months_pension" in counted
    assert "insurance.months_medical" not in counted, "only what was chosen stands on the certificate"


@pytest.mark.parametrize(
    ("born", "comes_to"),
    [
        (date(1946, 3, 3), Outcome.REFERRED),
        (date(1946, 3, 2), Outcome.APPROVED),
        (date(1941, 2, 18), Outcome.APPROVED),
        (date(2001, 10, 10), Outcome.REFERRED),
    ],
)
def test_the_allowance_begins_on_the_eightieth_birthday(catalogue: Catalogue, born: date, comes_to: Outcome) -> None:
    answers = Answers(single={**APPLICANT, **said(person__birth_date=born, allowance__receiving=False)})
    matter = opened(catalogue, "old-age-allowance", answers)
    assert complaints(catalogue, matter, answers) == ()
    assert outcomes(catalogue, matter, answers) == {"old-age-allowance": comes_to}


@pytest.mark.parametrize("parents", [MARRIED, ALONE], ids=["married", "unmarried"])
def test_a_newborn_reaches_the_same_outcomes_whether_the_parent_is_married_or_not(
    catalogue: Catalogue, parents: Mapping[str, Answer]
) -> None:
    twins = tuple({**TWIN, **said(child__name=name)} for name in ("钱小样", "钱小例"))
    answers = Answers(single={**APPLICANT, **NEWBORN, **parents}, repeats={"children": twins})
    matter = opened(catalogue, "newborn", answers)
    assert matter.per == "children"
    assert complaints(catalogue, matter, answers) == ()
    assert outcomes(catalogue, matter, answers) == {
        "birth-certificate": Outcome.ACCEPTED,
        "vaccination-record": Outcome.APPROVED,
        "birth-registration": Outcome.ACCEPTED,
        "newborn-social-card": Outcome.ACCEPTED,
        "maternity-benefit": Outcome.ACCEPTED,
        "newborn-medical-insurance": Outcome.APPROVED,
        "parenting-guidance": Outcome.APPROVED,
    }


def test_an_unmarried_parent_is_asked_for_an_explanation_instead_of_a_marriage_certificate(
    catalogue: Catalogue,
) -> None:
    married = Answers(single={**APPLICANT, **NEWBORN, **MARRIED})
    alone = Answers(single={**APPLICANT, **NEWBORN, **ALONE})
    matter = opened(catalogue, "newborn", alone)
    assert {"marriage-certificate", "parent-statement"} & materials(matter, married) == {"marriage-certificate"}
    assert {"marriage-certificate", "parent-statement"} & materials(matter, alone) == {"parent-statement"}
    assert "family.other_name" not in {page.id for page in forms.path(matter.form, alone, TODAY)}


def test_the_childs_ethnic_group_is_asked_only_when_the_parents_differ(catalogue: Catalogue) -> None:
    def asked(ethnicity: str) -> bool:
        single = {**APPLICANT, **NEWBORN, **MARRIED, **said(family__other_ethnicity=ethnicity)}
        answers = Answers(single=single, repeats={"children": ({},)})
        matter = opened(catalogue, "newborn", answers)
        return "child.ethnicity_with" in {page.id for page in forms.path(matter.form, answers, TODAY)}

    assert asked("03")
    assert not asked("01")


def test_a_restaurant_gets_each_permit_its_own_way(catalogue: Catalogue) -> None:
    answers = Answers(single={**APPLICANT, **RESTAURANT})
    matter = opened(catalogue, "restaurant", answers)
    assert complaints(catalogue, matter, answers) == ()
    assert outcomes(catalogue, matter, answers) == {
        "business-licence-check": Outcome.APPROVED,
        "food-permit": Outcome.INSPECTION_BOOKED,
        "fire-safety-commitment": Outcome.APPROVED,
        "signboard-permit": Outcome.APPROVED,
    }


def test_a_small_shop_needs_no_fire_safety_step(catalogue: Catalogue) -> None:
    small = said(situation__area_m2=300, situation__hot_food=False, situation__signboard=False)
    form = catalogue.situation_form("restaurant")
    assert form is not None
    for route in ({}, said(situation__fire_route="commitment")):
        answers = Answers(single={**RESTAURANT, **small, **route})
        assert "situation.fire_route" not in {page.id for page in forms.path(form, answers, TODAY)}
        matter = opened(catalogue, "restaurant", answers)
        assert [item.id for item in matter.items] == ["business-licence-check", "food-permit-simple"]


def test_a_large_shop_cannot_leave_the_fire_safety_step_out(catalogue: Catalogue) -> None:
    form = catalogue.situation_form("restaurant")
    assert form is not None
    page = PageRef(id="situation.fire_route")
    for area_m2, is_asked in ((300, False), (301, True)):
        answers = Answers(single=said(situation__area_m2=area_m2))
        assert (page in forms.path(form, answers, TODAY)) is is_asked
        assert not is_asked or forms.is_required(form, page)


@pytest.mark.parametrize("unsaid", ["insurance.months_pension", "insurance.months_medical"])
def test_what_no_register_says_is_not_asked_but_goes_to_a_person(catalogue: Catalogue, unsaid: str) -> None:
    """A person neither knows nor may correct it: even an answer to it does not count."""
    wanted = said(certificate__kinds=("pension", "medical"), certificate__months="24")
    months = said(insurance__months_pension=180, insurance__months_medical=176)
    for said_anyway in ({}, {unsaid: Answer(value=180)}):
        answers = Answers(single={**APPLICANT, **wanted, **months})
        answers = replace(answers, single={name: one for name, one in answers.single.items() if name != unsaid})
        answers = replace(answers, single={**answers.single, **said_anyway})
        matter = opened(catalogue, "insurance-certificate", answers)
        assert unsaid not in {page.id for page in forms.path(matter.form, answers, TODAY)}
        assert unsaid not in forms.counting(matter.form, answers, TODAY).single
        assert complaints(catalogue, matter, answers) == ()
        assert outcomes(catalogue, matter, answers) == {"insurance-certificate": Outcome.REFERRED}
