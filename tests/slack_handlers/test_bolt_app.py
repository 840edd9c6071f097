"""What the Bolt app makes of its surroundings."""

import pytest
from slack_bolt import BoltRequest

from sandbox import Sandbox
from slack_handlers.bolt_app import bolt_app
from slack_handlers.web_api import prompt_client
from tests.slack_handlers.conftest import SECRET, TOKEN


def test_variables_that_bolt_reads_by_itself_do_not_change_who_is_let_in(
    slack: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With these two Bolt looks for installations in files, and tells everybody to install the app again.
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "secret")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-another")
    app = bolt_app(
        client=prompt_client(TOKEN, slack.api_url), signing_secret=SECRET, team_id="T0LUNCH", context={}
    )
    heard: list[str] = []
    app.action("probe")(lambda ack, context: (heard.append(context.bot_token), ack()))
    action = {"type": "button", "action_id": "probe", "block_id": "b"}
    body = {"type": "block_actions", "team": {"id": "T0LUNCH"}, "user": {"id": "U0ADA"}, "actions": [action]}
    answer = app.dispatch(BoltRequest(body=body, mode="socket_mode"))
    assert (answer.status, answer.body, heard) == (200, "", [TOKEN])
