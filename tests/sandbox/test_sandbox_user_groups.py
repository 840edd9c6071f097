"""User groups: who is in one, and what Slack says of one that is not there."""

from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient

from sandbox import DEFAULT_SCOPES, Sandbox
from tests.sandbox.test_sandbox_control import ask

Refusal = Callable[..., dict[str, Any]]
HR = "S0HR"


def test_who_is_in_a_user_group(sandbox: Sandbox, client: WebClient, refusal: Refusal) -> None:
    assert refusal(client.usergroups_users_list, usergroup=HR)["needed"] == "usergroups:read"
    sandbox.update_app(scopes=(*DEFAULT_SCOPES, "usergroups:read"))
    assert refusal(client.usergroups_users_list, usergroup=HR)["error"] == "no_such_subteam"
    assert refusal(client.api_call, "usergroups.users.list")["error"] == "invalid_arguments"
    ask(sandbox.url, "PUT", f"/user-groups/{HR}", {"users": ["U0ADA", "U0BEN", "U0ADA"]})
    assert client.usergroups_users_list(usergroup=HR)["users"] == ["U0ADA", "U0BEN"]
    sandbox.update_user("U0BEN", deleted=True)
    assert client.usergroups_users_list(usergroup=HR)["users"] == ["U0ADA"]
    sandbox.set_user_group(HR, ["U0CLEO"], is_disabled=True)
    assert refusal(client.usergroups_users_list, usergroup=HR)["error"] == "no_such_subteam"
    assert client.usergroups_users_list(usergroup=HR, include_disabled=True)["users"] == ["U0CLEO"]


def test_user_groups_have_a_limit(sandbox: Sandbox, client: WebClient, refusal: Refusal) -> None:
    sandbox.update_app(scopes=(*DEFAULT_SCOPES, "usergroups:read"))
    sandbox.set_user_group(HR, [])
    for _ in range(20):
        client.usergroups_users_list(usergroup=HR)
    assert refusal(client.usergroups_users_list, usergroup=HR)["error"] == "ratelimited"
