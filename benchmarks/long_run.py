"""How many rounds companies last before the first repeat, against the most that there can be.

    python -m benchmarks.long_run [OFFICE_FOLDER]

A company lasts until a round repeats a pair, leaves somebody over or has an introduction inside one
department. R* is the largest r for which every person can be given r partners of other departments, each at
most once, if fractions of a meeting count: no company lasts longer. A trio gives three people four to six
partners, so for an odd number of people R* has that many to give away. The ratio is rounds / R*, of the
worst and of the median of 20 seeds; an R* that is no whole number is out of reach. "By chance" is a perfect
matching of the unmet pairs by random weights, without a look ahead.

OFFICE_FOLDER holds `people.csv` and `contacts.csv` of "Contacts in a workplace" by the SocioPatterns
collaboration (M. Génois and A. Barrat, EPJ Data Science 7:11, 2018, doi 10.1140/epjds/s13688-018-0140-1);
without it, the folder `office-2015` is looked for in a `data` folder beside this checkout.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import combinations, repeat
from pathlib import Path
from statistics import median

import numpy as np
import rustworkx
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, eye_array, hstack

from matcher import PastPair, Person, match
from use_cases.read_csv import read_meetings, read_people

SEEDS = 20
OFFICE_SEEDS = 3
# Of an odd number of people, how many are tried as the third of a trio by chance.
THIRDS = 10
EQUAL = [
    *([1] * 12, [3] * 4, [4] * 3, [6] * 2, [4] * 5, [5] * 4, [6] * 4, [8] * 3),
    *([8] * 5, [10] * 4, [10] * 6, [20] * 3, [10] * 10, [20] * 5, [25] * 4),
]
SKEWED = [
    *([16, 12, 12], [16, 8, 8, 8], [16, 6, 6, 6, 6], [24, 12, 12, 12], [24, 9, 9, 9, 9]),
    *([40, 20, 20, 20], [40, 12, 12, 12, 12, 12], [40, 7, 7, 7, 7, 7, 7, 6, 6, 6]),
]
OTHERS = [[18, 18, 4], [9, 7, 5, 3], [30, 30, 20, 20], [3] * 5, [5] * 5, [16, 9, 8, 8]]

Groups = Iterable[tuple[int, ...]]
console = Console(width=110, highlight=False)


@dataclass(frozen=True)
class Company:
    """The department of each person, and who has met; shapes (n,) and (n, n)."""

    department: NDArray[np.int64]
    met: NDArray[np.bool_]

    @property
    def unmet(self) -> NDArray[np.bool_]:
        """The pairs of two departments who have not met."""
        across: NDArray[np.bool_] = self.department[:, None] != self.department
        return across & ~self.met


Play = Callable[[Company, int], Groups]


def main() -> int:
    """Print both tables; the exit status is 1 where a target is missed."""
    kinds = [("equal", EQUAL, 1.0), ("40 % in one", SKEWED, 0.97), ("others", OTHERS, 0.0)]
    table = Table(
        "departments", "people", "R*", "by chance: worst, median", "matcher: worst, median", "ratio"
    )
    missed = False
    with ProcessPoolExecutor() as pool:
        for kind, instances, target in kinds:
            table.add_section()
            for sizes in instances:
                company = _founded(sizes)
                bound = most_rounds(company)
                worst, cells = _lasted(pool, company, range(SEEDS), bound)
                missed |= worst < target
                table.add_row(f"{kind}: {_written(sizes)}", *cells)
        console.print(table)
        office = _office()
        if office is None:
            console.print("No office: name the folder with people.csv and contacts.csv.")
        else:
            _, cells = _lasted(pool, office, range(OFFICE_SEEDS), most_rounds(office))
            console.print(
                "The real office, {} people: R* = {}, by chance {}, matcher {}, ratio {}".format(*cells)
            )
    return int(missed)


def most_rounds(company: Company) -> float:
    """R*, by a linear program over people, or over departments where nobody has met."""
    groups = np.arange(len(company.met)) if company.met.any() else company.department
    sizes = np.bincount(groups).astype(float)
    member = np.eye(len(sizes))[groups]
    capacity = member.T @ company.unmet @ member
    a, b = np.nonzero(np.triu(capacity))
    links = len(a)
    ends = coo_array((np.ones(2 * links), (np.r_[a, b], np.r_[:links, :links])), (len(sizes), links))
    odd = len(groups) % 2
    # Columns: meetings of each link, what trios add to each group, R*.
    balance = hstack([ends, -eye_array(len(sizes)), -csr_array(sizes[:, None])])
    added = np.r_[np.zeros(links), np.ones(len(sizes)), 0]
    rounds = np.r_[np.zeros(links + len(sizes)), 1]
    solved = milp(
        -rounds,
        constraints=[
            LinearConstraint(balance, 0, 0),
            LinearConstraint(np.array([3 * odd * rounds - added, added - odd * rounds]), 0, np.inf),
        ],
        bounds=Bounds(0, np.r_[capacity[a, b], np.full(len(sizes) + 1, np.inf)]),
    )
    assert solved.x is not None, solved.message
    return round(float(solved.x[-1]), 6)


def by_matcher(company: Company, seed: int) -> Groups:
    """One round of the matcher."""
    people = [Person(i, f"{department}") for i, department in enumerate(company.department.tolist())]
    history = [PastPair(a, b) for a, b in np.argwhere(np.triu(company.met)).tolist()]
    introductions = match(people, history, seed=seed).introductions
    return [tuple(map(int, introduction.members)) for introduction in introductions]


def by_chance(company: Company, seed: int) -> Groups:
    """One round of unmet pairs by random weights, with somebody at random as the third of a trio."""
    size, unmet = len(company.met), company.unmet
    random = np.random.default_rng(seed)
    thirds = random.permutation(size)[:THIRDS].tolist() if size % 2 else [size]
    return next(filter(None, (_by_chance(unmet, third, random) for third in thirds)), [])


def _by_chance(unmet: NDArray[np.bool_], third: int, random: np.random.Generator) -> list[tuple[int, ...]]:
    links = [(i, j) for i, j in np.argwhere(np.triu(unmet)).tolist() if third not in (i, j)]
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph()
    graph.add_nodes_from([None] * len(unmet))
    graph.add_edges_from([(i, j, int(random.integers(1 << 20))) for i, j in links])
    pairs = sorted(rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int))
    if len(pairs) < len(unmet) // 2:
        return []
    if third == len(unmet):
        return [*pairs]
    joined = [(i, j) for i, j in pairs if unmet[third, i] and unmet[third, j]]
    chosen = joined[random.integers(len(joined))] if joined else None
    return [(*pair, third) if pair == chosen else pair for pair in pairs] if joined else []


def rounds_lasted(play: Play, company: Company, seed: int) -> int:
    """How many rounds it plays before the first one that is not all new."""
    met, count = company.met.copy(), 0
    while True:
        now = Company(company.department, met)
        groups = [*play(now, 1000 * seed + count)]
        if not _all_new(now, groups):
            return count
        for i, j in _pairs(groups):
            met[i, j] = met[j, i] = True
        count += 1


def _all_new(company: Company, groups: Groups) -> bool:
    placed = sorted(i for group in groups for i in group)
    crossed = all(len({*company.department[[*group]].tolist()}) > 1 for group in groups)
    repeated = any(company.met[i, j] for i, j in _pairs(groups))
    return placed == [*range(len(company.met))] and crossed and not repeated


def _pairs(groups: Groups) -> Iterator[tuple[int, int]]:
    return (pair for group in groups for pair in combinations(group, 2))


def _lasted(
    pool: ProcessPoolExecutor, company: Company, seeds: range, bound: float
) -> tuple[float, list[str]]:
    """The worst ratio of the matcher, and the cells of the table from the number of people on."""
    chance, matcher = (
        [*pool.map(rounds_lasted, repeat(play), repeat(company), seeds)] for play in (by_chance, by_matcher)
    )
    worst = min(matcher) / bound
    cells = [f"{min(rounds)}, {median(rounds):g}" for rounds in (chance, matcher)]
    return worst, [
        f"{len(company.met)}",
        f"{bound:.4g}",
        *cells,
        f"{worst:.3f}, {median(matcher) / bound:.3f}",
    ]


def _founded(sizes: list[int]) -> Company:
    return Company(np.repeat(np.arange(len(sizes)), sizes), np.zeros((sum(sizes), sum(sizes)), dtype=bool))


def _written(sizes: list[int]) -> str:
    counts = [(size, sizes.count(size)) for size in dict.fromkeys(sizes)]
    return " + ".join(f"{count} × {size}" if count > 1 else f"{size}" for size, count in counts)


def _office() -> Company | None:
    beside = sorted(Path(__file__).resolve().parent.parent.parent.glob("*/data/office-2015"))
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else next(iter(beside), None)
    if folder is None:
        return None
    people = read_people(folder / "people.csv").rows
    number = {row.external_id: i for i, row in enumerate(people)}
    names = sorted({row.department or "" for row in people})
    met = np.zeros((len(people), len(people)), dtype=bool)
    for row in read_meetings(folder / "contacts.csv").rows:
        i, j = number[row.person_a], number[row.person_b]
        met[i, j] = met[j, i] = True
    return Company(np.array([names.index(row.department or "") for row in people]), met)


if __name__ == "__main__":
    sys.exit(main())
