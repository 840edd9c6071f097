"""`run-round`: this period's round now."""

from typing import Annotated

import typer

from cli.parts import Parts
from use_cases import run_round as use_case
from use_cases.start_due_rounds import start_round_now


def run_round(
    context: typer.Context,
    extra: Annotated[bool, typer.Option("--extra", help="one more round, beside the period's own")] = False,
) -> None:
    """Run this period's round now, a missed one included; a running `serve` delivers it."""
    parts: Parts = context.obj
    installed = parts.installation()
    now = installed.clock.now()
    claim = start_round_now(
        installed.sessions,
        workspace_id=installed.workspace_id,
        now=now,
        timing=installed.clockwork.timing,
        actor="command line",
        extra=extra,
    )
    outcome = use_case.run_round(installed.sessions, claim, now=now)
    if outcome is None:
        print("Another process has taken this round over.")
        return
    print(f"{outcome.people} people, {outcome.introductions} introductions.")
    for name, value in outcome.values.items():
        print(f"  {name.replace('_', ' ')}: {value} (bound {outcome.bounds[name]})")
