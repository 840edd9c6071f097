"""`deliveries`: what was not delivered, and sending an uncertain one again."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.parts import Parts
from domain.rounds import ListedDelivery
from use_cases.list_deliveries import list_deliveries
from use_cases.resend_delivery import resend_delivery


def deliveries(
    context: typer.Context,
    resend: Annotated[str | None, typer.Option(help="send this uncertain delivery again")] = None,
) -> None:
    """List what is uncertain, failed or still on its way; names nobody."""
    parts: Parts = context.obj
    storage = parts.storage()
    if resend is not None:
        resend_delivery(
            storage.sessions,
            resend,
            workspace_id=storage.workspace_id,
            actor="command line",
            now=storage.clock.now(),
        )
        print("It will be sent again.")
        return
    listed = list_deliveries(storage.sessions, workspace_id=storage.workspace_id)
    _print(listed)


def _print(listed: list[ListedDelivery]) -> None:
    lost = sum(one.may_be_lost for one in listed)
    if not listed:
        print("Everything has been delivered.")
    if lost:
        print(f"Interrupted notes to one person: {lost}. They may be lost; none is sent twice.")
    if len(listed) == lost:
        return
    table = Table("delivery", "kind", "state", "round", "reason")
    for one in listed:
        if not one.may_be_lost:
            period = str(one.period_on or "extra")
            table.add_row(one.delivery_id, one.kind, one.state, period, one.reason or "")
    Console().print(table)
