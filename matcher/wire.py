"""Matches as JSON: the input and the result of `python -m matcher`."""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from types import NoneType
from typing import Any, TypeVar

from matcher.burdens import Burden, BurdenKind
from matcher.columns import COLUMNS, columns_from_json, columns_to_json
from matcher.errors import MatcherError, WireError
from matcher.matching import Introduction, Matching, SitOut
from matcher.outlook import Outlook
from matcher.people import SETS, Common, Difference, PastPair, PastPairs, Person, PersonId, Rules
from matcher.reasons import Reason, Remedy, SitOutCause
from matcher.values import Values

Fields = Mapping[str, tuple[type, ...]]
Made = TypeVar("Made")

INPUT: Fields = {
    "people": (list,),
    "history": (list, dict),
    "rules": (dict,),
    "seed": (int,),
    "burdens": (list,),
}
PERSON: Fields = {
    "id": (int, str),
    "department": (str, NoneType),
    "office": (str, NoneType),
    "manager": (int, str, NoneType),
    "takes_virtual": (bool,),
    "lunch_hours": (list, NoneType),
    "level": (str, NoneType),
    "started_on": (str, NoneType),
    "interests": (list,),
    "skills": (list,),
    "languages": (list,),
    "takes_in_person": (bool,),
}
PAST_PAIR: Fields = {"a": (int, str), "b": (int, str), "last_on": (str, NoneType), "confirmed": (bool,)}
BURDEN: Fields = {"person": (int, str), "kind": (str,), "rounds_ago": (int,)}
RULES: Fields = {
    "exclusions": (list,),
    "cross_department_first": (bool,),
    "differences": (list,),
    "common": (list,),
    "group_size": (int,),
}


@dataclass(frozen=True, slots=True)
class MatchInput:
    """The arguments of one call of `matcher.match`."""

    people: tuple[Person, ...]
    history: tuple[PastPair, ...] | PastPairs
    rules: Rules
    seed: int
    burdens: tuple[Burden, ...] = ()


def input_to_json(given: MatchInput) -> str:
    """Write the arguments of a match as one JSON object.

    Parameters
    ----------
    given : MatchInput
        People, history, rules, seed and burdens; any may be empty.

    Returns
    -------
    str
        Dates are ISO 8601; hours, interests and exclusions are lists in ascending order. `PastPairs` become
        columns (`matcher.columns`, which refuses ids that are no numbers of 32 bits).

    Examples
    --------
    >>> input_to_json(MatchInput((), (PastPair("ana", "bo"),), Rules(), seed=3))[:51]
    '{"people": [], "history": [{"a": "ana", "b": "bo", '
    """
    return "".join(input_pieces(given))


def input_pieces(given: MatchInput) -> Iterator[str]:
    """The same piece by piece, for an input that would fill memory as a whole."""
    yield '{"people": '
    yield from _array(_fields_of(person) for person in given.people)
    yield ', "history": '
    if isinstance(given.history, PastPairs):
        yield from columns_to_json(given.history)
    else:
        yield from _array(asdict(past) | {"last_on": _iso(past.last_on)} for past in given.history)
    rules = {
        "exclusions": sorted((sorted(pair, key=_by_type) for pair in given.rules.exclusions), key=str),
        "cross_department_first": given.rules.cross_department_first,
        "differences": sorted(given.rules.differences),
        "common": sorted(given.rules.common),
        "group_size": given.rules.group_size,
    }
    yield f', "rules": {json.dumps(rules)}, "seed": {given.seed}, "burdens": '
    yield from _array(asdict(burden) for burden in given.burdens)
    yield "}"


def input_from_json(text: str) -> MatchInput:
    """Read the arguments of a match.

    Parameters
    ----------
    text : str
        An object with `people` and `seed`, and optionally `history`, `rules` and `burdens`. Fields that
        are left out have the defaults of `Person`, `PastPair` and `Rules`; a burden has no defaults. The
        history is a list of objects, or one object with the columns of `PastPairs`.

    Returns
    -------
    MatchInput
        The same that `input_to_json` was given.

    Raises
    ------
    WireError
        If it is no JSON, or a field is missing, unknown or of another type; the message says which.
    MatcherError
        If a person, a pair, an exclusion or a burden contradicts itself.

    Examples
    --------
    >>> input_from_json('{"people": [{"id": 1}], "seed": 3}').people[0].takes_virtual
    True
    """
    given = _fields(_parsed(text), "The input", INPUT, {"people", "seed"})
    return MatchInput(
        people=tuple(_person(each, f"people[{n}]") for n, each in enumerate(given["people"])),
        history=_history(given.get("history", [])),
        rules=_rules(given.get("rules", {})),
        seed=given["seed"],
        burdens=tuple(_burden(each, f"burdens[{n}]") for n, each in enumerate(given.get("burdens", []))),
    )


def matching_to_json(matching: Matching) -> str:
    """Write a result as one JSON object, with `proven` and `unproven` beside the fields of `Matching`.

    Examples
    --------
    >>> zero = Values(0, 0, 0, 0, 0)
    >>> matching_to_json(Matching((), (), zero, zero, seed=3, outlook=Outlook(0, 0, 0, ())))[:40]
    '{"introductions": [], "sit_outs": [], "v'
    """
    return json.dumps(
        {
            "introductions": [
                {"members": each.members, "reasons": each.reasons, "repeats": each.repeats}
                for each in matching.introductions
            ],
            "sit_outs": [asdict(each) for each in matching.sit_outs],
            "values": asdict(matching.values),
            "bounds": asdict(matching.bounds),
            "seed": matching.seed,
            "outlook": asdict(matching.outlook),
            "proven": matching.proven,
            "unproven": matching.unproven,
        }
    )


def matching_from_json(text: str) -> Matching:
    """Read what `matching_to_json` wrote; anything else raises `WireError`."""
    given = _parsed(text)
    try:
        return Matching(
            introductions=tuple(
                Introduction(tuple(each["members"]), tuple(map(Reason, each["reasons"])), each["repeats"])
                for each in given["introductions"]
            ),
            sit_outs=tuple(
                SitOut(each["person"], SitOutCause(each["cause"]), Remedy(each["would_help"]))
                for each in given["sit_outs"]
            ),
            values=Values(**given["values"]),
            bounds=Values(**given["bounds"]),
            seed=given["seed"],
            outlook=Outlook(**given["outlook"] | {"too_large": tuple(given["outlook"]["too_large"])}),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise WireError(f"This is not the JSON of a matching ({error!r}); run the match again.") from error


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError(f"The text is not JSON ({error}); send one JSON object.") from error


def _fields(value: Any, where: str, known: Fields, required: Iterable[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WireError(f"{where} is not a JSON object; send one with {', '.join(known)}.")
    for name in required:
        if name not in value:
            raise WireError(f"{where} has no {name!r}; add it.")
    for name, own in value.items():
        if name not in known:
            raise WireError(f"{where} has an unknown field {name!r}; use {', '.join(known)}.")
        # Exact types, since in Python true is an integer.
        if type(own) not in known[name]:
            kinds = " or ".join("null" if kind is NoneType else kind.__name__ for kind in known[name])
            raise WireError(f"{where}: {name!r} must be {kinds}; it is {type(own).__name__}.")
    return value


def _person(value: Any, where: str) -> Person:
    fields = _fields(value, where, PERSON, ["id"])
    hours = fields.get("lunch_hours")
    if hours is not None and not all(type(hour) is int for hour in hours):
        raise WireError(f"{where}: 'lunch_hours' must hold whole numbers from 0 to 23.")
    for name in SETS:
        if not all(type(text) is str for text in fields.get(name, [])):
            raise WireError(f"{where}: {name!r} must hold texts.")
    read = {
        "lunch_hours": None if hours is None else frozenset(hours),
        "started_on": _day(fields.get("started_on"), where),
    } | {name: frozenset(fields.get(name, [])) for name in SETS}
    return _made(Person, fields | read, where)


def _fields_of(person: Person) -> dict[str, Any]:
    fields = {name: getattr(person, name) for name in PERSON}
    fields["lunch_hours"] = None if person.lunch_hours is None else sorted(person.lunch_hours)
    fields["started_on"] = _iso(person.started_on)
    return fields | {name: sorted(fields[name]) for name in SETS}


def _history(value: list[Any] | dict[str, Any]) -> tuple[PastPair, ...] | PastPairs:
    if isinstance(value, list):
        return tuple(_past_pair(each, f"history[{n}]") for n, each in enumerate(value))
    _fields(value, "history", dict.fromkeys(COLUMNS, (str,)), COLUMNS)
    return columns_from_json(value)


def _array(values: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield "["
    for n, value in enumerate(values):
        yield (", " if n else "") + json.dumps(value)
    yield "]"


def _past_pair(value: Any, where: str) -> PastPair:
    fields = _fields(value, where, PAST_PAIR, ["a", "b"])
    return _made(PastPair, fields | {"last_on": _day(fields.get("last_on"), where)}, where)


def _burden(value: Any, where: str) -> Burden:
    fields = _fields(value, where, BURDEN, BURDEN)
    kind = fields["kind"]
    # An unknown kind is left as it is, for the burden to say so.
    known = BurdenKind(kind) if kind in list(BurdenKind) else kind
    return _made(Burden, fields | {"kind": known}, where)


def _rules(value: Any) -> Rules:
    fields = _fields(value, "rules", RULES, [])
    exclusions = [_ids(pair, f"rules.exclusions[{n}]") for n, pair in enumerate(fields.get("exclusions", []))]
    read: dict[str, Any] = {"exclusions": frozenset(exclusions)}
    for name, kind in (("differences", Difference), ("common", Common)):
        if name in fields:
            try:
                read[name] = frozenset(map(kind, fields[name]))
            except ValueError as error:
                raise WireError(f"rules.{name} may hold {', '.join(kind)}; correct it.") from error
    return _made(Rules, fields | read, "rules")


def _made(build: Callable[..., Made], fields: Mapping[str, Any], where: str) -> Made:
    try:
        return build(**fields)
    except MatcherError as error:
        raise type(error)(f"{where}: {error}") from error


def _day(text: str | None, where: str) -> datetime.date | None:
    try:
        return None if text is None else datetime.date.fromisoformat(text)
    except ValueError as error:
        raise WireError(f"{where}: {text!r} is not a date; write it as 2026-03-31.") from error


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _ids(value: Any, where: str) -> frozenset[PersonId]:
    if not isinstance(value, list) or not all(type(each) in (int, str) for each in value):
        raise WireError(f"{where} is not a list of two ids; correct or remove it.")
    return frozenset(value)


def _by_type(person: PersonId) -> tuple[str, PersonId]:
    """Sorts ids of two types, which only a mistaken input mixes."""
    return type(person).__name__, person
