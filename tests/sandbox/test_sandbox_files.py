"""Files: asked for, uploaded and shared, as slack_sdk does it; and what Slack refuses."""

from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from sandbox import DEFAULT_SCOPES, Sandbox

Refusal = Callable[..., dict[str, Any]]


def dm(client: WebClient, user: str = "U0ADA") -> str:
    return str(client.conversations_open(users=[user])["channel"]["id"])


def read(address: str) -> bytes:
    with urlopen(address) as answer:
        return bytes(answer.read())


def test_a_file_is_shared_with_a_comment_and_can_be_downloaded(sandbox: Sandbox, client: WebClient) -> None:
    channel = dm(client)
    client.files_upload_v2(
        channel=channel, file="é".encode(), filename="a b.json", title="Mine", initial_comment="Yours"
    )
    [message] = sandbox.messages(channel)
    [file] = message["files"]
    assert (message["text"], file["title"], file["name"], file["size"]) == ("Yours", "Mine", "a b.json", 2)
    assert read(f"{sandbox.url}/file/{file['id']}/x").decode() == "é"
    [shown] = client.conversations_history(channel=channel)["messages"] if _may_read(sandbox) else [message]
    assert shown["files"][0]["id"] == file["id"]


def _may_read(sandbox: Sandbox) -> bool:
    return "im:history" in sandbox.installation.scopes


def test_an_upload_url_takes_one_file_of_the_length_that_was_asked_for(
    sandbox: Sandbox, client: WebClient
) -> None:
    asked = client.files_getUploadURLExternal(filename="a.json", length=3)
    with pytest.raises(HTTPError):
        urlopen(Request(asked["upload_url"], data=b"four"))
    assert read_answer(asked["upload_url"], b"abc").startswith("OK")
    with pytest.raises(HTTPError):
        urlopen(Request(asked["upload_url"], data=b"abc"))
    with pytest.raises(HTTPError):
        read(f"{sandbox.url}/file/{asked['file_id']}/a.json")


def read_answer(address: str, data: bytes) -> str:
    with urlopen(Request(address, data=data)) as answer:
        return str(answer.read().decode())


def test_what_is_refused(sandbox: Sandbox, client: WebClient, refusal: Refusal) -> None:
    ask = client.files_getUploadURLExternal
    assert refusal(ask, filename="", length=1)["error"] == "invalid_arguments"
    assert refusal(ask, filename="a", length=0)["error"] == "invalid_arguments"
    assert refusal(ask, filename="a", length=10**10)["error"] == "file_upload_size_restricted"
    asked = ask(filename="a.json", length=1)
    complete = client.files_completeUploadExternal
    files = [{"id": asked["file_id"], "title": "a"}]
    assert refusal(complete, files=files, channel_id=dm(client))["error"] == "file_not_found"
    read_answer(asked["upload_url"], b"a")
    assert refusal(complete, files=[], channel_id=dm(client))["error"] == "invalid_arguments"
    assert refusal(complete, files=files, channel_id="D0NONE")["error"] == "channel_not_found"
    other = sandbox.add_channel("elsewhere", ["U0ADA"])["id"]
    assert refusal(complete, files=files, channel_id=other)["error"] == "not_in_channel"
    complete(files=files, channel_id=dm(client))
    assert refusal(complete, files=files, channel_id=dm(client))["error"] == "file_not_found"
    sandbox.update_app(scopes=[one for one in DEFAULT_SCOPES if one != "files:write"])
    assert refusal(ask, filename="a", length=1)["needed"] == "files:write"
