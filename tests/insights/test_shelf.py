"""The shelf finds tables without reading them, and everything on it can be read and has its words."""

import json
from datetime import date, timedelta

import pytest

from insights import (
    BASE_FLOOR,
    CHARTED,
    COMPANY,
    HOW_TO_READ,
    Bounds,
    Count,
    Reading,
    ReleasedTable,
    Share,
    Shelf,
    StoredTable,
    TableError,
    TableRow,
    answer_rates,
    release,
)
from insights.cells import Rate
from tests.insights.companies import MONDAY, SECRET, drawn_records
from tests.released_company import FIRST, released_tables

TABLES = released_tables(2)


def stored() -> list[StoredTable]:
    return [StoredTable(one.name, one.period_on, one.weeks, json.dumps(one.to_dict())) for one in TABLES]


def test_as_of_a_day_the_newest_periods_that_were_over() -> None:
    shelf = Shelf(reversed(stored()))
    newest, *_, first = shelf.last_days()
    assert (newest, first) == (FIRST + timedelta(weeks=24, days=-1), FIRST + timedelta(weeks=4, days=-1))
    then = shelf.newest(FIRST + timedelta(weeks=12, days=-1))
    assert then["who_meets_whom"].period_on == FIRST
    assert then["people_funnel"].period_on == FIRST + timedelta(weeks=8)
    assert set(shelf.newest(first)) == {"people_funnel", "introductions_funnel", "met_rate"}
    assert shelf.newest(first - timedelta(days=1)) == {}
    assert {one.read() for one in shelf.stored} == set(TABLES)


def test_the_period_before_is_the_one_that_ended_when_this_began() -> None:
    shelf = Shelf(stored())
    now = shelf.newest(shelf.last_days()[0])["who_meets_whom"]
    before = shelf.before(now)
    assert before is not None
    assert before.period_on == FIRST
    assert shelf.before(before) is None
    assert [one.period_on for one in shelf.series("who_meets_whom", date.max)] == [FIRST, now.period_on]


def test_a_damaged_table_is_named_as_such() -> None:
    with pytest.raises(TableError):
        StoredTable("reach", FIRST, 12, "{}").read()


def test_every_table_can_be_read_right() -> None:
    made = [table for weeks in (4, 12) for table in release(drawn_records(1, 30, weeks), secret=SECRET)]
    assert list(HOW_TO_READ.keys() ^ {table.name for table in made}) == []
    # What other tests draw by lot has the names and the columns of what is released.
    drawn = {table.name: table.columns for table in released_tables(1, size=30)}
    assert drawn == {table.name: table.columns for table in made}
    assert drawn.keys() - CHARTED == {"met_rate", "department_pairs_linked", "novelty_left"}
    for reading in HOW_TO_READ.values():
        assert all(one.endswith(".") and one.count(". ") == 0 for one in (reading.means, reading.means_not))
        assert reading.of
    assert "Lunches are not collaboration" in HOW_TO_READ["who_meets_whom"].means_not
    assert BASE_FLOOR.k == 5


def test_each_four_weeks_say_for_themselves_how_many_were_answered() -> None:
    def met_rate(answered: Rate) -> ReleasedTable:
        row = TableRow(COMPANY, (Count(40), Bounds(Share(46), Share(78), answered)))
        return ReleasedTable("met_rate", MONDAY, 4, ("delivered", "met rate"), (row,), ())

    rates = [met_rate(each) for each in (Share(79), Reading.CANNOT_TELL, Share(74))]
    assert (
        answer_rates(rates) == "introductions answered, four weeks after four weeks: 79 %; can't tell; 74 %"
    )
    assert answer_rates(rates[:1]) == "of the introductions 79 % were answered"


def test_without_a_rate_nobody_can_tell_who_answered() -> None:
    assert answer_rates([]) == "can't tell how many introductions were answered"
