"""Sign in with Slack, against the sandbox over HTTP: who gets in, and what everybody else reads."""

from collections.abc import Callable

import pytest
from slack_bolt import App
from structlog.testing import capture_logs

from sandbox import Sandbox
from tests.web.conftest import ADA, BEN, SESSION_SECRET, TEAM, Site, Visitor
from web.browser_sessions import LASTS_SECONDS, STARTED_AT_ONCE, STARTED_SECONDS
from web.flask_app import flask_app
from web.html_answers import html_answers, pages_not_set_up
from web.own_paths import own_path

Visit = Callable[[], Visitor]


def says(answer: object, *words: str) -> None:
    text = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    assert text.startswith("<!doctype html>")
    for word in words:
        assert word in text


def is_out(visitor: Visitor) -> bool:
    return visitor.get("/report/").headers.get("Location") == "/sign-in?to=%2Freport%2F"


def test_somebody_signs_in_and_is_where_they_wanted_to_be(visit: Visit) -> None:
    visitor = visit()
    away = visitor.get("/hr/?weeks=4")
    assert (away.status_code, away.headers["Location"]) == (302, "/sign-in?to=%2Fhr%2F%3Fweeks%3D4")
    back = visitor.signs_in(to="/hr/?weeks=4")
    assert (back.status_code, back.headers["Location"]) == (302, "/hr/?weeks=4")
    shown = visitor.get("/hr/?weeks=4")
    assert shown.status_code == 200
    says(shown, ADA, "Sign out")


def test_the_cookie_holds_two_ids_and_a_time(visit: Visit, site: Site) -> None:
    visitor = visit()
    answer = visitor.signs_in()
    assert visitor.cookie() == {"signed_in": {"user": ADA, "team": TEAM, "at": int(site.at)}}
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("lunchmates=")
    assert all(flag in cookie for flag in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Expires" not in cookie


def test_over_https_the_cookie_belongs_to_this_host_alone(visit: Visit, site: Site) -> None:
    site.by_https = True
    answer = visit().signs_in()
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-lunchmates=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("path", ["/hr/", "/hr", "/report/", "/report/2026-11-02/who.csv", "/hr/?a=b%20c"])
def test_a_sign_in_leads_to_the_report(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        *(None, "", "/", "hr/", "/hrx", "/sign-out", "/slack/events", "/hr//evil.example", "/hr/../sign-out"),
        *("https://evil.example/hr/", "//evil.example/hr/", "/\\evil.example", "/hr/\\evil.example"),
        *("/hr/\n", "/hr/ x", "/hr/@evil.example", "/hr/%2e%2e/", "/hr/?to=https://evil.example"),
        *("javascript:alert(1)", "/hr/" + "x" * 200, "/report/.hidden"),
    ],
)
def test_a_sign_in_leads_nowhere_else(path: str | None) -> None:
    assert own_path(path) is None


def test_without_a_place_to_go_a_sign_in_leads_to_the_page_for_everybody(visit: Visit) -> None:
    assert visit().signs_in(to="https://evil.example/").headers["Location"] == "/report/"


# What Slack answers


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        *(("nonce", "invalid_claim nonce"), ("audience", "invalid_claim aud")),
        *(("issuer", "invalid_claim iss"), ("user", "missing_claim https://slack.com/user_id")),
        *(
            ("expired", "expired_token exp"),
            ("signature", "bad_signature"),
            ("unknown_key", "invalid_key_id"),
        ),
        *(("algorithm", "unsupported_algorithm"), ("unsigned", "unsupported_algorithm")),
    ],
)
def test_an_answer_that_does_not_fit_signs_nobody_in(
    visit: Visit, slack: Sandbox, spoil: str, code: str
) -> None:
    visitor = visit()
    slack.spoil_id_token(spoil)
    with capture_logs() as lines:
        answer = visitor.signs_in()
    assert answer.status_code == 400
    says(answer, "The sign-in did not work", "Sign in again", "/sign-in?to=%2Fhr%2F")
    assert is_out(visitor)
    assert [(line["event"], line["code"]) for line in lines] == [("sign-in refused", code)]


def test_another_workspace_is_refused(visit: Visit, slack: Sandbox) -> None:
    visitor = visit()
    slack.spoil_id_token("team")
    answer = visitor.signs_in()
    assert answer.status_code == 403
    says(answer, "another workspace")
    assert is_out(visitor)


def test_whoever_does_not_agree_is_not_signed_in(visit: Visit) -> None:
    visitor = visit()
    answer = visitor.get(visitor.comes_from_slack(decline=""))
    assert answer.status_code == 403
    says(answer, "did not agree", "Sign in again")
    assert is_out(visitor)


@pytest.mark.parametrize("end", ["error=invalid_scope", "error=Ada+Quillfeather", "code=", "code=wrong", ""])
def test_other_answers_are_refused(visit: Visit, end: str) -> None:
    visitor = visit()
    state = visitor.comes_from_slack().partition("state=")[2]
    with capture_logs() as lines:
        answer = visitor.get(f"/sign-in/callback?state={state}&{end}")
    assert answer.status_code == 400
    says(answer, "The sign-in did not work")
    assert "Ada" not in str(lines)
    says(visitor.get(f"/sign-in/callback?state={state}&{end}"), "was finished already")


@pytest.mark.parametrize("query", ["", "?state=", "?state=unknown&code=x", "?error=access_denied", "?code=x"])
def test_a_sign_in_that_nobody_began_is_refused(visit: Visit, query: str) -> None:
    visitor = visit()
    answer = visitor.get(f"/sign-in/callback{query}")
    assert answer.status_code == 400
    says(answer, "not started in this browser")
    assert is_out(visitor)


def test_the_answer_to_one_browser_is_no_good_in_another(visit: Visit) -> None:
    path, other = visit().comes_from_slack(), visit()
    assert other.get(path).status_code == 400
    assert is_out(other)


def test_an_answer_counts_once(visit: Visit) -> None:
    visitor = visit()
    path = visitor.comes_from_slack()
    assert visitor.get(path).status_code == 302
    visitor.client.delete_cookie("lunchmates", domain="lunch.test")
    assert visitor.get(path).status_code == 400
    assert is_out(visitor)


def test_a_code_counts_once_whoever_brings_it(visit: Visit) -> None:
    thief = visit()
    code = visit().comes_from_slack().partition("code=")[2].partition("&")[0]
    mine = thief.comes_from_slack().partition("state=")[2]
    # The nonce of another browser's sign-in does not fit, whoever is first.
    assert thief.get(f"/sign-in/callback?code={code}&state={mine}").status_code == 400
    mine = thief.comes_from_slack().partition("state=")[2]
    with capture_logs() as lines:
        assert thief.get(f"/sign-in/callback?code={code}&state={mine}").status_code == 400
    assert lines[0]["code"] == "code_already_used"
    assert is_out(thief)


def test_agreeing_may_take_ten_minutes(visit: Visit, site: Site) -> None:
    visitor = visit()
    path = visitor.comes_from_slack()
    site.at += STARTED_SECONDS - 1
    assert visitor.get(path).status_code == 302
    path = visitor.comes_from_slack()
    site.at += STARTED_SECONDS
    assert visitor.get(path).status_code == 400


def test_several_tabs_may_sign_in_at_once(visit: Visit) -> None:
    visitor = visit()
    visitor.comes_from_slack(to="/report/old")
    tabs = [visitor.comes_from_slack(to=f"/report/{tab}") for tab in range(STARTED_AT_ONCE)]
    assert len(visitor.cookie()["started"]) == STARTED_AT_ONCE
    assert visitor.get(tabs[0]).headers["Location"] == "/report/0"


@pytest.mark.parametrize("method", ["openid.connect.token", "openid.connect.keys"])
@pytest.mark.parametrize("kind", ["drop", "reset", "http_500"])
def test_without_slack_nobody_signs_in_and_the_page_says_so(
    visit: Visit, slack: Sandbox, method: str, kind: str
) -> None:
    visitor = visit()
    slack.inject({"kind": kind, "method": method})
    answer = visitor.signs_in()
    assert answer.status_code == 503
    says(answer, "Slack does not answer", "Try again", "/sign-in?to=%2Fhr%2F")
    assert visitor.signs_in().status_code == 302


def test_slack_may_ask_for_patience(visit: Visit, slack: Sandbox) -> None:
    slack.inject({"kind": "ratelimited", "method": "openid.connect.token"})
    assert visit().signs_in().status_code == 503


def test_keys_are_fetched_once_and_again_for_a_new_one(visit: Visit, slack: Sandbox) -> None:
    visitor = visit()

    def fetched() -> int:
        return [one["method"] for one in slack.traffic()].count("openid.connect.keys")

    before = fetched()
    for _ in range(2):
        assert visitor.signs_in().status_code == 302
    assert fetched() == before + 1
    slack.rotate_signing_key()
    for _ in range(2):
        assert visitor.signs_in().status_code == 302
    assert fetched() == before + 2


# Whether it still counts


def test_a_session_ends_eight_hours_after_signing_in(visit: Visit, site: Site) -> None:
    visitor = visit()
    visitor.signs_in()
    for _ in range(7):
        site.at += 3600
        assert visitor.get("/hr/").status_code == 200
    site.at += LASTS_SECONDS - 7 * 3600
    answer = visitor.get("/hr/")
    assert answer.status_code == 401
    says(answer, "You were signed out", "Sign in again", "/sign-in?to=%2Fhr%2F")
    assert visitor.cookie() == {}
    visitor.signs_in()
    assert visitor.get("/hr/").status_code == 200


def test_only_hr_sees_hrs_page_and_everybody_else_is_told_where_to_look(visit: Visit) -> None:
    visitor = visit()
    visitor.signs_in(BEN)
    answer = visitor.get("/hr/")
    assert answer.status_code == 403
    says(answer, "This page is for HR", 'href="/report/"')
    assert visitor.get("/report/").status_code == 200


def test_the_role_is_asked_on_every_request(visit: Visit, site: Site) -> None:
    visitor = visit()
    visitor.signs_in()
    assert visitor.get("/hr/").status_code == 200
    site.hr.clear()
    assert visitor.get("/hr/").status_code == 403
    assert visitor.get("/report/").status_code == 200
    site.hr.add(ADA)
    assert visitor.get("/hr/").status_code == 200


@pytest.mark.parametrize("page", ["/hr/", "/report/"])
def test_who_does_not_work_here_sees_nothing(visit: Visit, site: Site, page: str) -> None:
    visitor = visit()
    visitor.signs_in()
    site.employees.remove(ADA)
    answer = visitor.get(page)
    assert answer.status_code == 403
    says(answer, "for the people of this workspace", "guests")


@pytest.mark.parametrize("page", ["/hr/", "/report/"])
def test_where_nobody_can_say_the_door_stays_closed(visit: Visit, site: Site, page: str) -> None:
    visitor = visit()
    visitor.signs_in()
    site.is_slack_down = True
    answer = visitor.get(page)
    assert answer.status_code == 503
    says(answer, "stays closed")


def test_a_session_of_another_workspace_is_over(visit: Visit, site: Site) -> None:
    visitor = visit()
    with visitor.client.session_transaction(base_url="http://lunch.test") as kept:
        kept["signed_in"] = {"user": ADA, "team": "T0OTHER", "at": int(site.at)}
    answer = visitor.get("/report/")
    assert answer.status_code == 403
    says(answer, "another workspace")
    assert is_out(visitor)


def test_a_cookie_that_we_did_not_sign_says_nothing(visit: Visit, site: Site) -> None:
    site.secret = "t" * 32
    stranger = visit()
    stranger.signs_in()
    cookie = stranger.client.get_cookie("lunchmates", domain="lunch.test")
    assert cookie is not None
    site.secret = SESSION_SECRET
    visitor = visit()
    for value in (cookie.value, cookie.value[:-3], "x", ""):
        visitor.client.set_cookie("lunchmates", value, domain="lunch.test")
        assert is_out(visitor)


# Forms, and asking in the background


def token(text: str) -> str:
    return text.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_a_form_needs_its_token(visit: Visit) -> None:
    visitor = visit()
    assert visitor.post("/hr/").status_code == 401
    visitor.signs_in()
    for given in ({}, {"csrf_token": "wrong"}):
        answer = visitor.post("/hr/", data=given)
        assert answer.status_code == 400
        says(answer, "load it again".capitalize())
    right = token(visitor.get("/hr/").get_data(as_text=True))
    assert visitor.post("/hr/", data={"csrf_token": right}).get_data() == b"changed"
    assert visitor.post("/hr/", headers={"X-CSRFToken": right}).get_data() == b"changed"
    other = visit()
    other.signs_in(BEN)
    assert other.post("/report/", data={"csrf_token": right}).status_code == 400


def test_signing_out(visit: Visit) -> None:
    visitor = visit()
    visitor.signs_in()
    page = visitor.get("/sign-out")
    says(page, "Sign out?")
    assert visitor.post("/sign-out").status_code == 400
    assert visitor.get("/hr/").status_code == 200
    answer = visitor.post("/sign-out", data={"csrf_token": token(page.get_data(as_text=True))})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-out")
    says(visitor.get("/sign-out"), "You are signed out", 'href="/sign-in"')
    assert visitor.post("/sign-out").status_code == 303
    assert is_out(visitor)


def test_a_part_of_a_page_has_the_whole_page_say_it(visit: Visit, site: Site) -> None:
    visitor = visit()

    def asks_in_the_background(page: str = "/hr/") -> tuple[int, str | None]:
        answer = visitor.get(page, headers={"HX-Request": "true"})
        assert answer.status_code == 200 or answer.get_data() == b""
        return answer.status_code, answer.headers.get("HX-Refresh")

    assert asks_in_the_background() == (401, "true")
    visitor.signs_in(BEN)
    assert asks_in_the_background() == (403, "true")
    assert asks_in_the_background("/report/") == (200, None)
    site.at += LASTS_SECONDS
    assert asks_in_the_background("/report/") == (401, "true")


# What every answer has


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(("/hr/", 200), ("/hr", 308), ("/report/", 200), ("/report/nothing", 404), ("/sign-in", 302)),
        *(("/sign-in/callback", 400), ("/sign-out", 200), ("/hr/broken", 500), ("/sign-in/nothing", 404)),
    ],
)
def test_every_page_is_well_protected(visit: Visit, path: str, status: int) -> None:
    visitor = visit()
    visitor.signs_in()
    answer = visitor.get(path)
    assert answer.status_code == status
    headers = answer.headers
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in str(policy)
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Strict-Transport-Security" not in headers


def test_what_nobody_expected_is_a_page_with_a_reference(visit: Visit) -> None:
    visitor = visit()
    visitor.signs_in()
    with capture_logs() as lines:
        answer = visitor.get("/hr/broken")
    says(answer, "Something went wrong here", lines[0]["reference"])
    assert "Quillfeather" not in answer.get_data(as_text=True)


def test_wrong_methods_are_pages_too(visit: Visit) -> None:
    answer = visit().post("/sign-in")
    assert answer.status_code == 405
    says(answer, "This can&#39;t be done")


def test_slacks_side_and_machines_are_answered_as_before(visit: Visit) -> None:
    visitor = visit()
    assert visitor.get("/healthz").json == {"status": "ok"}
    assert visitor.get("/nothing").json == {"error": "Not Found"}
    assert "Content-Security-Policy" not in visitor.get("/healthz").headers
    # No token of a form is asked of Slack.
    assert visitor.post("/slack/events", data="{}").status_code == 401


def test_files_of_the_pages(visit: Visit) -> None:
    visitor = visit()
    for name in ("pico.classless.min.css", "lunchmates.css", "htmx.min.js", "icon.svg"):
        answer = visitor.get(f"/static/{name}")
        assert answer.status_code == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert visitor.get("/static/../sign_in.py").status_code == 404
    assert visitor.get("/static/nothing").json == {"error": "Not Found"}


def test_where_it_is_not_set_up_the_pages_say_so(bolt: App) -> None:
    pages = [html_answers(by_https=False), pages_not_set_up()]
    client = flask_app(bolt, is_ready=lambda: True, pages=pages).test_client()
    for path in ("/hr/", "/report/", "/sign-in"):
        answer = client.get(path)
        assert answer.status_code == 404
        says(answer, "not set up", "/lunch stats")
