"""Each branch that a lunch can take, on the sandbox's page: what one presses, and what the others read."""

import re
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from app import SandboxedApp
from tests.browser.test_accessibility import check
from tests.browser.test_lunchmates import MONDAY, PEOPLE, app, group_of, moves_to, visit, window, windows

__all__ = ["app", "windows"]

pytestmark = pytest.mark.browser

TUESDAY, FULL_HOUR = datetime(2026, 11, 24, 14, 23, tzinfo=UTC), datetime(2026, 11, 24, 15, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
NEXT_WEEK = re.compile("Mon 30 Nov|(Tue 1|Wed 2|Thu 3|Fri 4|Mon 7|Tue 8|Wed 9|Thu 10|Fri 11) Dec")
MORE = ("Dan Duarte", "Eve Eriksen", "Finn Fischer", "Gia Greco", "Hugo Haas", "Ines Ito", "Jack Jung")
EVERYBODY = {**PEOPLE, **{f"U0{name.split()[0].upper()}": name for name in MORE}}
CALLED_OFF = (
    "This lunch won't happen, sorry: the one of your introduction of Monday 23 November. I have introduced "
    "you to somebody new: look for the group message. The next introductions go out on Monday 30 November, "
    "about 11:00."
)


def passes(app: SandboxedApp, moment: datetime) -> None:
    """Time passes, and the clock ticks often enough for everything that follows from each other."""
    for _ in range(3):
        moves_to(app, moment)


def pairs(app: SandboxedApp) -> list[list[str]]:
    """Who is in each group message, the oldest first."""
    groups = [one for one in app.slack.channels() if one["kind"] == "mpim"]
    return [sorted(set(one["members"]) & set(EVERYBODY)) for one in groups]


def seen(page: Page) -> tuple[str, str]:
    """Everything that somebody sees: where they could look, with what is unread, and what stands there."""
    return page.get_by_role("navigation").inner_text(), page.get_by_role("log").inner_text()


def without_times(whole: tuple[str, str]) -> tuple[str, str]:
    return whole[0], re.sub(r"\w+ \d+ \w+, \d\d:\d\d", "", whole[1])


def press(page: Page, *buttons: str) -> None:
    """Presses one button after the other, each where the last one has led to."""
    for name in buttons:
        page.get_by_role("button", name=name, exact=True).last.click()


def read(page: Page) -> str:
    """Opens the app's messages, of which one is new; what it says."""
    page.get_by_role("link", name="Messages 1 unread").click()
    expect(page.get_by_text("Messages from the app to you alone")).to_be_visible()
    return page.get_by_role("article").locator(".section").inner_text()


@pytest.mark.slow
def test_whatever_ends_a_lunch_ends_it_with_the_full_hour_and_in_the_same_words(
    app: SandboxedApp, chromium: Browser, windows: ExitStack
) -> None:
    app.slack.add_users([{"id": one, "name": name} for one, name in EVERYBODY.items() if one not in PEOPLE])
    app.installation.clockwork.read_directory()
    for who in EVERYBODY:
        app.slack.command(who, "/lunch", "join")
    moves_to(app, MONDAY)
    know, give_up, rather_not, gone, later = introduced = pairs(app)
    app.clock.move_to(TUESDAY)
    others = {}
    for _, other in introduced:
        others[other] = window(chromium, windows, 1280, "light")
        visit(others[other], app, other, group_of(app, other))
        expect(others[other].get_by_text("Why you two:")).to_be_visible()
    before = {other: seen(page) for other, page in others.items()}

    page = window(chromium, windows, 390, "dark")
    told = "At 16:00 the others read that this lunch won't happen, not who gave it up, or why."
    either_way = "I look for somebody new for you, too, and tell you then either way."
    apart = f"You and @{EVERYBODY[rather_not[1]]} won't be introduced again. Nobody is told."
    for (who, _), buttons, said in (
        (know, ("We already know each other", "Yes, somebody new"), (told, either_way)),
        (give_up, ("I can't", "Give it up"), (told, "You won't get somebody else this round.")),
        (rather_not, ("Rather not", "Yes, never again"), (apart, told, either_way)),
        (later, ("I can't", "Move it to next week"), ("It doesn't say who asked for them.",)),
    ):
        visit(page, app, who, group_of(app, who))
        press(page, "Privately …", *buttons)
        answer = page.get_by_role("listitem").filter(has_text="Only visible to you")
        for sentence in said:
            expect(answer).to_contain_text(sentence)
    check(page)
    app.slack.update_user(gone[0], deleted=True)
    app.installation.clockwork.read_directory()

    moved = others.pop(later[1])
    times = moved.get_by_role("button", name=re.compile(r"\d\d:\d\d"))
    expect(times.filter(has_text=NEXT_WEEK)).to_have_count(3)
    expect(times).to_have_count(3)
    assert without_times(seen(moved)) == without_times(before.pop(later[1])), "nothing else has changed"

    passes(app, FULL_HOUR - timedelta(seconds=3))
    assert {other: seen(page) for other, page in others.items()} == before
    assert all(len(app.slack.dms_of(other)) == 1 for other in others)
    passes(app, FULL_HOUR)
    assert {other: read(page) for other, page in others.items()} == dict.fromkeys(others, CALLED_OFF)
    check(page)

    # Who gave it up is left in peace; who wanted somebody else is introduced anew, like those who were told.
    visit(page, app, give_up[0], app.slack.app_state()["bot_user_id"])
    expect(page.get_by_text("No messages yet.")).to_be_visible()
    anew = pairs(app)[len(introduced) :]
    assert sorted(one for pair in anew for one in pair) == sorted([know[0], rather_not[0], *others])
    assert not [pair for pair in anew if pair in introduced]
    [partner] = next({*pair} - {know[0]} for pair in anew if know[0] in pair)
    visit(page, app, know[0], "home")
    expect(page.get_by_text("You were introduced to")).to_contain_text(EVERYBODY[partner])


def test_silence_ends_in_a_rest_and_out_of_office_is_nobodys_business(
    app: SandboxedApp, chromium: Browser, windows: ExitStack
) -> None:
    for who in PEOPLE:
        app.slack.command(who, "/lunch", "join")
    back_at = int((MONDAY + 6 * WEEK + DAY).timestamp())
    app.slack.update_user("U0CLEO", status_emoji=":palm_tree:", status_expiration=back_at)
    app.installation.clockwork.read_directory()
    bot = app.slack.app_state()["bot_user_id"]
    pages = {who: window(chromium, windows, 1280, "light") for who in PEOPLE}
    for who, page in pages.items():
        visit(page, app, who, bot)
        expect(page.get_by_text("No messages yet.")).to_be_visible()
    ada, ben, cleo = pages.values()
    moves_to(app, MONDAY)
    assert pairs(app) == [["U0ADA", "U0BEN"]]

    moves_to(app, MONDAY + 2 * DAY)
    [(first, other)] = [
        (who, other)
        for who, other in (("U0ADA", "U0BEN"), ("U0BEN", "U0ADA"))
        if any(one["kind"] == "im" for one in app.slack.dms_of(who))
    ]
    nudged = pages[first].get_by_text(f"You and @{PEOPLE[other]} haven't picked a time yet.")
    expect(nudged).to_contain_text("one press on a time in your group message is enough")
    expect(pages[first].get_by_text("This is the only reminder of this round.")).to_be_visible()
    expect(pages[other].get_by_text("No messages yet.")).to_be_visible()

    moves_to(app, MONDAY + WEEK)
    moves_to(app, MONDAY + 10 * DAY - timedelta(minutes=1))
    expect(ben.get_by_text("Did the two of you meet?")).to_have_count(0)
    moves_to(app, MONDAY + 10 * DAY + timedelta(minutes=1))
    for page, whom in ((ada, "Ben Okafor"), (ben, "Ada Lovelace")):
        expect(page.get_by_text("Did the two of you meet?")).to_have_text(
            f"You were introduced to @{whom}. Did the two of you meet?"
        )

    for week in range(2, 6):
        moves_to(app, MONDAY + week * WEEK)
        moves_to(app, MONDAY + week * WEEK + 4 * DAY)
    passes(app, MONDAY + 6 * WEEK)
    expect(ada.get_by_text("It's been quiet")).to_have_count(0)
    moves_to(app, MONDAY + 6 * WEEK + timedelta(hours=1))
    for page in (ada, ben):
        expect(
            page.get_by_text("nobody answered about your last 3 introductions, so I've paused you")
        ).to_be_visible()
    check(ada)
    quiet, told = seen(ben), app.slack.dms_of("U0BEN")
    press(ada, "I'm back")
    expect(ada.get_by_text("You're back. On Monday 11 January")).to_be_visible()

    expect(cleo.get_by_text("No messages yet.")).to_be_visible()
    assert app.slack.dms_of("U0CLEO") == []
    moves_to(app, MONDAY + 7 * WEEK)
    for page, whom in ((ada, "Cleo Marin"), (cleo, "Ada Lovelace")):
        page.get_by_role("link", name=re.compile(f"{whom} 1 unread")).click()
        expect(page.get_by_text("You haven't been introduced before.")).to_be_visible()
    assert (seen(ben), app.slack.dms_of("U0BEN")) == (quiet, told)
