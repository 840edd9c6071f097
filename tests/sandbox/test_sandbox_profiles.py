"""Custom profile fields, and deleting messages."""

from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient

from sandbox import DEFAULT_SCOPES, Sandbox
from tests.sandbox.test_sandbox_control import ask

Refusal = Callable[..., dict[str, Any]]
SCOPES = (*DEFAULT_SCOPES, "users.profile:read")


def test_profile_fields(
    new_sandbox: Callable[..., Sandbox], connect_to: Callable[..., WebClient], refusal: Refusal
) -> None:
    made = new_sandbox(scopes=SCOPES, profile_fields={"XfDEPT": "Department"})
    office = {"value": "Berlin", "alt": "Spree"}
    made.add_user("U0ADA", name="Ada", email="a@b.org", fields={"XfDEPT": "Sales", "XfOFFICE": office})
    made.add_user("U0HID", name="Hidden", hidden=True)
    ask(made.url, "POST", "/profile-fields", {"id": "XfOFFICE", "label": "Office", "is_hidden": True})
    client = connect_to(made)
    profile = client.users_profile_get(user="U0ADA")["profile"]
    assert profile["fields"] == {"XfDEPT": {"value": "Sales", "alt": ""}, "XfOFFICE": office}
    assert (profile["real_name"], "email" in profile) == ("Ada", False)
    labelled = client.users_profile_get(user="U0ADA", include_labels=True)["profile"]["fields"]
    assert labelled["XfDEPT"]["label"] == "Department"
    assert "fields" not in client.users_info(user="U0ADA")["user"]["profile"]
    assert client.users_profile_get()["profile"]["fields"] == {}
    fields = client.team_profile_get()["profile"]["fields"]
    assert [(field["id"], field["label"], field["ordering"]) for field in fields] == [
        ("XfDEPT", "Department", 0),
        ("XfOFFICE", "Office", 1),
    ]
    for visibility, ids in (("visible", ["XfDEPT"]), ("hidden", ["XfOFFICE"])):
        shown = client.team_profile_get(visibility=visibility)["profile"]["fields"]
        assert [field["id"] for field in shown] == ids
    assert refusal(client.users_profile_get, user="U404")["error"] == "user_not_found"
    assert refusal(client.users_profile_get, user="U0HID")["error"] == "user_not_visible"
    made.update_user("U0ADA", fields={"XfDEPT": "Engineering"})
    assert client.users_profile_get(user="U0ADA")["profile"]["fields"]["XfDEPT"]["value"] == "Engineering"


def test_profiles_have_a_scope_and_a_limit(sandbox: Sandbox, client: WebClient, refusal: Refusal) -> None:
    for call in (client.users_profile_get, client.team_profile_get):
        assert refusal(call)["needed"] == "users.profile:read"
    sandbox.update_app(scopes=SCOPES)
    for _ in range(100):
        client.users_profile_get(user="U0ADA")
    assert refusal(client.users_profile_get, user="U0ADA")["error"] == "ratelimited"


def test_labels_cost_most_of_the_limit(sandbox: Sandbox, client: WebClient, refusal: Refusal) -> None:
    sandbox.update_app(scopes=SCOPES)
    for _ in range(10):
        client.users_profile_get(user="U0ADA", include_labels=True)
    refused = refusal(client.users_profile_get, user="U0ADA", include_labels=True)
    assert refused["error"] == "ratelimited"
    assert client.users_profile_get(user="U0ADA")["ok"]
    sandbox.advance(60)
    assert client.users_profile_get(user="U0ADA", include_labels=True)["ok"]


def test_slack_does_not_announce_a_change_of_custom_fields(sandbox: Sandbox, raw_app: Any) -> None:
    sandbox.update_user("U0ADA", notify=True, fields={"XfDEPT": "Sales"})
    assert raw_app.requests == []
    sandbox.update_user("U0ADA", notify=True, fields={"XfDEPT": "Law"}, title="Counsel")
    assert len(raw_app.requests) == 1


def test_chat_delete(sandbox: Sandbox, client: WebClient, refusal: Refusal) -> None:
    sent = client.chat_postMessage(channel="U0ADA", text="x")
    theirs = sandbox.say("U0ADA", "U0LUNCHBOT", "mine")
    client.chat_delete(channel=sent["channel"], ts=sent["ts"])
    assert [message["text"] for message in sandbox.messages()] == ["mine"]
    again = refusal(client.chat_delete, channel=sent["channel"], ts=sent["ts"])
    assert again["error"] == "message_not_found"
    not_ours = refusal(client.chat_delete, channel=sent["channel"], ts=theirs["ts"])
    assert not_ours["error"] == "cant_delete_message"
