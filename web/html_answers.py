"""What all pages have in common: templates, static files, headers, and pages for what goes wrong."""

import secrets

import structlog
from flask import Blueprint, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from web.problems import PageProblem, not_set_up, of_http, shown, unexpected

log = structlog.get_logger()

AREAS = ("hr", "report", "sign-in", "sign-out")
"""The first part of every page's path. What is elsewhere is Slack's, or for machines, and answers in JSON."""
# Pico draws its arrows and ticks from data: addresses in its own file; htmx asks this host alone.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
YEAR_SECONDS = 365 * 24 * 3600


def html_answers(*, by_https: bool) -> Blueprint:
    """Templates in `web/templates`, files in `web/static`, and the headers of every HTML answer."""
    html = Blueprint(
        "html", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
    headers = {
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    if by_https:
        headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}"

    @html.after_app_request
    def harden(response: Response) -> Response:
        if is_page(request.path) or request.blueprint == "html":
            response.headers["X-Content-Type-Options"] = "nosniff"
        if is_page(request.path):
            response.headers.update(headers)
        return response

    return html


def pages_not_set_up() -> Blueprint:
    """Stands where the pages would be, and says who can set them up."""
    pages = Blueprint("not_set_up", __name__)

    for path in ("/hr/", "/report/", "/sign-in"):
        pages.add_url_rule(path, path.strip("/"), _say_not_set_up)
    return pages


def _say_not_set_up() -> Response:
    raise not_set_up()


def is_page(path: str) -> bool:
    """Whether people read what is answered here."""
    return "html" in current_app.blueprints and path.split("/")[1] in AREAS


def problem_page(error: Exception) -> Response:
    """The page for anything that goes wrong on a page; what nobody expected has a reference in the log."""
    if isinstance(error, HTTPException):
        problem: PageProblem = of_http(error)
    else:
        reference = secrets.token_hex(4)
        log.error("page failed", reference=reference, exc_info=error)
        problem = unexpected(reference)
    return make_response(render_template("problem.html", **shown(problem)), problem.code or 500)
