"""The links to calendars: the browser opens them, and Slack tells the app nevertheless."""

from slack_bolt import Ack


def calendar_link(ack: Ack) -> None:
    """Nothing else is to be done, but without this the person would see a warning."""
    ack()
