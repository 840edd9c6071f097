"""The matcher beside what it is measured against, in one run: `python -m benchmarks.matching [PART ...]`.

Each part runs in a process of its own, so that its peak memory is its own. Ratios are of medians, and the
spread is the least and the most of what was measured. What runs on one processor is measured in its time,
which other programs on the machine disturb less; what has a time limit, by the clock on the wall.
Companies are made up (`benchmarks.company`).
"""

import datetime
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import rustworkx as rx
from rich.console import Console
from rich.table import Table

from benchmarks.company import draw_company
from matcher import Matching, PastPairs, Person, Rules, match
from matcher.block_search import BlockSearch
from matcher.blossom import Blossom, with_networkx, with_rustworkx
from matcher.links import Links
from matcher.objective import Objective
from matcher.pairs import best_pairs
from matcher.prices import PairCosts
from matcher.rules import AllowedPairs
from matcher.scale import exact

WEEKS = 26
SEED = 1
NOISE = 1_000_000
MEGABYTE = 1 << 10  # of the kilobytes that the system counts in
console = Console(width=120, highlight=False)


class Figure(NamedTuple):
    """One line of the table: what was asked for, what was measured."""

    work: str
    least: str
    measured: str
    good: bool


def exact_100() -> list[Figure]:
    """100 people: NetworkX on the pairs that matter beside NetworkX on all pairs."""
    return _beside_dense(100, {"NetworkX alone": (with_networkx, 25)}, _dense_networkx, runs=(25, 5))


def exact_500() -> list[Figure]:
    """500 people, by NetworkX and by rustworkx, beside NetworkX on all pairs."""
    engines = {"NetworkX alone": (with_networkx, 100), "with rustworkx": (with_rustworkx, 600)}
    return _beside_dense(500, engines, _dense_networkx, runs=(11, 1))


def exact_2000() -> list[Figure]:
    """2,000 people: rustworkx on the pairs that matter beside rustworkx on all pairs."""
    return _beside_dense(2_000, {"with rustworkx": (with_rustworkx, 50)}, _dense_rustworkx, runs=(5, 1))


def any_time_10000() -> list[Figure]:
    """10,000 people: what is reached while NumPy scores every pair once, beside the certified bound."""
    people, past = _company(10_000, WEEKS)
    scoring, _ = _timed(partial(_score_every_pair, people, past), 3, time.perf_counter)
    limit = statistics.median(scoring)
    best = match(people, past, seed=SEED, certify=True).bounds
    shares, seconds = [], []
    for seed in range(3):
        started = time.perf_counter()
        # Counting and explaining come after the search.
        found = match(people, past, seed=seed, expired=_after(started + 0.85 * limit))
        seconds.append(time.perf_counter() - started)
        shares.append(_share(found, best.use_of_lunch))
    return [
        Figure(
            f"10,000 people: value / certified bound, in the {limit:.1f} s of scoring every pair",
            "99.5 %",
            f"{min(shares):.2%} at worst of 3, after {max(seconds):.1f} s",
            min(shares) >= 0.995 and max(seconds) <= 1.05 * limit,
        )
    ]


def certified_10000() -> list[Figure]:
    """10,000 people, searched until the bound is reached or nothing helps."""
    people, past = _company(10_000, WEEKS)
    seconds, found = _timed(lambda: match(people, past, seed=SEED, certify=True), 1)
    gap, memory = 1 - _share(found, found.bounds.use_of_lunch), _peak()
    return [
        Figure(
            f"10,000 people, certified: gap, in {seconds[0]:.0f} s", "0.01 %", f"{gap:.4%}", gap <= 0.0001
        ),
        Figure("10,000 people, certified: peak memory", "250 MB", f"{memory:.0f} MB", memory <= 250),
    ]


def any_time_100000() -> list[Figure]:
    """100,000 people with 104 weeks, beside reading them, indexing them and one pass over all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "company"
        # Drawn in another process, since drawing takes more memory than matching.
        subprocess.run([sys.executable, "-m", "benchmarks.matching", "--draw", str(path)], check=True)
        started = time.perf_counter()
        people, past = _read(path)
        objective, allowed = Objective(people, past, Rules()), AllowedPairs(people, Rules())
        [component] = allowed.components()
        BlockSearch(component, allowed, objective, seed=SEED).improve(50)
        floor = time.perf_counter() - started
        del people, past, objective, allowed, component
        found = []
        for times, least in ((8, 0.98), (25, 0.99)):
            started = time.perf_counter()
            people, past = _read(path)
            # What follows the search, counting and explaining, takes about a floor.
            matching = match(people, past, seed=SEED, expired=_after(started + (times - 2) * floor))
            seconds = time.perf_counter() - started
            share = _share(matching, matching.bounds.use_of_lunch)
            found.append(
                Figure(
                    f"100,000 people, 104 weeks: value / bound within {times} × the floor of {floor:.1f} s",
                    f"{least:.0%}",
                    f"{share:.2%} after {seconds / floor:.1f} ×",
                    share >= least and seconds <= times * floor,
                )
            )
            del people, past, matching
    memory = _peak()
    found.append(
        Figure("100,000 people, 104 weeks: peak memory", "700 MB", f"{memory:.0f} MB", memory <= 700)
    )
    return found


def growth() -> list[Figure]:
    """How the time of a match grows with the people, from 1,000 to 100,000."""
    points = []
    for size in (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000):
        people, past = _company(size, WEEKS)
        taken, _ = _timed(partial(match, people, past, seed=SEED), 1, time.perf_counter)
        points.append((size, taken[0]))
    logs = np.log([size for size, _ in points]), np.log([seconds for _, seconds in points])
    exponent = float(np.polyfit(*logs, 1)[0])
    longest = max(seconds for _, seconds in points)
    for size, seconds in points:
        # A logarithmic scale: ten characters for each factor of ten above a hundredth of the longest.
        width = max(1, round(20 * (2 + math.log10(seconds / longest))))
        print(f"{size:>9,} people {seconds:8.2f} s  {'█' * width}", file=sys.stderr)
    return [Figure("growth of time, 1,000 to 100,000 people", "printed", f"people ^ {exponent:.2f}", True)]


PARTS: dict[str, Callable[[], list[Figure]]] = {
    part.__name__: part
    for part in (exact_100, exact_500, exact_2000, any_time_10000, certified_10000, any_time_100000, growth)
}


def main(arguments: Sequence[str]) -> int:
    """Measure the named parts, or all; the exit status is 1 where a figure is not reached."""
    if arguments[:1] == ["--draw"]:
        return _draw(Path(arguments[1]))
    if arguments[:1] == ["--alone"]:
        print(json.dumps(PARTS[arguments[1]]()))
        return 0
    unknown = [name for name in arguments if name not in PARTS]
    if unknown:
        sys.exit(f"There is no part {unknown[0]!r}; there are {', '.join(PARTS)}.")
    table = Table("work", "at least", "measured", "")
    good = True
    for name in arguments or PARTS:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.matching", "--alone", name], stdout=subprocess.PIPE, check=True
        )
        for figure in (Figure(*each) for each in json.loads(done.stdout)):
            table.add_row(
                figure.work, figure.least, figure.measured, "✓" if figure.good else "[red]too little"
            )
            good = good and figure.good
    console.print(table)
    return 0 if good else 1


def _company(size: int, weeks: int) -> tuple[list[Person], PastPairs]:
    company = draw_company(size, SEED)
    return company.people(), PastPairs(*company.history(weeks))


def _draw(path: Path) -> int:
    company = draw_company(100_000, SEED)
    np.savez(path.with_suffix(".npz"), *company.history(104))
    with path.with_suffix(".json").open("w") as lines:
        for one in company.people():
            day = one.started_on.toordinal() if one.started_on else 0
            row = (one.id, one.department, one.office, one.manager, one.takes_virtual, one.level, day)
            print(json.dumps([*row, sorted(one.interests)]), file=lines)
    return 0


def _read(path: Path) -> tuple[list[Person], PastPairs]:
    people = []
    with path.with_suffix(".json").open() as lines:
        for line in lines:
            *said, level, day, interests = json.loads(line)
            started_on = datetime.date.fromordinal(day) if day else None
            id_, department, office, manager, virtual = said
            person = Person(id_, department, office, manager, virtual, None, level, started_on)
            people.append(replace(person, interests=frozenset(interests)))
    with np.load(path.with_suffix(".npz")) as columns:
        return people, PastPairs(*(columns[name] for name in columns.files))


def _costs(size: int) -> PairCosts:
    people, past = _company(size, WEEKS)
    allowed = AllowedPairs(people, Rules())
    component = max(allowed.components(), key=len)
    return Links(component, allowed, Objective(people, past, Rules()), SEED).pairs


def _beside_dense(
    size: int,
    engines: Mapping[str, tuple[Blossom, int]],
    dense: Callable[[PairCosts], int],
    runs: tuple[int, int],
) -> list[Figure]:
    """Engines beside one on all pairs: on plain weights, and on the levels of a company with many ties."""
    found = []
    for kind, costs in (("plain weights", _plain(size)), ("our levels", _costs(size))):
        all_pairs, value = _timed(partial(dense, costs), runs[1])
        for name, (blossom, least) in engines.items():
            own, cost = _timed(partial(_proven, costs, blossom), runs[0])
            assert cost == value, "the two are not of one value"
            ratio = statistics.median(all_pairs) / statistics.median(own)
            measured = f"{ratio:.0f} × ({_spread(all_pairs)} beside {_spread(own)})"
            asked = f"{least} ×" if kind == "plain weights" else "printed"
            good = kind != "plain weights" or ratio >= least
            found.append(Figure(f"{size:,} people, proven, {name}, {kind}", asked, measured, good))
    return found


def _plain(size: int) -> PairCosts:
    """All pairs, by a weight that is often used: 1000 for the unmet, 100 across departments, and noise."""
    company = draw_company(size, SEED)
    history = company.history(WEEKS)
    met = np.zeros((size, size), np.int64)
    met[history.low, history.high] = met[history.high, history.low] = 1
    noise = np.triu(np.random.default_rng(SEED).integers(0, NOISE, (size, size)), 1)
    same = company.department[:, None] == company.department
    costs = NOISE * (1000 * met + 100 * same) + noise + noise.T
    allowed = ~np.eye(size, dtype=np.bool_)
    return PairCosts((costs,), allowed, (1,), seat=size * int(costs.max()))


def _proven(costs: PairCosts, blossom: Blossom) -> int:
    return best_pairs(costs, range(costs.size), blossom).cost


def _after(moment: float) -> Callable[[], bool]:
    return lambda: time.perf_counter() > moment


def _edges(costs: PairCosts) -> list[tuple[int, int, int]]:
    rows, columns = np.nonzero(np.triu(costs.allowed))
    weights = exact(costs.words, costs.bases, rows, columns)
    return [(i, j, -own) for i, j, own in zip(rows.tolist(), columns.tolist(), weights, strict=True)]


def _dense_networkx(costs: PairCosts) -> int:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from(_edges(costs))
    found = nx.max_weight_matching(graph, maxcardinality=True)
    return -sum(int(graph.edges[pair]["weight"]) for pair in found)


def _dense_rustworkx(costs: PairCosts) -> int:
    graph: rx.PyGraph[None, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * costs.size)
    graph.add_edges_from(_edges(costs))
    found = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return -sum(int(graph.get_edge_data(i, j)) for i, j in found)


def _score_every_pair(people: list[Person], past: PastPairs) -> None:
    """What each pair would cost, once, in blocks that fit the processor's cache."""
    objective, allowed = Objective(people, past, Rules()), AllowedPairs(people, Rules())
    everybody = np.arange(len(people))
    for first in range(0, len(people), 256):
        rows = everybody[first : first + 256]
        # Each pair once: only with those who come later.
        for start in range(first, len(people), 2048):
            columns = everybody[start : start + 2048]
            objective.links(rows, columns)
            objective.same_department(rows, columns)
            allowed.among(rows, columns)


def _share(matching: Matching, bound: int) -> float:
    """The use of the lunch beside its bound, if all that comes before it is at its own; else 0."""
    return matching.values.use_of_lunch / bound if matching.unproven in ((), ("use_of_lunch",)) else 0.0


def _timed(
    work: Callable[[], Any], runs: int, clock: Callable[[], float] = time.process_time
) -> tuple[list[float], Any]:
    seconds = []
    for _ in range(runs):
        started = clock()
        result = work()
        seconds.append(clock() - started)
    return seconds, result


def _spread(seconds: Sequence[float]) -> str:
    median = statistics.median(seconds)
    unit, factor = ("s", 1) if median >= 1 else ("ms", 1000)
    least, most = min(seconds) * factor, max(seconds) * factor
    return f"{median * factor:.3g} {unit} [{least:.3g}–{most:.3g}, {len(seconds)} runs]"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
