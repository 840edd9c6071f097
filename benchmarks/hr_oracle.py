"""HR's numbers by another way: arrays, sparse products and NetworkX's own functions; none of `insights`."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from math import comb
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from insights import PeriodRecords

Flags = NDArray[np.bool_]
DAY = np.timedelta64(1, "D")


class Oracle:
    """The records of a period as arrays over people 0 to n - 1."""

    def __init__(self, records: PeriodRecords) -> None:
        self.records = records
        self.people = len(records.eligible)
        self.everybody = np.ones(self.people, bool)
        self.opted_in, self.introduced = self.mask(records.opted_in), self.mask(records.introduced)
        lunches = records.introductions
        self.met_flags, self.new_flags, self.cross_flags, open_flags = (
            np.array(flags, bool)
            for flags in (
                [len(each.met) for each in lunches],
                [each.new for each in lunches],
                [each.cross_department for each in lunches],
                [each.open for each in lunches],
            )
        )
        self.open = int(np.count_nonzero(open_flags))
        at_table = [one for each in lunches for one in each.met]
        self.met = np.bincount(np.array(at_table, int), minlength=self.people)[: self.people] > 0

    def mask(self, people: Iterable[int]) -> Flags:
        """Which people these are; shape (n,)."""
        found = np.zeros(self.people, bool)
        found[list(people)] = True
        return found

    def funnel(self, among: Flags) -> tuple[int, ...]:
        """Eligible, opted in, introduced, met; of the people of a row."""
        steps = np.logical_and.accumulate(np.stack([among, self.opted_in, self.introduced, self.met]))
        return tuple(map(int, steps.sum(axis=1)))

    def introductions(self) -> tuple[int, ...]:
        """Delivered, met, new, cross-department."""
        steps = [np.ones_like(self.met_flags), self.met_flags, self.new_flags, self.cross_flags]
        return tuple(map(int, np.logical_and.accumulate(np.stack(steps)).sum(axis=1)))

    @cached_property
    def ties_matrix(self) -> csr_array:
        """Who met whom for the first time; shape (n, n), symmetric."""
        return self._matrix(self.records.ties)

    def _matrix(self, pairs: Iterable[tuple[int, int]]) -> csr_array:
        ends = np.array(sorted(pairs), int).reshape(-1, 2)
        low, high = np.concatenate([ends, ends[:, ::-1]]).T
        return csr_array((np.ones(len(low), int), (low, high)), shape=(self.people, self.people))

    def _indicator(self, value_of: Mapping[int, str]) -> tuple[list[str], csr_array]:
        """One column for each value; shape (n, values)."""
        names, code = np.unique([value_of[one] for one in range(self.people)], return_inverse=True)
        ones = np.ones(self.people, int)
        return names.tolist(), csr_array((ones, (np.arange(self.people), code)))

    def who_meets_whom(self, row_of: Mapping[int, str]) -> dict[tuple[str, str], int]:
        """People of each value who met somebody of each."""
        names, of = self._indicator(row_of)
        counts = (of.T @ ((self.ties_matrix @ of) > 0).astype(int)).toarray()
        return {
            (own, other): int(counts[i, j]) for i, own in enumerate(names) for j, other in enumerate(names)
        }

    def reach(self, department: Mapping[int, str]) -> tuple[int, int]:
        """People who met 1 and more, and 3 and more, other departments."""
        _, of = self._indicator(department)
        met = (self._matrix((*self.records.ties, *self.records.met_again)) @ of).toarray() > 0
        others = (met & (of.toarray() == 0)).sum(axis=1)
        return int(np.count_nonzero(others >= 1)), int(np.count_nonzero(others >= 3))

    def ties(self, value_of: Mapping[int, str]) -> tuple[int, int]:
        """All ties, and those off the diagonal of the mixing matrix."""
        graph: nx.Graph[int] = nx.from_scipy_sparse_array(self.ties_matrix)
        nx.set_node_attributes(graph, dict(value_of), "value")
        mixing: NDArray[Any] = nx.attribute_mixing_matrix(graph, "value", normalized=False)
        return graph.size(), int(mixing.sum() - np.trace(mixing)) // 2

    def chance(self, value_of: Mapping[int, str]) -> Fraction:
        """Edges where everybody is tied to everybody of another value, out of all pairs."""
        _, sizes = np.unique(list(value_of.values()), return_counts=True)
        across = nx.complete_multipartite_graph(*sizes.tolist()).number_of_edges()
        return Fraction(across, comb(self.people, 2))

    def sit_outs(self) -> tuple[int]:
        """People with two sit-outs and more."""
        return (int(np.count_nonzero(np.bincount(np.array(self.records.sit_outs, int)) >= 2)),)

    def retention(self) -> tuple[int, int]:
        """Active before, and still active."""
        before, still = (np.array(sorted(each), int) for each in self._active)
        return len(before), int(np.isin(before, still).sum())

    @property
    def _active(self) -> tuple[frozenset[int], frozenset[int]]:
        return self.records.active_before, self.records.still_active

    def newcomers(self) -> tuple[int, int]:
        """Joiners whose 90th day was in the period, and those who met somebody by then."""
        started = np.array([each.started_on for each in self.records.eligible], "datetime64[D]")
        met = np.array([self.records.first_met_on.get(one) for one in range(self.people)], "datetime64[D]")
        begin = np.datetime64(self.records.period_on)
        last_day = started + 89 * DAY
        joiners = (last_day >= begin) & (last_day < begin + 7 * self.records.weeks * DAY)
        return int(joiners.sum()), int((joiners & (met <= last_day)).sum())
