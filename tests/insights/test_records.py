"""Records that contradict each other are refused, in words that name nobody."""

from typing import Any

import pytest

from insights import Eligible, InsightsError, IntroductionRecord, PeriodRecords, RecordsError
from tests.insights.companies import FIRST_ID, MONDAY

ANA, BO, CY, STRANGER = (FIRST_ID + n for n in range(4))


def introduction(*people: int) -> IntroductionRecord:
    return IntroductionRecord(people, new=True, cross_department=True, met=people, open=False)


def records(**changed: Any) -> PeriodRecords:
    given = {
        "period_on": MONDAY,
        "weeks": 4,
        "eligible": (Eligible(ANA, "Law"), Eligible(BO), Eligible(CY, "Law")),
        "opted_in": frozenset({ANA, BO}),
        "introduced": frozenset({ANA, BO}),
        "introductions": (introduction(ANA, BO),),
        "ties": ((BO, ANA),),
    }
    return PeriodRecords(**given | changed)


def test_records_that_agree() -> None:
    assert records().weeks == 4
    assert records(ties=((ANA, BO), (BO, ANA))).ties
    with_a_leaver = records(introductions=(introduction(ANA, BO), introduction(BO, STRANGER)))
    assert with_a_leaver.met == {ANA, BO, STRANGER}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"weeks": 5}, "4 or 12 weeks"),
        ({"eligible": (*records().eligible, Eligible(ANA, "Sales"))}, "eligible twice"),
        ({"opted_in": frozenset({ANA, BO, STRANGER})}, "who opted in, 1 are not eligible"),
        ({"introduced": frozenset({ANA, BO, CY})}, "introduced, 1 did not opt in"),
        ({"introductions": (introduction(ANA, CY),)}, "in introductions, 1 are not among those introduced"),
        ({"ties": ((ANA, STRANGER),)}, "with ties, 1 are not eligible"),
        ({"ties": ((CY, CY),)}, "did not meet in an introduction"),
        ({"ties": ((ANA, CY),)}, "did not meet in an introduction"),
        ({"met_again": ((ANA, CY),)}, "did not meet in an introduction"),
        ({"met_again": ((ANA, BO),)}, "for the first time, and again"),
        ({"sit_outs": (ANA, CY)}, "who sat out, 1 did not opt in"),
        ({"active_before": frozenset({STRANGER})}, "active before, 1 are not eligible"),
        ({"active_before": frozenset({ANA}), "still_active": frozenset({BO})}, "were not active before"),
        ({"first_met_on": {STRANGER: MONDAY}}, "who met, 1 are not eligible"),
    ],
)
def test_records_that_contradict_each_other(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(RecordsError, match=says) as caught:
        records(**changed)
    assert isinstance(caught.value, InsightsError)
    assert str(FIRST_ID)[:-1] not in str(caught.value)


@pytest.mark.parametrize("people", [(), (ANA,), (ANA, ANA), tuple(range(9))])
def test_an_introduction_has_two_to_eight_different_people(people: tuple[int, ...]) -> None:
    with pytest.raises(RecordsError, match="two to eight") as caught:
        introduction(*people)
    assert str(FIRST_ID)[:-1] not in str(caught.value)


@pytest.mark.parametrize(
    ("met", "is_open", "says"),
    [
        ((ANA,), False, "Nobody of an introduction met, or two"),
        ((ANA, STRANGER), False, "Nobody of an introduction met, or two"),
        ((ANA, ANA), False, "Nobody of an introduction met, or two"),
        ((ANA, BO), True, "either confirmed or open"),
    ],
)
def test_who_met_was_there_and_it_is_not_open(met: tuple[int, ...], is_open: bool, says: str) -> None:
    with pytest.raises(RecordsError, match=says):
        IntroductionRecord((ANA, BO, CY), new=True, cross_department=True, met=met, open=is_open)
