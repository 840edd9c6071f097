"""The page on which HR, and every employee, sees how the teams connect: made of released tables alone."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, g, render_template, request
from werkzeug.exceptions import NotFound

import insights
from insights import Shelf, Theme
from use_cases.draw_chart import draw_chart
from web.report_model import report
from web.report_tables import csv_name, table_csv

DAY = "<int(fixed_digits=4):year>-<int(fixed_digits=2):month>-<int(fixed_digits=2):day>"
THEMES = {"light": insights.LIGHT, "dark": insights.DARK}


@dataclass(frozen=True)
class Looks:
    """Who is told that somebody looked: of a page or a file, and of a picture, which is part of a page."""

    page: Callable[[str, str], None]
    part: Callable[[str, str], None]


def report_pages(
    name: str,
    prefix: str,
    *,
    read: Callable[[], Shelf],
    next_on: Callable[[], datetime.date],
    looks: Looks | None,
) -> Blueprint:
    """The pages under a prefix, before which the door of the report is to be set.

    `next_on` is when the next numbers are due. `looks` are told of each look before anything is shown;
    without them nobody is.
    """
    pages = Blueprint(name, __name__, url_prefix=prefix)

    def look() -> None:
        if looks is not None:
            looks.page(g.viewer.slack_user_id, request.path)

    def page(printable: bool) -> str:
        shelf = read()
        made = report(shelf, _day(request.args.get("until")))
        if made is None and request.args.get("until"):
            raise NotFound()
        if made is not None:
            look()
        return render_template(
            "report.html",
            report=made,
            printable=printable,
            is_audited=looks is not None,
            next_on=next_on,
            least=insights.BASE_FLOOR.company,
            span=insights.span_text,
        )

    @pages.get("/")
    def index() -> str:
        return page(printable=False)

    @pages.get("/print")
    def printed() -> str:
        return page(printable=True)

    @pages.get("/tables/")
    def tables() -> str:
        shelf = read()
        if shelf.stored:
            look()
        return render_template("report_tables.html", stored=shelf.stored)

    @pages.get(f"/tables/<name>-{DAY}-<int:weeks>w.csv")
    def table(name: str, year: int, month: int, day: int, weeks: int) -> Response:
        stored = read().find(name, _date(year, month, day))
        if stored is None or stored.weeks != weeks:
            raise NotFound()
        look()
        return Response(
            table_csv(stored.read()),
            content_type="text/csv; charset=utf-8; header=present",
            headers={
                "Content-Disposition": f"attachment; filename={csv_name(name, stored.period_on, weeks)}"
            },
        )

    @pages.get(f"/charts/<name>-{DAY}-<any(light, dark):scheme>.svg")
    def picture(name: str, year: int, month: int, day: int, scheme: str) -> Response:
        drawn = _drawn(read(), name, _date(year, month, day), THEMES[scheme])
        if looks is not None:
            looks.part(g.viewer.slack_user_id, request.path)
        return Response(drawn, content_type="image/svg+xml; charset=utf-8")

    return pages


def _drawn(shelf: Shelf, name: str, day: datetime.date, theme: Theme) -> str:
    if name.startswith("trend-"):
        series = shelf.series(name.removeprefix("trend-"), day)
        if name.removeprefix("trend-") not in insights.TRENDS or not series or day not in shelf.last_days():
            raise NotFound()
        return draw_chart(insights.trend([stored.read() for stored in series]).spec(theme))
    stored = shelf.find(name, day)
    if stored is None or name not in insights.CHARTED:
        raise NotFound()
    return draw_chart(insights.chart(stored.read()).spec(theme))


def _date(year: int, month: int, day: int) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise NotFound() from None


def _day(text: str | None) -> datetime.date | None:
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise NotFound() from None
