"""What can go wrong on a page, in plain words, with what to do about it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from werkzeug.exceptions import HTTPException

HELP = "If it happens again, tell whoever runs Lunchmates at your company."


@dataclass(frozen=True)
class Link:
    """Where to go from here."""

    href: str
    label: str


class PageProblem(HTTPException):
    """Is shown as a page of its own; `links` say what to do next."""

    def __init__(self, status: int, title: str, *texts: str, links: tuple[Link, ...] = ()) -> None:
        super().__init__(title)
        self.code = status
        self.title, self.texts, self.links = title, texts, links


def sign_in_link(to: str | None = None, label: str = "Sign in with Slack") -> Link:
    """The way in, and on to where somebody wanted to go."""
    return Link(f"/sign-in?{urlencode({'to': to})}" if to else "/sign-in", label)


REPORT = Link("/report/", "See the same numbers")
FIRST_PAGE = Link("/report/", "To the first page")


def not_signed_in(to: str | None) -> PageProblem:
    return PageProblem(
        401, "Please sign in", "This page is for the people of your workspace.", links=(sign_in_link(to),)
    )


def session_expired(to: str | None) -> PageProblem:
    return PageProblem(
        401,
        "You were signed out",
        "That happens eight hours after you signed in. Nothing is lost.",
        links=(sign_in_link(to, "Sign in again"),),
    )


def not_hr() -> PageProblem:
    return PageProblem(
        403,
        "This page is for HR",
        "You are signed in, but you are not on HR's list right now. The same numbers are open to everybody "
        "of this workspace on the page for employees.",
        "If you are HR: whoever runs Lunchmates keeps the list.",
        links=(REPORT,),
    )


def not_an_employee() -> PageProblem:
    return PageProblem(
        403,
        "This page is for the people of this workspace",
        "Your Slack account is not in the company's directory: guests are not, nor are accounts that were "
        "closed. A new account is in it after the next night.",
        "If you work here, tell whoever runs Lunchmates at your company.",
        links=(Link("/sign-out", "Sign out"),),
    )


def not_known_now() -> PageProblem:
    return PageProblem(
        503,
        "Please try again in a minute",
        "Whether this page is for you could not be checked just now, so it stays closed.",
        HELP,
    )


def other_workspace(to: str | None = None) -> PageProblem:
    return PageProblem(
        403,
        "That is another workspace",
        "You signed in with a Slack workspace that this page does not belong to. Sign in again, and choose "
        "your company's workspace in Slack.",
        links=(sign_in_link(to, "Sign in again"),),
    )


def denied(to: str | None) -> PageProblem:
    return PageProblem(
        403,
        "You are not signed in",
        "Slack says that you did not agree. Lunchmates asks for nothing but who you are: neither your "
        "e-mail address nor your messages.",
        links=(sign_in_link(to, "Sign in again"),),
    )


def not_started_here() -> PageProblem:
    return PageProblem(
        400,
        "This sign-in can't be finished",
        "It was not started in this browser, was finished already, or took longer than ten minutes.",
        links=(sign_in_link(label="Sign in again"),),
    )


def not_believed(to: str | None) -> PageProblem:
    return PageProblem(
        400,
        "The sign-in did not work",
        "Slack's answer does not fit what this page asked for, so nobody was signed in.",
        HELP,
        links=(sign_in_link(to, "Sign in again"),),
    )


def slack_unreachable(to: str | None) -> PageProblem:
    return PageProblem(
        503,
        "Slack does not answer",
        "Signing in needs Slack, and Slack could not be reached. Please try again in a few minutes.",
        links=(sign_in_link(to, "Try again"),),
    )


def not_set_up() -> PageProblem:
    return PageProblem(
        404,
        "There are no pages here yet",
        "Lunchmates works in Slack; its pages on the web are not set up. HR's numbers are in Slack: HR types "
        "/lunch stats there.",
        "Whoever runs Lunchmates: docs/admins.md has the steps, and doctor says what is missing.",
    )


_OF_STATUS = {
    400: (
        "This can't be done",
        "The page may have been open for too long. Load it again, and retry.",
    ),
    404: ("There is no such page", "Check the address, or start from the first page."),
    405: ("This can't be done", "This address is not meant to be opened like that."),
}


def of_http(error: HTTPException) -> PageProblem:
    """The page for what Flask itself refuses."""
    if isinstance(error, PageProblem):
        return error
    status = error.code or 500
    title, text = _OF_STATUS.get(status, ("This can't be done", "Go back and try again."))
    return PageProblem(status, title, text, links=(FIRST_PAGE,))


def unexpected(reference: str) -> PageProblem:
    return PageProblem(
        500,
        "Something went wrong here",
        "It is not your doing. Please try again in a minute.",
        f"{HELP} They find it in the log by the reference {reference}.",
    )


def shown(problem: PageProblem) -> dict[str, Any]:
    """What the template `problem.html` needs."""
    return {"title": problem.title, "texts": problem.texts, "links": problem.links}
