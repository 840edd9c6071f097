"""The Messenger over Slack's Web API."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackObjectFormationError

from domain.errors import Refused
from domain.messages import (
    CalledOffMessage,
    CheckInMessage,
    Content,
    File,
    HeadsUpMessage,
    IntroductionMessage,
    NoticeMessage,
    NudgeMessage,
    ReportPicture,
    RestingMessage,
    WelcomeBackMessage,
)
from slack_handlers.blocks import Message
from slack_handlers.blocks.called_off import called_off
from slack_handlers.blocks.check_in import check_in
from slack_handlers.blocks.heads_up import heads_up
from slack_handlers.blocks.hr_numbers import about_picture
from slack_handlers.blocks.introduction import introduction
from slack_handlers.blocks.my_data import about_my_data
from slack_handlers.blocks.notice import notice
from slack_handlers.blocks.nudge import nudge
from slack_handlers.blocks.resting import resting
from slack_handlers.blocks.welcome_back import welcome_back
from slack_handlers.blocks.words import Words, words_for
from slack_handlers.web_api import call, field

EVENT_TYPE = "lunchmates_delivery"
BUILDERS: dict[type[Content], Callable[[Words, Any], Message]] = {
    IntroductionMessage: introduction,
    NoticeMessage: notice,
    NudgeMessage: nudge,
    CalledOffMessage: called_off,
    CheckInMessage: check_in,
    HeadsUpMessage: heads_up,
    RestingMessage: resting,
    WelcomeBackMessage: welcome_back,
}


class SlackMessenger:
    """Opens conversations and posts. Metadata is public to a conversation: only an opaque id is in it."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def open_conversation(self, slack_user_ids: Sequence[str]) -> str:
        """The DM or group DM with these people."""
        answer = call(self._client.conversations_open, users=list(slack_user_ids))
        return field(answer, "channel", "id")

    def post(self, channel_id: str, content: Content, *, delivery_id: str) -> str:
        """Post once; the message's timestamp."""
        try:
            rendered = _render(content)
        except SlackObjectFormationError as error:
            raise Refused(code="invalid_blocks") from error
        answer = call(
            self._client.chat_postMessage,
            channel=channel_id,
            text=rendered.text,
            blocks=rendered.blocks,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"delivery_id": delivery_id}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return field(answer, "ts")

    def update(self, channel_id: str, ts: str, content: Content) -> None:
        """Change a message in place; what its metadata says stays."""
        rendered = _render(content)
        call(self._client.chat_update, channel=channel_id, ts=ts, text=rendered.text, blocks=rendered.blocks)

    def send_file(self, channel_id: str, file: File) -> None:
        """Upload it, and share it with a word on what it is."""
        words = words_for(*file.locales)
        picture = file if isinstance(file, ReportPicture) else None
        call(
            self._client.files_upload_v2,
            channel=channel_id,
            file=file.content,
            filename=file.name,
            title=file.name,
            alt_txt=picture.alt if picture else None,
            initial_comment=about_picture(words, picture) if picture else about_my_data(words),
        )

    def find(self, channel_id: str, *, delivery_id: str, since: datetime) -> str | None:
        """Look for a message by the delivery id in its metadata; needs the scope `mpim:history`."""
        cursor = ""
        while True:
            answer = call(
                self._client.conversations_history,
                channel=channel_id,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=200,
                cursor=cursor,
            )
            for message in answer.get("messages", ()):
                if _delivery_id(message) == delivery_id:
                    return field(message, "ts")
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return None


def _render(content: Content) -> Message:
    words = words_for(*content.locales)
    return BUILDERS[type(content)](words, content)


def _delivery_id(message: dict[str, Any]) -> object:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    return (metadata.get("event_payload") or {}).get("delivery_id")
