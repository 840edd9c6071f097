"""One round: who is introduced to whom, why, and how close that is to the best possible."""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from matcher.burdens import Burden
from matcher.group_round import GroupRound
from matcher.large import LargeRound
from matcher.links import Links
from matcher.matching import Introduction, Matching, SitOut
from matcher.objective import Objective
from matcher.outlook import outlook
from matcher.packing import best_packing
from matcher.people import SMALLEST_GROUP, PastPair, PastPairs, Person, PersonId, Rules, check_people
from matcher.reasons import Reason, remedy, sit_out_causes
from matcher.rules import AllowedPairs
from matcher.values import Values, achieved_values, proven_bounds, sum_of

NO_RULES = Rules()
# So many people are matched at once, with every pair in memory; more are matched block by block.
EXACT_SIZE = 2_500


def match(
    people: Iterable[Person],
    history: Iterable[PastPair] | PastPairs,
    rules: Rules = NO_RULES,
    *,
    seed: int,
    burdens: Iterable[Burden] = (),
    certify: bool = False,
    expired: Callable[[], bool] = lambda: False,
) -> Matching:
    """Introduce people to each other, in pairs and, where somebody would be left over, in trios.

    With a `group_size` of three to eight they are introduced in groups of as many, and a remainder makes
    some groups one larger; `matcher.group_costs.wanted_sizes` says which sizes are wanted.

    Hard rules are never broken: exclusions, the own manager and direct reports, and formats that cannot
    meet. Then, in strict order of priority: fewest people sit out; fewest seats missing, then fewest too
    many (in pairs: fewest trios); fewest repeats of pairs in history; the least recent repeats; most
    cross-department introductions (before repeats if `rules.cross_department_first`); fewest people who
    sit out twice running; burdens for those who carried
    the least lately (`matcher.burdens`); as many rounds to come without a repeat as possible
    (`matcher.look_ahead`); the best use of the lunch (`matcher.lunches`). The seed decides
    among equals.

    Parameters
    ----------
    people : iterable of Person
        Who takes part in this round. Ids are distinct and of one type.
    history : iterable of PastPair, or PastPairs
        Who was introduced or has met before; several rows for one pair are merged.
    rules : Rules
        Exclusions, the order of priorities, and the size of the groups.
    seed : int
        Any integer. The same input and seed give the same result on every machine, whatever the order of
        `people`, `history` and `burdens`.
    burdens : iterable of Burden
        Who sat out, was in a trio or in a repeated pair in earlier rounds, any number for each person.
        People who are not in the round are ignored.
    certify : bool
        Whether a round of more than `EXACT_SIZE` people is searched until its bounds are reached, or
        nothing helps any more; smaller rounds are always solved so. A round of groups is searched ten
        times as long.
    expired : callable
        Asked now and then; once it is true, what is found so far is the result, and its bounds say what
        is not proven. Only then the result can differ between machines.

    Returns
    -------
    Matching
        Introductions, sit-outs, and the value of each priority beside its proven bound. For nobody all is
        empty and zero; a single person sits out.

    Raises
    ------
    PersonError
        If an id is repeated, or ids are of two types.
    PairError
        If history or an exclusion does not name two different people; raised when those are built.
    BurdenError
        If a burden is of an unknown kind or of no earlier round; raised when it is built.

    Notes
    -----
    People who cannot reach each other by a chain of allowed introductions are matched apart. Pairs come
    from maximum-weight matching [1]_ in NetworkX with exact integer weights; trios from a search with
    proven bounds [2]_, exact up to its budget of steps: beyond, `Matching.proven` is False. The part of the
    budget that is spent on the last priority alone is small, so that only `use_of_lunch` can be unproven in
    a round with a trio that has no other difficulty. Groups of three and more come from a search within a
    number of steps (`matcher.group_round`): proven for up to twelve people, and where bounds are reached.

    References
    ----------
    .. [1] Edmonds: Paths, trees, and flowers. Canadian Journal of Mathematics 17 (1965) 449-467.
       doi:10.4153/CJM-1965-045-4
    .. [2] Cornuéjols, Hartvigsen, Pulleyblank: Packing subgraphs in a graph. Operations Research Letters 1
       (1982) 139-143. doi:10.1016/0167-6377(82)90021-5

    Examples
    --------
    >>> people = [Person("ana", "Law"), Person("bo", "Law"), Person("cy", "Sales"), Person("di", "Sales")]
    >>> round_ = match(people, [PastPair("ana", "cy"), PastPair("bo", "di")], seed=1)
    >>> [introduction.members for introduction in round_.introductions]
    [('ana', 'di'), ('bo', 'cy')]
    >>> round_.values  # doctest: +NORMALIZE_WHITESPACE
    Values(sit_outs=0, extra_seats=0, repeats=0, repeat_recency=0, cross_department=2,
           sit_outs_twice_running=0, unfairness=0, use_of_lunch=0, later_rounds=0,
           missing_seats=0)
    >>> round_.proven
    True
    """
    drawn = in_drawn_order(check_people(people), seed)
    allowed = AllowedPairs(drawn, rules)
    objective = Objective(drawn, history, rules, burdens)
    causes = sit_out_causes(allowed, rules.group_size)
    introductions: list[Introduction] = []
    sit_outs: list[SitOut] = []
    values = bounds = Values(0, 0, 0, 0, 0)
    for component in allowed.components():
        introduced, left_over, achieved, limit = _matched(
            component, allowed, objective, rules, seed=seed, certify=certify, expired=expired
        )
        values, bounds = sum_of(values, achieved), sum_of(bounds, limit)
        repeats = objective.of_each(introduced)["repeats"].tolist()
        introductions += [
            _introduction(drawn, objective, rules, members, own)
            for members, own in zip(introduced, repeats, strict=True)
        ]
        sit_outs += [SitOut(drawn[i].id, causes[i], remedy(allowed, i, causes[i])) for i in left_over]
    introductions.sort(key=lambda introduction: introduction.members)
    sit_outs.sort(key=lambda sit_out: sit_out.person)
    left = outlook(drawn, allowed, objective.history, objective.department, rules.group_size)
    return Matching(tuple(introductions), tuple(sit_outs), values, bounds, seed, left)


def _matched(
    component: Sequence[int],
    allowed: AllowedPairs,
    objective: Objective,
    rules: Rules,
    *,
    seed: int,
    certify: bool,
    expired: Callable[[], bool],
) -> tuple[Sequence[Sequence[int]], Sequence[int], Values, Values]:
    """Introductions and sit-outs among people who are linked, what they achieve, and the bounds of that."""
    if rules.group_size > SMALLEST_GROUP:
        groups = GroupRound(
            component, allowed, objective, rules.group_size, seed=seed, certify=certify, expired=expired
        )
        return groups.introductions, groups.left_over, groups.values, groups.bounds
    if len(component) > EXACT_SIZE:
        large = LargeRound(component, allowed, objective, seed=seed, certify=certify, expired=expired)
        achieved = large.values()
        return large.introductions, large.left_over, achieved, large.bounds(achieved)
    links = Links(component, allowed, objective, seed)
    packing, proof = best_packing(links)
    achieved = achieved_values(links, packing.introductions, packing.left_over)
    introduced = [links.people(members) for members in packing.introductions]
    return introduced, links.people(packing.left_over), achieved, proven_bounds(links, achieved, proof)


def in_drawn_order(people: Iterable[Person], seed: int) -> list[Person]:
    """The people in the order of this round, whatever order they are listed in."""
    return sorted(people, key=lambda person: (_draw(seed, person.id), person.id))


def _draw(seed: int, person: PersonId) -> bytes:
    """The place of a person in this round's order, which depends on nobody else and on no machine."""
    return hashlib.sha256(f"{seed}\0{person}".encode("utf-8", "surrogatepass")).digest()


def _introduction(
    people: Sequence[Person], objective: Objective, rules: Rules, members: Sequence[int], repeats: int
) -> Introduction:
    reasons = [Reason.REPEAT if repeats else Reason.NEW]
    departments = {people[i].department for i in members}
    reasons.append(Reason.SAME_DEPARTMENT if len(departments) == 1 else Reason.CROSS_DEPARTMENT)
    if len(members) == 3 and rules.group_size == SMALLEST_GROUP:
        reasons.append(Reason.TRIO)
    if objective.lunches.share_interest(members):
        reasons.append(Reason.SHARED_INTEREST)
    return Introduction(tuple(sorted(people[i].id for i in members)), tuple(reasons), repeats)
