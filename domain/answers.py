"""What the answers to "Did you meet?" come to, pair by pair."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from domain.rounds import AnswerWord


@dataclass(frozen=True, slots=True)
class Said:
    """One person's answer; `met` are the people of whom they say that they were there."""

    word: AnswerWord
    met: frozenset[int] = frozenset()

    def of(self, other: int) -> bool | None:
        """Yes, no, or nothing yet: a plan is no meeting, and it is no denial."""
        if self.word == AnswerWord.PLANNED:
            return None
        return self.word == AnswerWord.MET and other in self.met


def verdicts(people: Iterable[int], said: Mapping[int, Said]) -> dict[tuple[int, int], bool | None]:
    """For each two people, the lower id first: have they met, have they not, or is it open?

    They have met when one says yes and the other does not say no.
    """
    found: dict[tuple[int, int], bool | None] = {}
    for one, other in combinations(sorted(people), 2):
        words = {said[a].of(b) if a in said else None for a, b in ((one, other), (other, one))}
        found[one, other] = False if False in words else True if True in words else None
    return found
