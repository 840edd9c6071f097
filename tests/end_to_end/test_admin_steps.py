"""The steps of docs/admins.md, played as written as far as a sandbox in the place of Slack allows."""

import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from db.sessions import Sessions, make_engine
from sandbox import Sandbox
from slack_handlers.blocks.words import words_for
from tests.conftest import Ran
from tests.end_to_end.company import joined
from tests.end_to_end.serving import HOME, OURS, Environment, free_port, run_command, serving, wait_until

PAGE = (HOME / "docs" / "admins.md").read_text()
FIRST_DAY = PAGE.partition("\n## ")[0]
MANIFEST = yaml.safe_load((HOME / "manifest.yaml").read_text())
NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
STEPS = {
    int(number): text
    for number, text in re.findall(r"^(\d+)\. (.*?)(?=^\d+\. |^\S)", FIRST_DAY, re.DOTALL | re.MULTILINE)
}
BOT_TOKEN, APP_TOKEN = "xoxb-from-step-2", "xapp-from-step-3"
PATIENCE = 120.0

Typing = Callable[..., Ran]


def lines_of(step: int) -> list[str]:
    """What a step's shell blocks tell an admin to type."""
    blocks = re.findall(r"```sh\n(.*?)```", STEPS[step], re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def exported() -> Environment:
    """The variables that step 4 sets, with the tokens of the steps before it."""
    [line] = [line for line in lines_of(4) if line.startswith("export ")]
    given = dict(word.split("=", 1) for word in shlex.split(line)[1:])
    tokens = {"xoxb-…": BOT_TOKEN, "xapp-…": APP_TOKEN}
    return {name: tokens.get(value, value) for name, value in given.items()}


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """The workspace after steps 1 to 3: the manifest's app, without the scopes that are optional."""
    scopes = MANIFEST["oauth_config"]["scopes"]
    assert MANIFEST["settings"]["socket_mode_enabled"]
    with Sandbox(
        signing_secret="nobody is told this one",
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        scopes=[scope for scope in scopes["bot"] if scope not in scopes["bot_optional"]],
        commands=[command["command"] for command in MANIFEST["features"]["slash_commands"]],
    ) as sandbox:
        sandbox.add_users([{"id": "U0ADA", "name": "Ada"}, {"id": "U0BEN", "name": "Ben"}])
        yield sandbox


@pytest.fixture
def machine(slack: Sandbox, tmp_path: Path) -> Environment:
    """What is special here: an address for Slack, an empty folder for the database, a free port."""
    return {
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{tmp_path}/lunchmates.db",
        "PORT": str(free_port()),
    }


@pytest.fixture
def migrated(machine: Environment, tmp_path: Path, sqlite_template: Path) -> Environment:
    """The same after `migrate`."""
    shutil.copy(sqlite_template, tmp_path / "lunchmates.db")
    return machine


@pytest.fixture
def typing(command_line: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Types a command of the app, with nothing set but what is given."""

    def type_(settings: Environment, *words: str) -> Ran:
        for name in os.environ:
            if name.startswith(OURS):
                monkeypatch.delenv(name)
        for name, value in {**settings, "COLUMNS": "200"}.items():
            monkeypatch.setenv(name, value)
        return command_line(*words)

    return type_


def test_the_page_has_as_many_steps_as_it_says() -> None:
    said = re.search(r"^# Your own workspace, in (\w+) steps$", PAGE, re.MULTILINE)
    assert said
    assert list(STEPS) == list(range(1, NUMBERS[said[1]] + 1))
    link = re.search(r"\[(\w+) steps\]\(docs/admins\.md\)", (HOME / "README.md").read_text())
    assert link
    assert link[1] == said[1]


def test_step_1_pastes_a_manifest_that_slack_takes() -> None:
    """Slack's limits: https://docs.slack.dev/reference/app-manifest. tests/test_manifest.py has the rest."""
    assert "../manifest.yaml" in STEPS[1]
    shown, features = MANIFEST["display_information"], MANIFEST["features"]
    assert 0 < len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert re.fullmatch(r"#[0-9a-f]{6}", shown["background_color"])
    assert 0 < len(features["bot_user"]["display_name"]) <= 80
    for command in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z]{1,31}", command["command"])
        assert 0 < len(command["description"]) <= 2000
        assert "url" not in command  # Socket Mode has none


def test_steps_2_and_3_say_how_the_tokens_begin() -> None:
    assert "`xoxb-`" in STEPS[2]
    assert "`xapp-`" in STEPS[3]
    assert "`connections:write`" in STEPS[3]
    assert exported().items() >= {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}.items()


BOT = r"SLACK_BOT_TOKEN: .*Bot User OAuth Token \(Install App in Slack\); it begins with xoxb-"
APP = r"SLACK_APP_TOKEN: .*connections:write \(Basic Information, App-Level Tokens.*it begins with xapp-"


NO_MORE = [{"SLACK_BOT_TOKEN": "xoxb-of-last-year"}, {"SLACK_APP_TOKEN": "xapp-of-last-year"}]


@pytest.mark.parametrize(
    ("command", "wrong", "said"),
    [
        pytest.param("serve", {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""}, [BOT, APP], id="no tokens"),
        pytest.param("serve", {"SLACK_APP_TOKEN": ""}, [APP], id="step 3 left out"),
        pytest.param(
            "serve", {"SLACK_BOT_TOKEN": APP_TOKEN, "SLACK_APP_TOKEN": BOT_TOKEN}, [BOT, APP], id="exchanged"
        ),
        pytest.param("serve", NO_MORE[0], [BOT], id="a bot token that is no more"),
        pytest.param("serve", NO_MORE[1], [APP], id="an app token that is no more"),
        pytest.param("doctor", NO_MORE[0], [BOT], id="doctor, and a bot token that is no more"),
        pytest.param("doctor", NO_MORE[1], [APP], id="doctor, and an app token that is no more"),
    ],
)
def test_a_wrong_token_is_refused_with_the_place_of_the_right_one(
    typing: Typing, migrated: Environment, command: str, wrong: Environment, said: list[str]
) -> None:
    done = typing({**migrated, **exported(), **wrong}, command)
    printed = done.out + done.err
    assert done.code == {"serve": 2, "doctor": 1}[command], printed
    assert "Traceback" not in printed
    for sentence in said:
        assert len(re.findall(sentence, printed)) == 1, printed
    assert "of-last-year" not in printed


def test_an_app_token_without_its_scope_is_refused(
    typing: Typing, slack: Sandbox, migrated: Environment
) -> None:
    slack.installation.app_scopes = ()
    done = typing({**migrated, **exported()}, "serve")
    assert done.code == 2
    assert re.search(r"SLACK_APP_TOKEN: Slack refuses it \(missing_scope\).*connections:write", done.err)


def test_steps_4_and_5_lead_from_an_empty_folder_to_the_first_join(
    slack: Sandbox, machine: Environment, tmp_path: Path
) -> None:
    settings, log = {**machine, **exported()}, tmp_path / "log"
    assert "make serve" in lines_of(4)
    *before, last = made_by("serve")
    assert last == ["app.py", "serve"]

    started = time.monotonic()
    for words in before:
        run_command(settings, *words[1:])
    with serving(settings, log) as (group, process):
        wait_until(lambda: "Lunchmates is connected to Slack" in log.read_text(), PATIENCE)
        assert "`Lunchmates is connected to Slack`" in STEPS[4]
        assert "Type `/lunch join`" in STEPS[5]
        promises = {promise(settings)}
        answer = typed(slack, "U0ADA", "join")
        seconds = time.monotonic() - started
        promises.add(promise(settings))
        assert answer.splitlines()[0] in {f"You're in. {one}" for one in promises}
        assert slack.messages() == [], "nobody else hears of it"
        print(f"\nFrom `make serve` in an empty folder to the answer to `/lunch join`: {seconds:.1f} s.")
        assert seconds < 5 * 60

        wait_until(lambda: '"directory read"' in log.read_text(), PATIENCE)
        examined = run_command(settings, "doctor").splitlines()
        assert all(line.startswith("ok ") for line in examined), examined
        assert "ok    2 people in the directory, 1 of them take part." in examined
        check_the_manifest(slack, settings["DATABASE_URL"])
        process.terminate()
        assert process.wait(PATIENCE) == 0
        assert not group.is_running()
    assert "Traceback" not in log.read_text()


def typed(slack: Sandbox, user: str, text: str) -> str:
    """What somebody reads who types `/lunch` and more, while the app is connected."""
    wait_until(lambda: slack.socket_connections() > 0, PATIENCE)
    result = slack.command(user, "/lunch", text, wait=PATIENCE)
    assert (result.failure, result.errors) == (None, [])
    [message] = result.messages
    assert message["shown_to"] == user
    return str(message["text"])


def made_by(target: str) -> list[list[str]]:
    """The commands of the app that a make target runs, each from `app.py` on."""
    done = subprocess.run(["make", "-n", target], cwd=HOME, capture_output=True, text=True, check=True)
    commands = [shlex.split(line) for line in done.stdout.splitlines() if " app.py " in line]
    return [words[words.index("app.py") :] for words in commands]


def promise(settings: Environment) -> str:
    """That of the next Monday at 10:00 in the zone that step 4 sets; the sandbox's people live there, too."""
    now = datetime.now(ZoneInfo(settings["LUNCHMATES_TIMEZONE"]))
    ten = now.replace(hour=10, minute=0, second=0, microsecond=0)
    week = (ten + timedelta(days=days) for days in range(8))
    first = next(at for at in week if at.weekday() == 0 and at > now)
    when = words_for().day(first.date(), now.date())
    return f"On {when}, about 10:00, I'll introduce you to a colleague you haven't met."


def check_the_manifest(slack: Sandbox, database_url: str) -> None:
    """Every word of the command's hint, every event and the Home tab do something in the running app."""
    [command] = MANIFEST["features"]["slash_commands"]
    assert command["command"] == "/lunch"
    words = [word.strip() for word in command["usage_hint"].split("|")]
    assert "join" in words
    for word in words:
        if word == "preferences":
            slack.command("U0BEN", "/lunch", word, wait=PATIENCE)
            assert [modal["title"]["text"] for modal in slack.modals_of("U0BEN")] == ["Preferences"]
            continue
        assert "I don't know" not in typed(slack, "U0BEN", word)

    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == {
        "app_home_opened",
        "user_change",
    }
    assert MANIFEST["features"]["app_home"]["home_tab_enabled"]
    slack.open_home("U0ADA")
    wait_until(lambda: "You're in" in str(slack.home_of("U0ADA")), PATIENCE)
    sessions = Sessions(make_engine(database_url))
    assert joined(sessions) == {"U0ADA"}
    slack.update_user("U0ADA", notify=True, deleted=True)
    wait_until(lambda: joined(sessions) == set(), PATIENCE)
    sessions.engine.dispose()


def test_docker_is_given_the_same_variables_and_keeps_the_database() -> None:
    [run] = [shlex.split(line) for line in lines_of(4) if line.startswith("docker run")]
    handed = {run[at + 1] for at, word in enumerate(run) if word == "-e"}
    assert handed == set(exported())
    dockerfile = (HOME / "Dockerfile").read_text()
    [volume] = re.findall(r"^VOLUME (\S+)$", dockerfile, re.MULTILINE)
    assert f"lunchmates:{volume}" in run
    assert f"DATABASE_URL=sqlite:///{volume}/" in dockerfile
    [starts] = re.findall(r"^CMD \[.*\"(.*)\"\]$", dockerfile, re.MULTILINE)
    assert [shlex.split(part)[-2:] for part in starts.split("&&")] == made_by("serve")
    name = run[run.index("--name") + 1]
    assert f"docker logs {name}" in PAGE
    assert f"docker exec {name} python app.py doctor" in PAGE
