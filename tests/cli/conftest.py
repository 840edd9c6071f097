"""The command line as a person types it, in this process: a new one takes seconds to start."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import structlog

from app import main
from settings import Settings


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def app(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Ran]]:
    """Runs a command."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code: object = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code
        out, err = capsys.readouterr()
        return Ran(code if isinstance(code, int) else int(code is not None), out, err)

    yield run
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of somebody who has set nothing."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
