"""HR is whom the settings name or Slack's user group holds; where Slack does not say, nobody is by it."""

from collections.abc import Callable

import pytest

from sandbox import DEFAULT_SCOPES, Fault, Sandbox
from slack_handlers.hr_role import FAILED_SECONDS, KEPT_SECONDS, HrRole
from slack_handlers.web_api import role_client
from tests.slack_handlers.conftest import TOKEN

GROUP, METHOD = "S0HR", "usergroups.users.list"


class Stopwatch:
    """Real time that a test moves."""

    at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def role(slack: Sandbox, stopwatch: Stopwatch) -> HrRole:
    """Ada is HR by name, and Ben by the group."""
    slack.update_app(scopes=[*DEFAULT_SCOPES, "usergroups:read"])
    slack.set_user_group(GROUP, ["U0BEN"])
    client = role_client(TOKEN, slack.api_url)
    assert client.timeout <= 3
    client.timeout = 1
    return HrRole(client, people=["U0ADA"], group=GROUP, now=stopwatch)


def asked(slack: Sandbox) -> int:
    return sum(entry["method"] == METHOD for entry in slack.traffic())


def who(role: HrRole) -> list[str]:
    return [one for one in ("U0ADA", "U0BEN", "U0CLEO") if role.includes(one)]


def test_by_name_and_by_group(role: HrRole, slack: Sandbox) -> None:
    assert role.includes("U0ADA")
    assert asked(slack) == 0
    assert who(role) == ["U0ADA", "U0BEN"]


def test_without_a_setting_nobody_is_and_slack_is_not_asked(slack: Sandbox) -> None:
    assert who(HrRole(role_client(TOKEN, slack.api_url))) == []
    assert asked(slack) == 0


def test_an_answer_is_good_for_a_minute(role: HrRole, slack: Sandbox, stopwatch: Stopwatch) -> None:
    assert who(role) == ["U0ADA", "U0BEN"]
    slack.set_user_group(GROUP, ["U0CLEO"])
    stopwatch.at += KEPT_SECONDS - 1
    assert who(role) == ["U0ADA", "U0BEN"]
    assert asked(slack) == 1
    stopwatch.at += 1
    assert who(role) == ["U0ADA", "U0CLEO"]


def no_scope(slack: Sandbox) -> None:
    slack.update_app(scopes=DEFAULT_SCOPES)


def disabled(slack: Sandbox) -> None:
    slack.set_user_group(GROUP, ["U0BEN"], is_disabled=True)


def failing(kind: str) -> Callable[[Sandbox], object]:
    return lambda slack: slack.inject(Fault(kind, METHOD, times=1, seconds=1.3))


@pytest.mark.parametrize(
    "fail",
    [
        pytest.param(no_scope, id="the scope is gone"),
        pytest.param(disabled, id="the group is disabled"),
        *(
            pytest.param(failing(kind), id=kind)
            for kind in ("drop", "reset", "http_500", "ratelimited", "error", "slow")
        ),
        pytest.param(lambda slack: slack.stop(), id="nobody is there"),
    ],
)
def test_where_slack_does_not_say_the_last_answer_counts_no_more(
    role: HrRole, slack: Sandbox, stopwatch: Stopwatch, fail: Callable[[Sandbox], object]
) -> None:
    assert who(role) == ["U0ADA", "U0BEN"]
    fail(slack)
    stopwatch.at += KEPT_SECONDS
    assert who(role) == ["U0ADA"]


def test_a_failure_is_soon_asked_about_again_but_not_at_once(
    role: HrRole, slack: Sandbox, stopwatch: Stopwatch
) -> None:
    slack.inject(Fault("http_500", METHOD, times=1))
    assert who(role) == ["U0ADA"]
    assert who(role) == ["U0ADA"]
    assert asked(slack) == 1
    stopwatch.at += FAILED_SECONDS
    assert who(role) == ["U0ADA", "U0BEN"]
