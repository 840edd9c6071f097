"""One base for every error that a person may read: the class's docstring is the sentence."""

import inspect


class LunchmatesError(Exception):
    """Something went wrong in Lunchmates. Please try again; if it happens again, tell your admin."""

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(details)

    @classmethod
    def sentence(cls) -> str:
        """What a person reads, with placeholders for the details."""
        return " ".join(inspect.cleandoc(cls.__doc__ or "").split())

    def __str__(self) -> str:
        # format_map on the template alone: braces in a detail are text, not fields.
        return self.sentence().format_map(self.details)


class UnmetWish(LunchmatesError):
    """That can't be done, and nothing has changed. `/lunch status` shows where you stand."""

    # What is raised of this kind is read in Slack, in the reader's language; the other errors are English.


class UnknownPerson(UnmetWish):
    """I can't find you in this Slack workspace's directory yet. Please try again in a minute; if it
    happens again, ask your admin to check that Lunchmates may read the directory."""


class NotForGuests(UnmetWish):
    """Lunchmates introduces colleagues of this company to each other, so guests, apps and people of
    other companies can't join. If you do work here, ask your Slack admin to make you a full member."""


class UnclearPause(UnmetWish):
    """I don't understand how long, sorry. Press a button, or type when it ends:
    `/lunch pause until {example}`."""


class PauseTooLong(UnmetWish):
    """A pause ends tomorrow at the earliest and a year from now at the latest, so nothing has changed.
    If you'd rather stay away for longer, leave: you can come back any time."""


class NotTakingPart(UnmetWish):
    """You aren't in, so there is nothing to pause or resume. `/lunch join` gets you in."""


class NotYourIntroduction(UnmetWish):
    """This question was for the people of another introduction, so nothing was changed."""


class IntroductionOver(UnmetWish):
    """This introduction is over, so nothing was changed. The next round brings you somebody new."""


class LunchGivenUp(UnmetWish):
    """You have given this lunch up already, so nothing was changed. It won't happen, and nobody reads who
    gave it up."""


class LunchIsPast(UnmetWish):
    """This lunch is past: its time is over, or you said that you met. So it can't be given up any more, and
    nothing was changed."""


class RoundHasBegun(UnmetWish):
    """The introductions of that round have gone out, so nothing was changed. `/lunch pause` keeps you out
    of the next ones."""


class TimeHasPassed(UnmetWish):
    """That time has passed. Please pick one that is still to come."""


class TooFarAhead(UnmetWish):
    """That is more than three weeks ahead. Please pick a time within the next three weeks."""


class OfficeGone(UnmetWish):
    """The directory doesn't know this office any more, so nothing was saved. Please pick another one."""


class TooManyInterests(UnmetWish):
    """Please name at most {most} interests of {longest} characters each, with commas in between. Nothing
    was saved."""


class LeavesOutOneself(UnmetWish):
    """You can't be introduced to yourself anyway: please take yourself out of this list. Nothing was
    saved."""


class LeavesOutStranger(UnmetWish):
    """Somebody in this list is an app, a guest or not in the company's directory yet, and I never
    introduce those. Please take them out of this list. Nothing was saved."""


class NothingStored(UnmetWish):
    """There is nothing stored about you that I could find under your Slack account."""


class DataNotSent(UnmetWish):
    """I couldn't send you the file, sorry, and nothing has changed. Please try again in a minute; if it
    happens again, ask your admin, who can export your data for you."""


class QuestionTooOld(UnmetWish):
    """This question is from before, so nothing was done. `/lunch forget-me` asks it anew."""


class UnknownReference(LunchmatesError):
    """Nobody in the directory has the Slack id, person_id or e-mail address {reference!r}."""


class NotConfirmed(LunchmatesError):
    """Nothing was erased. This can't be undone: if the person has asked for it, say it again with --yes."""


class WrongWorkspace(LunchmatesError):
    """Lunchmates isn't set up for this Slack workspace. Ask the admin who installed it."""


class NoWorkspace(LunchmatesError):
    """The database knows no workspace yet. Set SLACK_BOT_TOKEN and start `python app.py serve` once."""


class SeveralWorkspaces(LunchmatesError):
    """The database holds several workspaces. Set SLACK_BOT_TOKEN, so that it is clear which one you mean."""


class BadFile(LunchmatesError):
    """{path} was not used, and nothing was changed. To mend:"""

    SHOWN = 20

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(self.details["problems"])  # type: ignore[arg-type]

    def __str__(self) -> str:
        more = len(self.problems) - self.SHOWN
        rest = [f"… and {more} more"] if more > 0 else []
        return "\n  ".join([super().__str__(), *self.problems[: self.SHOWN], *rest])


class BadSchedule(LunchmatesError):
    """That schedule can't be kept: {problem}"""


class SchemaBehind(LunchmatesError):
    """The database's schema is not the one that this version needs. Run `python app.py migrate` first."""


class UnknownDelivery(LunchmatesError):
    """There is no uncertain delivery {delivery_id}. `python app.py deliveries` lists them."""


class RoundAlreadyRan(LunchmatesError):
    """This period's round has already run ({state}). `python app.py run-round --extra` runs one more."""


class RoundInProgress(LunchmatesError):
    """This period's round is being matched right now by another process. Look again in a minute with
    `python app.py deliveries`."""


# What a Messenger or Directory may answer instead of doing its work.


class MessengerError(LunchmatesError):
    """Slack did not do what was asked: {code}."""

    @property
    def code(self) -> str:
        return str(self.details.get("code", "unknown"))


class RateLimited(MessengerError):
    """Slack asks to wait {retry_after} s before the next {method}."""

    @property
    def retry_after(self) -> float:
        return float(self.details["retry_after"])  # type: ignore[arg-type]


class NotDone(MessengerError):
    """Slack could not be reached, and nothing was sent: {code}. It is tried again by itself."""


class PersonUnreachable(MessengerError):
    """Slack will not let this person be written to: {code}."""


class NotPermitted(MessengerError):
    """Slack refuses the app itself: {code}. Check the token and the scopes with your Slack admin."""


class Refused(MessengerError):
    """Slack refused the request for good: {code}."""


class Ambiguous(MessengerError):
    """Slack's answer does not tell whether the message was sent: {code}."""
