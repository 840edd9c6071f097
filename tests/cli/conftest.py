"""The command line starts from nothing that is set."""

from collections.abc import Callable

import pytest

from settings import Settings
from tests.conftest import Ran


@pytest.fixture
def app(command_line: Callable[..., Ran]) -> Callable[..., Ran]:
    """Types a command of the app."""
    return command_line


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of somebody who has set nothing."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
