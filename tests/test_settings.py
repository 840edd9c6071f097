"""Settings: where they come from, and every mistake at once."""

from datetime import time
from pathlib import Path

import pytest

from settings import BadSettings, Settings, read_settings

SLACK = ("slack_bot_token", "slack_signing_secret")


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [str(field.validation_alias) for field in Settings.model_fields.values()]
    for name in names:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


def test_defaults_are_enough_without_slack() -> None:
    settings = read_settings()
    assert settings.database_url.get_secret_value() == "sqlite:///lunchmates.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 3000)
    assert settings.slack_api_url == "https://slack.com/api/"


def test_every_mistake_is_reported_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://nowhere")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxp-wrong")
    monkeypatch.setenv("PORT", "99999")
    monkeypatch.setenv("LUNCHMATES_TIMEZONE", "Mars/Olympus")
    monkeypatch.setenv("LUNCHMATES_TIME", "03:00")
    monkeypatch.setenv("LUNCHMATES_WEEKDAY", "someday")
    monkeypatch.setenv("LUNCHMATES_TICK_SECOND", "3")
    with pytest.raises(BadSettings) as caught:
        read_settings(*SLACK)
    said = str(caught.value)
    for name in (
        *(
            "DATABASE_URL",
            "SLACK_BOT_TOKEN",
            "PORT",
            "LUNCHMATES_TIMEZONE",
            "LUNCHMATES_TIME",
            "LUNCHMATES_WEEKDAY",
        ),
        *("SLACK_SIGNING_SECRET: it is missing", "did you mean LUNCHMATES_TICK_SECONDS?"),
    ):
        assert name in said
    assert "xoxp-wrong" not in said
    assert said.count("SLACK_BOT_TOKEN") == 1


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("xoxb-from-a-file\n")
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "abc")
    token = read_settings(*SLACK).slack_bot_token
    assert token is not None
    assert token.get_secret_value() == "xoxb-from-a-file"


def test_a_missing_secret_file_and_a_doubled_secret_are_mistakes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(tmp_path / "nothing"))
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "abc")
    monkeypatch.setenv("SLACK_SIGNING_SECRET_FILE", str(tmp_path / "nothing"))
    with pytest.raises(BadSettings) as caught:
        read_settings(*SLACK)
    assert "SLACK_BOT_TOKEN_FILE can't be read" in str(caught.value)
    assert "either SLACK_SIGNING_SECRET or SLACK_SIGNING_SECRET_FILE" in str(caught.value)


def test_values_are_read_and_tidied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUNCHMATES_WEEKDAY", "Wednesday")
    monkeypatch.setenv("LUNCHMATES_TIME", "12:30")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api")
    settings = read_settings()
    assert settings.weekday == "wednesday"
    assert settings.local_time == time(12, 30)
    assert settings.slack_api_url == "http://127.0.0.1:9/api/"


@pytest.mark.parametrize(
    "wrong", ["lunch.example.com", "ftp://lunch.example.com", "https://", "https://lunch.example.com/?a=1"]
)
def test_a_public_address_that_no_browser_opens_is_refused(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("LUNCHMATES_PUBLIC_URL", wrong)
    with pytest.raises(BadSettings, match="LUNCHMATES_PUBLIC_URL: expected the address"):
        read_settings()


def test_a_public_address_may_end_in_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUNCHMATES_PUBLIC_URL", "https://example.com/lunchmates/")
    assert read_settings().public_url == "https://example.com/lunchmates"


def test_pages_on_the_web_need_four_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    needed = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "LUNCHMATES_SESSION_SECRET", "LUNCHMATES_PUBLIC_URL")
    assert read_settings().missing_for_pages == needed
    monkeypatch.setenv("SLACK_CLIENT_ID", "111.222")
    (tmp_path / "secret").write_text("0123456789abcdef" * 2)
    for name in ("SLACK_CLIENT_SECRET", "LUNCHMATES_SESSION_SECRET"):
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))
    assert read_settings().missing_for_pages == ("LUNCHMATES_PUBLIC_URL",)
    monkeypatch.setenv("LUNCHMATES_PUBLIC_URL", "https://lunch.example.com/")
    assert read_settings().missing_for_pages == ()
    monkeypatch.setenv("LUNCHMATES_PUBLIC_URL", "https://example.com/lunch")
    assert read_settings().missing_for_pages == ("LUNCHMATES_PUBLIC_URL without a path",)


def test_a_short_session_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUNCHMATES_SESSION_SECRET", "s" * 31)
    with pytest.raises(BadSettings, match="LUNCHMATES_SESSION_SECRET: expected at least 32") as caught:
        read_settings()
    assert "sssss" not in str(caught.value)


def test_hr_is_named_by_people_and_one_user_group(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (read_settings().hr_people, read_settings().hr_group) == (frozenset(), None)
    monkeypatch.setenv("LUNCHMATES_HR", " U0ADA, W0BEN ,S0HR,")
    assert (read_settings().hr_people, read_settings().hr_group) == ({"U0ADA", "W0BEN"}, "S0HR")


@pytest.mark.parametrize("wrong", ["ada", "U0ADA;U0BEN", "U0ADA U0BEN", "S0HR,S0ADMINS", "@ada", "u0ada"])
def test_hr_that_slack_does_not_know_by_id_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("LUNCHMATES_HR", wrong)
    with pytest.raises(BadSettings, match="LUNCHMATES_HR: expected Slack ids"):
        read_settings()
