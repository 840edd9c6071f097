"""The buttons and the clock that whoever runs the sandbox puts on its page."""

import logging
import threading
from collections.abc import Callable, Mapping

from sandbox.errors import SandboxError
from sandbox.posts import Json

logger = logging.getLogger(__name__)


class Program:
    """The sandbox does not know what a button does: it calls it, and shows the sentence that comes back."""

    def __init__(
        self,
        buttons: Mapping[str, Callable[[], str]],
        clock: Callable[[], str] | None,
        changed: threading.Condition,
    ) -> None:
        self._buttons = dict(buttons)
        self._clock = clock
        self._changed = changed
        self._running: set[str] = set()

    def now(self) -> str:
        return self._clock() if self._clock else ""

    def state(self) -> Json:
        with self._changed:
            running = set(self._running)
        buttons = [{"label": label, "is_running": label in running} for label in self._buttons]
        return {"clock": self.now(), "buttons": buttons}

    def press(self, label: str) -> str:
        """What the button has to say, once it is done."""
        if label not in self._buttons:
            raise SandboxError(
                f"there is no button {label!r}; there are: {', '.join(self._buttons) or 'none'}"
            )
        with self._changed:
            if label in self._running:
                raise SandboxError(f"{label!r} is still running")
            self._running.add(label)
            self._changed.notify_all()
        try:
            return str(self._buttons[label]())
        except Exception as error:
            logger.exception("the page's button %r failed", label)
            raise SandboxError(f"{label!r} failed: {error or type(error).__name__}") from error
        finally:
            with self._changed:
                self._running.discard(label)
                self._changed.notify_all()
