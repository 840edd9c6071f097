"""Ours beside other ways to pair people for lunch: the same people, absences and weeks for everyone.

    python -m benchmarks.peers [FOLDER]

FOLDER holds `people.csv` and `contacts.csv` of "Contacts in a workplace" by the SocioPatterns
collaboration (M. Génois and A. Barrat, EPJ Data Science 7:11, 2018, doi 10.1140/epjds/s13688-018-0140-1),
as `person_id, department` and `person_a, person_b`. Without it, the folder `office-2015` is looked for
in a `data` folder beside this checkout, and where there is none, that table is left out. The exit status
is 1 where `shortfalls` finds one.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil
from pathlib import Path
from random import Random
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.contestants import PEERS, Contestant, Group, Lunchmates, Pair, Week, pairs_in
from matcher import Matching
from use_cases.read_csv import read_meetings, read_people

SIZES = (12, 20, 40, 100)
WEEKS, SEEDS, ATTENDANCE = 26, 5, 0.8
# One department as large as all others together: the hardest case in which nothing need be repeated at 40.
SHARES = (0.5, 0.2, 0.15, 0.1, 0.05)

console = Console(width=110, highlight=False)


@dataclass(frozen=True, slots=True)
class Setting:
    """Everybody's department, who comes in each week, and who had met before, as (low, high)."""

    department: tuple[str | None, ...]
    weeks: tuple[tuple[int, ...], ...]
    met: frozenset[Pair] = frozenset()


class Counts(NamedTuple):
    """What the weeks of one contestant amount to, or what is proven of them."""

    repeats: int
    """Pairs of people, three in a trio, who had met before that week."""
    same_department: int
    """Introductions whose people are all of one department."""
    left_out: int
    """People in no introduction, added up over the weeks."""
    new_across: int
    """Distinct pairs of people of two departments, three in a trio, who had never met before."""
    introductions_across: int
    """Introductions with such a pair: the same, but a trio counts as one, as if its third stayed away."""


def main() -> int:
    """Print a table for each size; the exit status is 1 where ours falls short."""
    began, wrong = time.perf_counter(), 0
    console.print(
        f"{WEEKS} weeks in which everybody comes in with {ATTENDANCE:.0%}, drawn; means of {SEEDS} seeds. "
        "A pair is new if the two had never met. New pairs across departments can be three in a trio; "
        "beside them, a trio is counted as one, as if its third had been left out."
    )
    for size in SIZES:
        wrong += _compare(f"{size} people", [drawn_setting(departments(size), seed) for seed in range(SEEDS)])
    folder = _folder()
    if folder is None:
        console.print("The real office is left out: name the folder with people.csv and contacts.csv.")
    else:
        wrong += _compare("A real office", [real_setting(folder, seed) for seed in range(SEEDS)])
    console.print(f"Done in {time.perf_counter() - began:.0f} s.")
    return 1 if wrong else 0


def departments(size: int) -> tuple[str, ...]:
    """Everybody's department by `SHARES`, of which each has somebody."""
    ends = [round(size * share) for share in accumulate(SHARES, initial=0)]
    return tuple(f"department {n}" for n, (one, end) in enumerate(pairwise(ends)) for _ in range(one, end))


def drawn_setting(department: Sequence[str | None], seed: int, met: frozenset[Pair] = frozenset()) -> Setting:
    """Everybody comes in 80 % of the weeks, drawn for each week and person."""
    random, everybody = Random(seed), range(len(department))
    weeks = tuple(tuple(one for one in everybody if random.random() < ATTENDANCE) for _ in range(WEEKS))
    return Setting(tuple(department), weeks, met)


def real_setting(folder: Path, seed: int) -> Setting:
    """The people of the files, where whoever has been in contact has met."""
    rows = read_people(folder / "people.csv").rows
    number = {row.external_id: n for n, row in enumerate(rows)}
    contacts = read_meetings(folder / "contacts.csv").rows
    met = pairs_in((number[row.person_a], number[row.person_b]) for row in contacts)
    return drawn_setting([row.department for row in rows], seed, frozenset(met))


def play(setting: Setting, contestant: Contestant, seed: int) -> list[list[Group]]:
    """All weeks, one after the other; whoever is introduced has met."""
    random, met, rounds = Random(f"weeks {seed}"), set(setting.met), list[list[Group]]()
    for present in setting.weeks:
        rounds.append(contestant(Week(present, setting.department, met, random)))
        met.update(pairs_in(rounds[-1]))
    return rounds


def count(setting: Setting, rounds: Iterable[Sequence[Group]]) -> Counts:
    """What these rounds, in which nobody is twice in one week, amount to."""
    department, met, counts = setting.department, set(setting.met), Counts(0, 0, 0, 0, 0)
    for present, groups in zip(setting.weeks, rounds, strict=True):
        known = sum(pair in met for pair in pairs_in(groups))
        same = sum(len({department[one] for one in group}) == 1 for group in groups)
        new = [
            sum(pair not in met and department[pair[0]] != department[pair[1]] for pair in pairs_in([group]))
            for group in groups
        ]
        left_out = len(present) - sum(map(len, groups))
        counts = total([counts, Counts(known, same, left_out, sum(new), sum(map(bool, new)))])
        met.update(pairs_in(groups))
    return counts


def total(counts: Iterable[Counts]) -> Counts:
    """The sums of several counts."""
    return Counts(*map(sum, zip(*counts, strict=True)))


def weekly_bounds(rounds: Iterable[Matching]) -> Counts:
    """The sum of what was proven of each week, given the weeks before; of new pairs nothing is."""
    return total(
        Counts(
            each.bounds.repeats,
            len(each.introductions) - each.bounds.cross_department,
            *(each.bounds.sit_outs, 0, 0),
        )
        for each in rounds
    )


def bounds(setting: Setting, repeats: int) -> Counts:
    """What no plan can beat that leaves nobody out, with a trio in each odd week and no other.

    It may know all weeks beforehand. For same-department introductions it has the given repeats.

    - Repeats: somebody with fewer unmet partners than weeks repeats the difference, and a repeat serves
      two; no more pairs are new than are unmet, and a trio needs three.
    - Same department: of n // 2 introductions at most r are across, where r people are not of the largest
      department. And in each week beyond somebody's unmet partners across, that person is in a repeat or
      in such an introduction, of two people or, once in an odd week, three.
    - New pairs across: each needs one of the r people, of whom one more place is in a trio.
    """
    department = setting.department
    # Whoever is the only one there is left out, whatever the plan.
    weeks = [present for present in setting.weeks if len(present) > 1]
    unmet = {pair for present in weeks for pair in pairs_in([present])} - setting.met
    across = {(one, other) for one, other in unmet if department[one] != department[other]}
    lacking = _lacking(weeks, across) - 2 * repeats
    odd = [len(present) % 2 for present in weeks]
    rest = [len(each) - max(Counter(department[one] for one in each).values(), default=0) for each in weeks]
    most = [min(len(present) // 2, r) for present, r in zip(weeks, rest, strict=True)]
    introductions = sum(len(present) // 2 for present in weeks)
    return Counts(
        max(ceil(_lacking(weeks, unmet) / 2), introductions + 2 * sum(odd) - len(unmet)),
        max(introductions - sum(most), ceil(lacking / 3), ceil((lacking - sum(odd)) / 2)),
        sum(len(present) == 1 for present in setting.weeks),
        min(
            len(across),
            sum(min(len(p) // 2 + 2 * o, r + o) for p, r, o in zip(weeks, rest, odd, strict=True)),
        ),
        min(len(across), sum(most)),
    )


def _lacking(weeks: Iterable[Sequence[int]], pairs: Iterable[Pair]) -> int:
    """By how many weeks people come in more often than they have partners, added up."""
    times = Counter(one for present in weeks for one in present)
    times.subtract(one for pair in pairs for one in pair)
    return sum(lacking for lacking in times.values() if lacking > 0)


def shortfalls(peers: Mapping[str, Counts], ours: Counts, weekly: Counts, ahead: Counts) -> list[str]:
    """In what sense our row is not the best.

    Against peers who leave more people out, repeats and introductions within departments are no measure,
    and the bounds alone are: leaving people out always saves some, and a trio, which leaves nobody out,
    needs three pairs instead of one.
    """
    found = []
    if ours.left_out:
        found.append("leaves people out")
    if ours.repeats > (weekly.repeats if ahead.repeats else 0):
        found.append("repeats more than it must")
    if ours.same_department > weekly.same_department:
        found.append("introduces more people within their department than it must, given its weeks before")
    for name, each in peers.items():
        if each.new_across >= ours.new_across < ahead.new_across:
            found.append(f"has no more new pairs across departments than '{name}'")
        if ahead.repeats or each.left_out > ours.left_out or each.repeats > ours.repeats:
            continue
        if each.same_department < ours.same_department:
            found.append(f"introduces more people within their department than '{name}'")
    return found


def _compare(title: str, settings: Sequence[Setting]) -> int:
    """Print the table of one size; return how often ours falls short."""
    ours, weekly, ahead = [], [], []
    for seed, setting in enumerate(settings):
        lunchmates = Lunchmates(setting.met)
        ours.append(count(setting, play(setting, lunchmates, seed)))
        weekly.append(weekly_bounds(lunchmates.rounds))
        ahead.append(bounds(setting, ours[-1].repeats))
    rows = {
        name: total(count(setting, play(setting, peer, seed)) for seed, setting in enumerate(settings))
        for name, peer in PEERS.items()
    }
    found = shortfalls(rows, total(ours), total(weekly), total(ahead))
    sizes = Counter(settings[0].department).most_common()
    table = Table(
        *("", "repeats", "same department", "left out", "new pairs across", "a trio as one"),
        title=f"{title}, in departments of {', '.join(str(size) for _, size in sizes)}",
    )
    for name, counts in rows.items():
        table.add_row(name, *_means(counts, len(settings)))
    table.add_row("Lunchmates", *_means(total(ours), len(settings)), style="bold")
    table.add_row("bound for it, week by week", *_means(total(weekly), len(settings))[:3], "", "")
    table.add_row("bound without anybody left out, all weeks known", *_means(total(ahead), len(settings)))
    console.print(table)
    if total(ahead).repeats:
        console.print(
            "People come in more often here than they have partners, so repeats are forced, and most on "
            "whoever leaves nobody out: the bounds are the measure, not the rows of those who do."
        )
    for problem in found:
        console.print(f"Lunchmates {problem}.")
    return len(found)


def _means(counts: Counts, seeds: int) -> list[str]:
    return [f"{each / seeds:.1f}" for each in counts]


def _folder() -> Path | None:
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    beside = sorted(Path(__file__).resolve().parent.parent.parent.glob("*/data/office-2015"))
    return beside[0] if beside else None


if __name__ == "__main__":
    sys.exit(main())
