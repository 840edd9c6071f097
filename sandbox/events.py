"""Events API envelopes to the app, sent again where it does not take them."""

import threading
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox.dispatch import Answer, AppLink, Retry
from sandbox.posts import Json
from sandbox.workspace import Workspace

# Slack tries again at once, after a minute and after five.
RETRY_DELAYS = (0.0, 60.0, 300.0)


@dataclass(frozen=True)
class Attempt:
    status: int
    seconds: float
    failure: str | None


@dataclass
class EventResult:
    """Attempts are added while Slack would still retry; `done` is set after the last."""

    event_id: str
    attempts: list[Attempt] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def status(self) -> int:
        return self.attempts[-1].status

    @property
    def delivered(self) -> bool:
        return 200 <= self.status < 300

    def as_json(self) -> Json:
        attempts = [asdict(attempt) for attempt in self.attempts]
        return {"event_id": self.event_id, "delivered": self.delivered, "attempts": attempts}


class Events:
    def __init__(self, workspace: Workspace, app: AppLink) -> None:
        self._workspace = workspace
        self._app = app

    def send(self, event: dict[str, Any], wait: float) -> EventResult:
        """Returns after the first attempt, or up to `wait` seconds later if there are retries."""
        workspace, bot = self._workspace, self._workspace.installation
        result = EventResult(workspace.new_id("Ev"))
        envelope = {
            "token": bot.verification_token,
            "team_id": workspace.team_id,
            "context_team_id": workspace.team_id,
            "api_app_id": bot.app_id,
            "event": {"event_ts": workspace.next_ts(), **event},
            "type": "event_callback",
            "event_id": result.event_id,
            # Real time, like the signature's: an app compares it with its own clock.
            "event_time": int(time.time()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.team_id,
                    "user_id": bot.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
        }
        answer = self._attempt(result, envelope, None)
        if _final(answer):
            result.done.set()
        else:
            threading.Thread(target=self._retry, args=(result, envelope, answer), daemon=True).start()
            result.done.wait(wait)
        return result

    def _retry(self, result: EventResult, envelope: Json, answer: Answer) -> None:
        clock = self._workspace.clock
        try:
            for number, delay in enumerate(RETRY_DELAYS, start=1):
                if not clock.sleep_until(clock.now() + delay):
                    return
                retry = Retry(number, answer.failure or "http_error")
                answer = self._attempt(result, envelope, retry)
                if _final(answer):
                    return
        finally:
            result.done.set()

    def _attempt(self, result: EventResult, envelope: Json, retry: Retry | None) -> Answer:
        answer = self._app.deliver("event", envelope, retry)
        result.attempts.append(Attempt(answer.status, answer.seconds, answer.failure))
        return answer


def _final(answer: Answer) -> bool:
    return answer.accepted or answer.headers.get("x-slack-no-retry") == "1"
