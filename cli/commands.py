"""The command line: every command, and errors as one helpful sentence."""

import sys

import typer

from cli.deliveries import deliveries
from cli.demo import demo
from cli.doctor import doctor
from cli.erase import erase
from cli.export import export
from cli.import_meetings import import_meetings
from cli.import_people import import_people
from cli.match import match
from cli.migrate import migrate
from cli.parts import Parts
from cli.rules import rules
from cli.run_round import run_round
from cli.schedule import schedule
from cli.serve import serve
from cli.stats import stats
from domain.errors import LunchmatesError

COMMANDS = (
    demo,
    serve,
    migrate,
    import_people,
    import_meetings,
    match,
    run_round,
    schedule,
    rules,
    deliveries,
    stats,
    export,
    erase,
    doctor,
)


def run(parts: Parts, arguments: list[str] | None = None) -> None:
    """Run the command that the command line names, or these arguments."""
    app = typer.Typer(
        help="Lunchmates introduces coworkers of different departments who have not met.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for command in COMMANDS:
        app.command()(command)
    try:
        app(arguments, obj=parts)
    except LunchmatesError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
