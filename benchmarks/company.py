"""A made-up company of any size from 12 to 100,000 people, the same for the same seed, as NumPy arrays."""

import datetime
import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher import Person

TODAY = datetime.date(2026, 1, 5)
SMALLEST, LARGEST = 12, 100_000
LEVEL_SHARES = (0.40, 0.30, 0.18, 0.09, 0.03)
VIRTUAL_SHARE = 0.85
CONFIRMED_SHARE = 0.6
REPORTS = 7
MEAN_TENURE_DAYS, LONGEST_TENURE_DAYS = 4 * 365, 40 * 365
# How many values there are, and how many of them one person has at most.
INTERESTS, LANGUAGES, SKILLS = (60, 4), (12, 3), (200, 6)

Ints = NDArray[np.int32]
SmallInts = NDArray[np.int16]
Flags = NDArray[np.bool_]


class History(NamedTuple):
    """Pairs who were introduced, oldest first; all four of shape (pairs,), and low is below high."""

    low: Ints
    high: Ints
    day: Ints
    """A Monday, as `datetime.date.toordinal` counts."""
    confirmed: Flags


@dataclass(frozen=True, eq=False, slots=True)
class Company:
    """n people, numbered from 0; every array's first axis is theirs.

    What is modelled on what:

    - Departments: 5 for 40 people, 12 for 217, as in the real office of `benchmarks.office`, and 40 for
      100,000, in proportion to the logarithm in between. The k-th largest is as large as 1 / (k + 1) says,
      which gives 50, 33, 25 … 8 people where that office has 57, 32, 31 … 2.
    - Offices: one up to 40 people and seven for 100,000, of sizes by the same rule, whatever the department;
      85 % take a virtual lunch. No source, only plausible.
    - Levels: a pyramid of 40, 30, 18, 9 and 3 %. Managers: within a department whoever is higher manages
      seven others, level by level, and the heads of departments report to the head of the largest.
    - First days: tenure falls off exponentially from 4 years on average, as if people left at random.
    - Interests, languages and skills: the k-th most common of them is drawn in proportion to 1 / k, as
      words in a text are (Zipf). Somebody's number of draws is uniform, and equal draws count once.
    - History: a round-robin tournament in random order, so that everybody meets somebody new in each week.
      Departments play no part, so pairs cross departments as often as any two people do: 78 % among 40
      people, 94 % among 100,000. Nobody is ever absent, and no pair meets twice.
    """

    seed: int
    department: SmallInts
    office: SmallInts
    level: SmallInts
    """0 to 4, the highest."""
    started_on: Ints
    """First days, as `datetime.date.toordinal` counts."""
    manager: Ints
    """The number of the person's manager; the head of the company has -1."""
    takes_virtual: Flags
    interests: SmallInts
    """Shape (n, 4): a set in each row, ascending, filled up with -1 in front; so are the next two."""
    languages: SmallInts
    skills: SmallInts

    @property
    def size(self) -> int:
        return len(self.department)

    def people(self) -> list[Person]:
        """The people as the matcher is given them; what it doesn't know is left out."""
        departments, offices, levels, interests = (
            [f"{kind} {number}" for number in range(int(numbers.max()) + 1)]
            for kind, numbers in (
                *(("department", self.department), ("office", self.office)),
                *(("level", self.level), ("interest", self.interests)),
            )
        )
        columns = zip(
            *(self.department.tolist(), self.office.tolist(), self.manager.tolist()),
            *(self.takes_virtual.tolist(), self.level.tolist(), self.started_on.tolist()),
            self.interests.tolist(),
            strict=True,
        )
        return [
            Person(
                id=number,
                department=departments[department],
                office=offices[office],
                manager=None if manager < 0 else manager,
                takes_virtual=virtual,
                level=levels[level],
                started_on=datetime.date.fromordinal(day),
                interests=frozenset(interests[interest] for interest in liked if interest >= 0),
            )
            for number, (department, office, manager, virtual, level, day, liked) in enumerate(columns)
        ]

    def history(self, weeks: int) -> History:
        """The n // 2 pairs of each of the last weeks, all of them distinct: 13 bytes for a pair.

        In a round-robin tournament with an odd number m of places round a circle, round c pairs the
        places c + t and c - t; with one person more, that one meets whoever is at c.
        """
        size, places = self.size, self.size - 1 + self.size % 2
        if not 0 <= weeks <= places:
            raise ValueError(f"{size} people have at most {places} weeks of distinct pairs, not {weeks}.")
        random = np.random.default_rng([self.seed, 1])
        seat = random.permutation(size).astype(np.int32)
        step = np.arange(1, places // 2 + 1, dtype=np.int32)
        low = np.empty((weeks, size // 2), np.int32)
        high = np.empty_like(low)
        for week, centre in enumerate(random.permutation(places)[:weeks].tolist()):
            one, other = seat[(centre + step) % places], seat[(centre - step) % places]
            if size % 2 == 0:
                one, other = np.append(one, seat[centre]), np.append(other, seat[places])
            np.minimum(one, other, out=low[week])
            np.maximum(one, other, out=high[week])
        days = TODAY.toordinal() - 7 * np.arange(weeks, 0, -1, dtype=np.int32)
        confirmed = random.random(low.size, dtype=np.float32) < CONFIRMED_SHARE
        return History(low.ravel(), high.ravel(), np.repeat(days, size // 2), confirmed)


def draw_company(size: int, seed: int) -> Company:
    """Draw a company; the same size and seed give the same one on every machine with the same NumPy."""
    if not SMALLEST <= size <= LARGEST:
        raise ValueError(f"A company has {SMALLEST} to {LARGEST} people, not {size}.")
    random = np.random.default_rng([seed, 0])
    department = _placed(random, size, max(3, int(5 + 10.31 * math.log10(size / 40))))
    level = random.choice(len(LEVEL_SHARES), size, p=LEVEL_SHARES).astype(np.int16)
    tenure = random.exponential(MEAN_TENURE_DAYS, size).clip(0, LONGEST_TENURE_DAYS)
    return Company(
        seed=seed,
        department=department,
        office=_placed(random, size, int(1.5 * math.log10(size) - 0.5)),
        level=level,
        started_on=TODAY.toordinal() - tenure.astype(np.int32),
        manager=_managers(department, level),
        takes_virtual=random.random(size) < VIRTUAL_SHARE,
        interests=_sets(random, size, *INTERESTS, fewest=0),
        languages=_sets(random, size, *LANGUAGES, fewest=1),
        skills=_sets(random, size, *SKILLS, fewest=0),
    )


def _placed(random: np.random.Generator, size: int, count: int) -> SmallInts:
    """People in `count` places, the largest first; what rounding leaves over is the largest fractions'."""
    shares = 1 / np.arange(2, count + 2)
    exact = size * shares / shares.sum()
    sizes = exact.astype(int)
    sizes[np.argsort(sizes - exact, kind="stable")[: size - sizes.sum()]] += 1
    return random.permutation(np.repeat(np.arange(count, dtype=np.int16), sizes))


def _managers(department: SmallInts, level: SmallInts) -> Ints:
    """In each department a tree in which everybody has up to seven reports, the highest at the top."""
    order = np.lexsort((-level, department)).astype(np.int32)
    first = np.searchsorted(department[order], department[order])
    rank = np.arange(len(order)) - first
    manager = np.empty(len(order), np.int32)
    manager[order] = order[first + np.maximum(rank - 1, 0) // REPORTS]
    manager[order[rank == 0]] = order[0]
    manager[order[0]] = -1
    return manager


def _sets(random: np.random.Generator, size: int, values: int, most: int, fewest: int) -> SmallInts:
    """Sets of up to `most` out of the values from 0, in rows."""
    shares = 1 / np.arange(1, values + 1)
    cumulated = np.cumsum(shares / shares.sum())
    drawn = np.searchsorted(cumulated[:-1], random.random((size, most))).astype(np.int16)
    drawn[np.arange(most) >= random.integers(fewest, most, (size, 1), endpoint=True)] = -1
    drawn.sort(axis=1)
    drawn[:, 1:][drawn[:, 1:] == drawn[:, :-1]] = -1
    drawn.sort(axis=1)
    return drawn
