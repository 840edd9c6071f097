"""What the parts of a large company are taken to have done, so that its gate ends."""

import os
import subprocess
import sys
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from insights import Floor, PeriodRecords
from insights.gate import attack_on, betrayed
from insights.likely import Groups, likely
from insights.parts import ATTRIBUTES, MOST_FREE, Parts
from insights.release import draft, release
from tests.insights.companies import SECRET, drawn_records
from tests.seeds import seeds

FLOOR = Floor()


@pytest.mark.parametrize("seed", seeds(5, 50))
def test_sums_are_met_where_people_can_meet_them(seed: int) -> None:
    random = np.random.default_rng(seed)
    highest = random.integers(1, 9, 400).astype(float)
    true = np.array([random.integers(0, each + 1) for each in highest])
    together = []
    for count in (12, 5, 3):
        of = random.integers(0, count, 400)
        together.append(Groups(of, np.bincount(of, true, count)))
    found = likely(highest, together)
    assert ((found >= 0) & (found <= highest)).all()
    for groups in together:
        sums = np.bincount(groups.of, found, len(groups.sums))
        # Each part is rounded for itself, and what that brings astray is set right by the next ones.
        assert abs(sums - groups.sums).max() <= 4


def test_those_that_come_first_make_up_the_sums() -> None:
    groups = Groups(np.zeros(4, dtype=np.int64), np.array([37.0]))
    found = likely(np.full(4, 10.0), [groups], [False, False, True, True])
    assert found[:2].tolist() == [10, 10]
    assert found.sum() == 37


def large_company() -> PeriodRecords:
    """Of so many kinds of people that most of what they did is not left open."""
    random, records = Random(3), drawn_records(seed=7, size=1_500, weeks=12)
    departments, levels = [f"Department {n}" for n in range(8)], [f"Level {n}" for n in range(5)]
    people = tuple(
        replace(each, department=random.choice(departments), level=random.choice(levels))
        for each in records.eligible
    )
    return replace(records, eligible=people)


def test_of_a_large_company_each_group_has_parts_that_are_left_open() -> None:
    records = large_company()
    parts = Parts.of(records, draft(records, secret=SECRET))
    assert len(parts.free) < MOST_FREE < len(parts.sizes)
    for place, attribute in enumerate(ATTRIBUTES):
        for label in parts.groups(attribute):
            people = sorted(people for cell, people in parts.sizes.items() if cell[place] == label)
            left_open = sorted(parts.sizes[cell] for cell in parts.free if cell[place] == label)
            assert left_open[:2] == people[:2]


def test_a_large_company_keeps_its_rows() -> None:
    records = large_company()
    drafted = draft(records, secret=SECRET)
    assert betrayed([records], drafted, FLOOR) == ()
    assert release(records, secret=SECRET) == drafted


def test_what_is_found_of_a_large_company_agrees_with_all_that_is_known() -> None:
    records = large_company()
    attack = attack_on([records], draft(records, secret=SECRET), FLOOR)
    found = attack.begin()
    assert found is not None
    assert attack.program.agrees(found)


ASK = """
import hashlib
from tests.insights.test_likely import FLOOR, SECRET, attack_on, draft, large_company
records = large_company()
program = attack_on([records], draft(records, secret=SECRET), FLOOR).program
asked = [list(row.items()) for row in (*program.rows, *program.moves)], program.least, program.most
print(hashlib.sha256(repr(asked).encode()).hexdigest())
"""


def test_every_process_asks_the_same_in_the_same_order() -> None:
    # Sets of texts have another order in each process, and a solver may find another solution then.
    asked = {
        subprocess.run(
            [sys.executable, "-c", ASK],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(asked) == 1


def test_the_order_of_the_people_does_not_matter() -> None:
    records = large_company()
    tables = draft(records, secret=SECRET)
    programs = [
        attack_on([replace(records, eligible=people)], tables, FLOOR).program
        for people in (records.eligible, records.eligible[::-1])
    ]
    assert programs[0].rows == programs[1].rows
    assert programs[0].moves == programs[1].moves
