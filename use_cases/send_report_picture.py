"""Somebody of HR gets who meets whom as a picture, in the bot's own DM."""

from datetime import date

import structlog

import insights
from db.sessions import Sessions
from domain.errors import MessengerError
from domain.messages import ReportPicture
from domain.ports import Messenger
from use_cases.draw_chart import draw_chart_as_png
from use_cases.read_locale import read_locale
from use_cases.read_shelf import read_shelf

log = structlog.get_logger()


def send_report_picture(
    sessions: Sessions, messenger: Messenger, slack_user_id: str, *, workspace_id: int
) -> bool:
    """Send the newest to somebody who was just shown the numbers; False where there is none, or it fails."""
    stored = read_shelf(sessions, workspace_id=workspace_id).newest(date.max).get(insights.WHO_MEETS_WHOM)
    if stored is None or not stored.read().rows:
        return False
    chart = insights.chart(stored.read())
    picture = ReportPicture(
        f"who-meets-whom-{stored.period_on}.png",
        draw_chart_as_png(chart.spec(insights.PAPER)),
        first_on=stored.period_on,
        last_on=stored.last_on,
        alt=chart.alt,
        locales=(read_locale(sessions, slack_user_id, workspace_id=workspace_id),),
    )
    try:
        messenger.send_file(messenger.open_conversation([slack_user_id]), picture)
    except MessengerError as error:
        # The numbers are said in words all the same.
        log.warning("picture not sent", code=error.code)
        return False
    return True
