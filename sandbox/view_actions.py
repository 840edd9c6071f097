"""What a user does with modals and the Home tab as a whole: submitting, closing and opening."""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.choices import missing, with_choices
from sandbox.dispatch import Answer, AppLink
from sandbox.errors import ApiError, SandboxError
from sandbox.events import EventResult, Events
from sandbox.exchanges import Exchanges
from sandbox.payloads import active, envelope
from sandbox.posts import Json
from sandbox.view_records import Modals, shown_to_app
from sandbox.workspace import Workspace

BAD_ANSWER = "bad_response_action"


@dataclass(frozen=True)
class ViewResult:
    """How the app took a modal; `errors` stand under their blocks, `view` is what lies on top now.

    Slack itself asks for missing values: then nothing is sent, and the status is None.
    """

    status: int | None
    seconds: float = 0.0
    failure: str | None = None
    text: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    view: Json | None = None


class ViewActions:
    def __init__(self, workspace: Workspace, exchanges: Exchanges, app: AppLink, events: Events) -> None:
        self._workspace = workspace
        self._exchanges = exchanges
        self._app = app
        self._events = events
        self._modals = Modals(workspace)

    def submit(self, user_id: str, view_id: str, values: Mapping[str, Any]) -> ViewResult:
        workspace = self._workspace
        with workspace.lock:
            member = active(workspace, user_id)
            view = self._top(user_id, view_id)
            if view["submit"] is None:
                raise SandboxError(f"the view {view_id} has no submit button")
            view = self._modals.enter(view, with_choices(view["blocks"], view["state"]["values"], values))
            if errors := missing(view["blocks"], view["state"]["values"]):
                return ViewResult(None, errors=errors, view=self._on_top(user_id))
            exchange = self._exchanges.open(user_id, "", view_id=view_id)
            payload = {
                **envelope(workspace, "view_submission", member),
                "trigger_id": exchange.trigger_id,
                "view": copy.deepcopy(shown_to_app(view)),
                "response_urls": [],
            }
        answer = self._app.deliver("interaction", payload)
        with workspace.lock:
            failure, errors = answer.failure, {}
            if answer.accepted:
                try:
                    errors = self._respond(user_id, view_id, answer)
                except (ApiError, LookupError, TypeError, ValueError, AttributeError):
                    failure = BAD_ANSWER
            shown = self._on_top(user_id)
        return ViewResult(answer.status, answer.seconds, failure, answer.text, errors, shown)

    def close(self, user_id: str, view_id: str, *, every: bool) -> ViewResult:
        """`every` closes the whole stack, as the cross does."""
        workspace = self._workspace
        with workspace.lock:
            member = active(workspace, user_id)
            view = self._top(user_id, view_id)
            every = every or view["clear_on_close"]
            closed = self._modals.of(user_id) if every else [view]
            self._modals.close(user_id, every=every)
            payloads = [
                {
                    **envelope(workspace, "view_closed", member),
                    "view": copy.deepcopy(shown_to_app(each)),
                    "is_cleared": every,
                }
                for each in reversed(closed)
                if each["notify_on_close"]
            ]
        answer = Answer(0, "", {}, 0.0)
        for payload in payloads:
            answer = self._app.deliver("interaction", payload)
        status = answer.status if payloads else None
        with workspace.lock:
            return ViewResult(status, answer.seconds, answer.failure, view=self._on_top(user_id))

    def open_home(self, user_id: str, wait: float) -> EventResult:
        """Opens the app's Home tab, and waits until the app publishes it, at most `wait` seconds."""
        workspace = self._workspace
        with workspace.lock:
            active(workspace, user_id)
            channel = workspace.open_conversation([user_id])
            before = workspace.homes.get(user_id)
            event: Json = {
                "type": "app_home_opened",
                "user": user_id,
                "channel": channel.id,
                "tab": "home",
                **({"view": copy.deepcopy(before)} if before else {}),
            }
        result = self._events.send(event, 0)
        if result.delivered:
            with workspace.changed:
                workspace.changed.wait_for(lambda: workspace.homes.get(user_id) is not before, wait)
        return result

    def _respond(self, user_id: str, view_id: str, answer: Answer) -> dict[str, str]:
        """What the acknowledgement says is to happen with the modal; none closes it."""
        said = json.loads(answer.text) if answer.text.strip() else {}
        what = said.get("response_action")
        view = self._top(user_id, view_id)
        if what == "errors":
            return _checked_errors(view, said["errors"])
        if what == "update":
            self._modals.update(view, said["view"])
        elif what == "push":
            self._modals.push(user_id, said["view"])
        elif what in ("clear", None):
            self._modals.close(user_id, every=what == "clear")
        else:
            raise ValueError(what)
        return {}

    def _top(self, user_id: str, view_id: str) -> Json:
        stack = self._modals.of(user_id)
        if not stack or stack[-1]["id"] != view_id:
            raise SandboxError(f"{user_id} does not see the modal {view_id}")
        return stack[-1]

    def _on_top(self, user_id: str) -> Json | None:
        stack = self._modals.of(user_id)
        return copy.deepcopy(stack[-1]) if stack else None


def _checked_errors(view: Json, errors: Mapping[str, str]) -> dict[str, str]:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not errors or errors.keys() - inputs or not all(isinstance(each, str) for each in errors.values()):
        raise ValueError(errors)
    return dict(errors)
