"""Whole submissions: every item of the four matters comes to the outcome its catalogue declares."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import httpx
import msgspec
import pytest

from backend.city import (
    CERTIFICATE,
    CHILD,
    NEWBORN,
    NEWBORN_MATERIALS,
    NEWBORN_UNMARRIED,
    RESTAURANT,
    START,
    TWIN,
    Citizen,
    Clock,
    catalogue,
    problem_code,
    running,
    settings_for,
)
from kiosk.contract import Application, Case
from kiosk.licences import parse_issuers, verify

QR_CHARS = 666
"""Fits a QR code of version 20, level M: 97 modules of 5 dots on 80 mm paper of 576 dots."""


def reaches_what_is_declared(application: Application) -> None:
    declared = {case.item: catalogue().items[case.item].outcome.value for case in application.cases}
    assert {case.item: case.state.value for case in application.cases} == declared


def documents_verify(http: httpx.Client, application: Application) -> None:
    issuers = parse_issuers(http.get("/v1/issuers").content)
    documents = [(case, document) for case in application.cases for document in case.documents]
    assert documents
    for case, document in documents:
        verified = verify(document.qr, issuers)
        assert verified.issuer.issuer == case.department
        assert verified.licence.number == document.number
        assert [value for _, value in verified.licence.fields] == [value for _, value in document.fields]
        assert len(document.qr) <= QR_CHARS, (document.type, len(document.qr))


def case_of(application: Application, item: str) -> Case:
    return next(case for case in application.cases if case.item == item)


def test_a_certificate_of_social_insurance_is_there_at_once(shared: httpx.Client) -> None:
    wang = Citizen(shared, "wang").verify()
    wang.fetch("insurance-certificate")
    body = wang.request("insurance-certificate", CERTIFICATE) | {"signature": []}
    application = wang.file(body)
    reaches_what_is_declared(application)
    documents_verify(shared, application)
    (document,) = application.cases[0].documents
    stands_on_it = {label.zh_hans: value for label, value in document.fields}
    assert stands_on_it["姓名"] == "王示例"
    assert stands_on_it["参保单位"] == "示例市样板制造有限公司"
    assert document.valid_until == date(2027, 2, 23)


def test_an_old_age_allowance_is_granted_at_once(shared: httpx.Client) -> None:
    chen = Citizen(shared, "chen").verify()
    chen.fetch("old-age-allowance")
    application = chen.file(chen.request("old-age-allowance", {}))
    reaches_what_is_declared(application)
    documents_verify(shared, application)
    (case,) = application.cases
    assert case.decided_at == START
    assert case.output == {"amount_fen": 10000}
    assert {label.zh_hans: value for label, value in case.documents[0].fields}["每月金额"] == "100 元"


def test_who_is_too_young_is_referred_and_never_refused(shared: httpx.Client) -> None:
    wu = Citizen(shared, "wu").verify()
    wu.fetch("old-age-allowance")
    application = wu.file(wu.request("old-age-allowance", {}))
    (case,) = application.cases
    assert case.state == "referred"
    assert "八十" in case.reason.zh_hans
    assert case.due_on is not None
    assert case.documents[0].type == "referral-notice"
    documents_verify(shared, application)


@pytest.mark.parametrize("entry", [0, 1])
def test_twins_each_get_an_application_of_their_own(shared: httpx.Client, entry: int) -> None:
    zhao = Citizen(shared, "zhao").verify()
    zhao.fetch("newborn")
    materials = {**NEWBORN_MATERIALS, "marriage-certificate": "licence"}
    body = zhao.request("newborn", NEWBORN, [CHILD, TWIN], entry=entry, materials=materials)
    application = zhao.file(body)
    reaches_what_is_declared(application)
    documents_verify(shared, application)
    assert application.entry == entry
    vaccination = case_of(application, "vaccination-record").documents[0]
    name = {label.zh_hans: value for label, value in vaccination.fields}["儿童姓名"]
    assert name == ("钱小样", "钱小例")[entry]
    registration = case_of(application, "birth-registration")
    assert str(registration.due_on) == "2026-11-30"
    assert registration.documents[0].type == "acceptance-notice"
    benefit = case_of(application, "maternity-benefit")
    assert "生育费用发票" in benefit.reason.zh_hans


def test_an_unmarried_mother_is_not_blocked(shared: httpx.Client) -> None:
    sun = Citizen(shared, "sun").verify()
    sun.fetch("newborn")
    body = sun.request("newborn", NEWBORN_UNMARRIED, [CHILD], entry=0, materials=NEWBORN_MATERIALS)
    application = sun.file(body)
    reaches_what_is_declared(application)
    documents_verify(shared, application)


def test_a_restaurant_opens_with_partial_results(http: httpx.Client) -> None:
    li = Citizen(http, "li").verify()
    li.fetch("restaurant")
    body = li.request("restaurant", RESTAURANT)
    answer = li.submit(body)
    assert answer.status_code == 201, answer.text
    first = msgspec.json.decode(answer.content, type=Application)
    at_once = {case.item: case.state.value for case in first.cases}
    assert at_once["signboard-permit"] == "approved"
    assert at_once["fire-safety-commitment"] == "approved"
    events = li.outcomes(first.number)
    assert [event[1] for event in events][-1] == "end"
    application = li.application(first.number)
    reaches_what_is_declared(application)
    documents_verify(http, application)
    visit = case_of(application, "food-permit")
    assert visit.appointment == datetime(2026, 12, 1, 14, 0, tzinfo=START.tzinfo)
    assert {label.zh_hans: value for label, value in visit.documents[0].fields}["上门地址"].endswith("试验大道18号1层")


def test_two_visits_never_meet(http: httpx.Client) -> None:
    li = Citizen(http, "li").verify()
    li.fetch("restaurant")
    visits = []
    for _ in range(5):
        application = li.file(li.request("restaurant", RESTAURANT))
        visits.append(case_of(application, "food-permit").appointment)
    assert len(set(visits)) == len(visits)
    assert all(visit is not None and visit.hour in {14, 15} for visit in visits)


def test_an_answer_that_only_pretends_to_be_the_registers_is_looked_at_by_a_person(shared: httpx.Client) -> None:
    wu = Citizen(shared, "wu").verify()
    wu.fetch("old-age-allowance")
    body = wu.request("old-age-allowance", {})
    body["answers"]["single"]["person.birth_date"]["value"] = "1930-01-01"
    (case,) = wu.file(body).cases
    assert case.state == "referred"
    assert "出生日期" in case.reason.zh_hans


def test_another_number_than_that_of_the_document_is_looked_at_by_a_person(shared: httpx.Client) -> None:
    wang = Citizen(shared, "wang").verify()
    wang.fetch("insurance-certificate")
    body = wang.request("insurance-certificate", {**CERTIFICATE, "person.number": "000101194102181114"})
    (case,) = wang.file(body).cases
    assert case.state == "referred"


def test_a_corrected_telephone_is_no_reason_to_doubt(http: httpx.Client) -> None:
    chen = Citizen(http, "chen").verify()
    chen.fetch("old-age-allowance")
    (case,) = chen.file(chen.request("old-age-allowance", {"person.phone": "13800138099"})).cases
    assert case.state == "approved"


def test_an_allowance_is_granted_once_and_who_asks_again_is_looked_at_by_a_person(http: httpx.Client) -> None:
    chen = Citizen(http, "chen").verify()
    chen.fetch("old-age-allowance")
    states, reasons = [], []
    for _ in range(2):
        (case,) = chen.file(chen.request("old-age-allowance", {})).cases
        states.append(case.state)
        reasons.append(case.reason.zh_hans)
    assert states == ["approved", "referred"]
    assert "已经领过" in reasons[1]


def test_a_licence_that_nobody_finds_is_looked_at_by_a_person(shared: httpx.Client) -> None:
    sun = Citizen(shared, "sun").verify()
    sun.fetch("newborn")
    materials = {**NEWBORN_MATERIALS, "household-register": "licence", "marriage-certificate": "licence"}
    told = {**NEWBORN, "person.marital_status": "married", "family.other_name": "钱仿真"}
    told |= {"family.other_number": "000102199311303113", "family.other_ethnicity": "01"}
    application = sun.file(sun.request("newborn", told, [CHILD], entry=0, materials=materials))
    registration = case_of(application, "birth-registration")
    assert registration.state == "referred"
    assert case_of(application, "parenting-guidance").state == "approved"


def test_what_is_missing_is_named_with_a_pointer(shared: httpx.Client) -> None:
    chen = Citizen(shared, "chen").verify()
    chen.fetch("old-age-allowance")
    body = chen.request("old-age-allowance", {})
    del body["answers"]["single"]["person.phone"]
    body["materials"] = []
    body["signature"] = []
    answer = chen.submit(body)
    assert problem_code(answer) == "application.invalid"
    pointers = [error["pointer"] for error in answer.json()["errors"]]
    assert "/answers/single/person.phone/value" in pointers
    assert "/signature" in pointers
    assert "/materials" in pointers


def test_answers_under_an_earlier_catalogue_are_looked_at_by_a_person(shared: httpx.Client) -> None:
    chen = Citizen(shared, "chen").verify()
    chen.fetch("old-age-allowance")
    body = chen.request("old-age-allowance", {}) | {"catalogueVersion": "an earlier one"}
    application = chen.file(body)
    assert [case.state.value for case in application.cases] == ["referred"]
    assert application.catalogue_version == "an earlier one"
    del body["answers"]["single"]["person.phone"]
    assert problem_code(chen.submit(body)) == "application.version"


def test_a_silent_register_refers_instead_of_guessing(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, Clock(), registers_off=frozenset({"allowance"}))
    with running(settings) as http:
        chen = Citizen(http, "chen").verify()
        answer = chen.facts("old-age-allowance", ["register.allowance.receiving", "register.population.phone"])
        assert answer.json()["unavailable"] == ["allowance"]
        chen.fetch("old-age-allowance")
        (case,) = chen.file(chen.request("old-age-allowance", {})).cases
        assert case.state == "referred"
        forged = chen.request("old-age-allowance", {"allowance.receiving": False})
        # a fact is nobody's to claim …
        assert problem_code(chen.submit(forged)) == "application.invalid"
        # … and one that only pretends to be the register's is looked at by a person
        forged["answers"]["single"]["allowance.receiving"]["origin"] = "register.allowance.receiving"
        assert chen.file(forged).cases[0].state == "referred"


def test_what_a_silent_register_could_say_is_not_decided_by_the_citizens_word(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, Clock(), registers_off=frozenset({"population"}))
    with running(settings) as http:
        young = Citizen(http, "wu").verify()
        young.fetch("old-age-allowance")
        told = {
            "person.birth_date": "1930-01-01",
            "person.hukou_division": "000101",
            "person.phone": "13800001234",
            "person.home_address": {"division": "000101001000", "detail": "银杏巷8号"},
        }
        photographed = {"applicant-id": "scan", "household-register": "scan", "bank-card-proof": "scan"}
        (case,) = young.file(young.request("old-age-allowance", told, materials=photographed)).cases
        assert case.state == "referred"
        assert "出生日期" in case.reason.zh_hans
