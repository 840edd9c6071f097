"""`rules`: what every round keeps to, and what makes a lunch better."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from cli.parts import Parts
from matcher import Common, Difference
from use_cases.change_rules import change_rules

Word = TypeVar("Word", bound=StrEnum)
NONE = "none"


def listed(kind: type[Word]) -> Callable[[str], frozenset[Word]]:
    """Reads a list of words, with commas in between, or `none`."""

    def read(text: str | frozenset[Word]) -> frozenset[Word]:
        if isinstance(text, frozenset):
            return text
        named = [word.strip().lower() for word in text.split(",") if word.strip()]
        unknown = [word for word in named if word not in list(kind)]
        if named == [NONE]:
            return frozenset()
        if unknown or not named:
            raise typer.BadParameter(f"{text!r}: name some of {', '.join(kind)}, with commas, or {NONE}.")
        return frozenset(map(kind, named))

    return read


def differ_option() -> typer.models.OptionInfo:
    """What people had better differ in."""
    option: typer.models.OptionInfo = typer.Option(
        parser=listed(Difference),
        metavar="WORDS",
        help=f"what two people had better differ in: {', '.join(Difference)}, or {NONE}",
    )
    return option


def share_option() -> typer.models.OptionInfo:
    """What people had better have in common."""
    option: typer.models.OptionInfo = typer.Option(
        parser=listed(Common),
        metavar="WORDS",
        help=f"what two people had better share: {', '.join(Common)}, or {NONE}",
    )
    return option


def rules(
    context: typer.Context,
    differ: Annotated[frozenset[Difference] | None, differ_option()] = None,
    share: Annotated[frozenset[Common] | None, share_option()] = None,
    across_first: Annotated[
        bool | None,
        typer.Option(
            "--across-first/--new-first",
            help="whether another department matters more than somebody new, where both can't be had",
        ),
    ] = None,
    in_person_only: Annotated[
        bool | None, typer.Option("--in-person-only/--video-too", help="whether lunches over video are out")
    ] = None,
) -> None:
    """Change what every round keeps to and what makes a lunch better, or show it."""
    parts: Parts = context.obj
    storage = parts.storage()
    now_valid = change_rules(
        storage.sessions,
        workspace_id=storage.workspace_id,
        now=storage.clock.now(),
        actor="command line",
        differences=differ,
        common=share,
        cross_department_first=across_first,
        in_person_only=in_person_only,
    )
    first, second = ("another department", "somebody new")[:: 1 if now_valid.cross_department_first else -1]
    print(f"Where both can't be had, {first} comes before {second}.")
    print("Lunches are in person only." if now_valid.in_person_only else "Lunches are in person or by video.")
    print(f"Better if people differ in: {', '.join(now_valid.differences) or NONE}.")
    print(f"Better if people share: {', '.join(now_valid.common) or NONE}.")
