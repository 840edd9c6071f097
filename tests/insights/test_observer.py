"""What somebody concludes who knows a group's true size: every size, count and draw is tried."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import product

import pytest

from insights import Floor, IntroductionRecord, PeriodRecords, cell_text
from insights.attributes import DEPARTMENT
from insights.funnels import introductions_funnel, met_rate, people_steps
from insights.rounding import Rounding
from insights.rows import people_by, rows_of
from insights.steps import steps_row
from insights.who_meets import who_meets_whom
from tests.insights.companies import MONDAY, people_of, tied

SIZES = range(10, 25)
STEPS = ("eligible", "opted in", "introduced", "met")
Concluded = dict[object, set[int]]


class Drawn(Rounding):
    """Rounds with the draws that it is given, one for each column."""

    def __init__(self, **draws: int) -> None:
        super().__init__(bytes(16))
        self.draws = {name.replace("_", " "): draw for name, draw in draws.items()}

    def _draw(self, measure: str, *cell: str | None) -> int:
        return self.draws[str(cell[-1])]


def drawn_secrets() -> list[bytes]:
    """Secrets that draw each pair of draws for the eligible people and the opted in of Law."""
    found: dict[tuple[bool, ...], bytes] = {}
    for number in range(2_000):
        secret = b"%16d" % number
        draws = tuple(
            Rounding(secret).released(count, "people_funnel", "Law", column) > count
            for column in STEPS[:2]
            for count in range(1, 5)
        )
        found.setdefault(draws, secret)
    assert len(found) == 25
    return list(found.values())


def assert_nobody_is_betrayed(concluded: Concluded, size: int) -> None:
    """At least five counts are possible, never all or none alone, and three for who knows any two people."""
    for said, counts in concluded.items():
        assert len(counts) >= 5, (size, said, counts)
        for both_did in (0, 1, 2):
            left = {count for count in counts if both_did <= count <= size - (2 - both_did)}
            assert len(left) >= 3, (size, said, counts)
        if size < 20:
            # Without shares: no word says that more than half of them did.
            assert min(counts) <= size / 2, (size, said, counts)


@pytest.mark.parametrize("size", SIZES)
def test_a_group_in_the_released_funnel(size: int) -> None:
    concluded: Concluded = defaultdict(set)
    secrets = drawn_secrets()
    people = people_of(Law=size, Sales=40)
    groups = {"Law": "Law", "Sales": "Sales"}
    for count, secret in product(range(size + 1), secrets):
        records = PeriodRecords(MONDAY, 12, people, opted_in=frozenset(range(count)))
        rows = rows_of(records, DEPARTMENT, groups, Floor())
        funnel = people_by(records, rows, Rounding(secret), Floor())
        concluded[tuple(cell_text(funnel.cell("Law", name)) for name in STEPS)].add(count)
    assert_nobody_is_betrayed(concluded, size)


@pytest.mark.parametrize("size", [10, 11, 14, 15, 19, 20, 21, 24])
def test_two_steps_of_a_row_beside_each_other(size: int) -> None:
    """Whoever was introduced has opted in: one step must not narrow down the other."""
    opted: Concluded = defaultdict(set)
    introduced: Concluded = defaultdict(set)
    everybody = frozenset(range(size))
    people = people_of(Law=size)
    for more in range(size + 1):
        for fewer in range(more + 1):
            first, second = frozenset(range(more)), frozenset(range(fewer))
            records = PeriodRecords(MONDAY, 12, people, opted_in=first, introduced=second)
            for draws in product(draws_for(size), draws_for(more), draws_for(fewer)):
                drawn = Drawn(**dict(zip(("eligible", "opted_in", "introduced"), draws, strict=True)), met=0)
                cells = steps_row(people_steps(records, everybody), "Law", drawn, Floor(), sure=size).cells
                opted[cells].add(more)
                introduced[cells].add(fewer)
    assert_nobody_is_betrayed(opted, size)
    assert_nobody_is_betrayed(introduced, size)


def draws_for(count: int) -> Iterable[int]:
    """Draws that round it in each way there is."""
    return (0, 4) if count % 5 else (0,)


@pytest.mark.parametrize("size", [10, 14, 15, 19, 20, 24])
def test_who_met_another_department_beside_who_met_anybody(size: int) -> None:
    """The cell of Law and Sales beside the row of Law: some met Sales, and some of the others met Ops."""
    with_sales: Concluded = defaultdict(set)
    with_anybody: Concluded = defaultdict(set)
    law, people = frozenset(range(size)), people_of(Law=size, Sales=30, Ops=30)
    groups = {name: name for name in ("Law", "Sales", "Ops")}
    for anybody in range(size + 1):
        for sales in range(anybody + 1):
            ties = tuple((n, size + n if n < sales else size + 30 + n) for n in range(anybody))
            records = tied(people, ties, opted_in=law)
            for draws in product(draws_for(size), draws_for(anybody), draws_for(sales)):
                eligible, met, column = draws
                drawn = Drawn(eligible=eligible, met=met, Sales=column, **NOT_LOOKED_AT)
                row = steps_row(people_steps(records, law), "Law", drawn, Floor(), sure=size).cells[3]
                rows = rows_of(records, DEPARTMENT, groups, Floor())
                meetings = who_meets_whom(records, rows, drawn, Floor())
                said = (row, meetings.cell("Law", "Sales"))
                with_sales[said].add(sales)
                with_anybody[said].add(anybody)
    assert_nobody_is_betrayed(with_sales, size)
    assert_nobody_is_betrayed(with_anybody, size)


NOT_LOOKED_AT = {"opted_in": 0, "introduced": 0, "Law": 0, "Ops": 0}


@pytest.mark.parametrize("delivered", [3, 9, 11, 16, 19, 20, 21, 22, 24, 25, 27, 31])
def test_introductions_of_which_the_true_number_is_known(delivered: int) -> None:
    """Met, open and neither, from the funnel and the met rate together."""
    concluded: list[Concluded] = [defaultdict(set) for _ in range(3)]
    for met in range(delivered + 1):
        for still_open in range(delivered - met + 1):
            records = introductions(met, still_open, delivered - met - still_open)
            for draws in product(draws_for(delivered), draws_for(met), draws_for(still_open)):
                drawn = Drawn(**dict(zip(("delivered", "met", "open"), draws, strict=True)), **NONE_NEW)
                tables = (introductions_funnel, met_rate)
                said = tuple(table(records, drawn, Floor()).rows[0] for table in tables)
                concluded[0][said].add(met)
                concluded[1][said].add(still_open)
                concluded[2][said].add(delivered - met - still_open)
    for counts in (counts for each in concluded for counts in each.values()):
        assert len(counts) >= min(5, delivered + 1)


NONE_NEW = {"met_and_new": 0, "met,_new_and_cross-department": 0}


def introductions(met: int, still_open: int, neither: int) -> PeriodRecords:
    """So many introductions of two people each, none of them new."""
    total = met + still_open + neither
    lunches = tuple(
        IntroductionRecord(
            (2 * n, 2 * n + 1),
            new=False,
            cross_department=False,
            met=(2 * n, 2 * n + 1) if n < met else (),
            open=met <= n < met + still_open,
        )
        for n in range(total)
    )
    everybody = frozenset(range(2 * total))
    return PeriodRecords(MONDAY, 4, people_of(Law=2 * total), everybody, everybody, lunches)
