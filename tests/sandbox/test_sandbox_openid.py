"""Sign in with Slack: what the sandbox refuses, whom it names, and how its tokens can be wrong."""

import base64
import hashlib
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, UnsupportedAlgorithmError
from joserfc.jwk import KeySet

from sandbox import Sandbox, SandboxError
from sandbox.openid import SPOILS
from tests.sandbox.conftest import SECRET, TOKEN
from tests.sandbox.test_sandbox_control import ask

BACK = "http://app.test/back"
ASKED = {
    **{"client_id": "111.222", "redirect_uri": BACK, "scope": "openid", "response_type": "code"},
    **{"state": "the state", "nonce": "the nonce"},
}


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    made = Sandbox(signing_secret=SECRET, bot_token=TOKEN, client_id="111.222", client_secret="secret")
    with made:
        made.add_user("U0ADA", name="Ada <Example>")
        made.add_user("U0GUEST", name="Gus Guest", is_restricted=True)
        made.update_app(redirect_urls=[BACK])
        yield made


@pytest.fixture(autouse=True)
def nobody_in_particular(slack: Sandbox) -> None:
    slack.sign_in_as(None)


def authorize(slack: Sandbox, **changed: str) -> requests.Response:
    return requests.get(
        f"{slack.url}/openid/connect/authorize", params=ASKED | changed, allow_redirects=False, timeout=5
    )


def code(slack: Sandbox) -> str:
    slack.sign_in_as("U0ADA")
    back = parse_qs(urlsplit(authorize(slack).headers["Location"]).query)
    assert back["state"] == ["the state"]
    return back["code"][0]


def redeem(slack: Sandbox, **changed: str) -> dict[str, Any]:
    given = {"client_id": "111.222", "client_secret": "secret", "redirect_uri": BACK} | changed
    answer: dict[str, Any] = requests.post(f"{slack.api_url}openid.connect.token", given, timeout=5).json()
    return answer


def keys(slack: Sandbox) -> KeySet:
    return KeySet.import_key_set(requests.get(f"{slack.url}/openid/connect/keys", timeout=5).json())


def claims(slack: Sandbox) -> dict[str, Any]:
    token = redeem(slack, code=code(slack))["id_token"]
    return jwt.decode(token, keys(slack), algorithms=["RS256"]).claims


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_id": "1.1"}, "invalid_client_id"),
        ({"redirect_uri": "http://evil.test/"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}/more"}, "bad_redirect_uri"),
        ({"scope": "openid chat:write"}, "invalid_scope"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
    ],
)
def test_an_app_that_asks_wrongly_gets_nobody(slack: Sandbox, changed: dict[str, str], error: str) -> None:
    slack.sign_in_as("U0ADA")
    answer = authorize(slack, **changed)
    assert answer.status_code == 400
    assert error in answer.text


def test_a_page_asks_who_one_is(slack: Sandbox) -> None:
    page = authorize(slack)
    assert page.status_code == 200
    assert "Ada &lt;Example&gt;" in page.text
    assert "Gus Guest" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    chosen = authorize(slack, be="U0ADA").headers["Location"]
    assert chosen.startswith(f"{BACK}?code=")
    assert authorize(slack, be="U0NOBODY").status_code == 400
    declined = authorize(slack, decline="").headers["Location"]
    assert declined == f"{BACK}?error=access_denied&state=the+state"


def test_an_id_token_says_who_it_is(slack: Sandbox) -> None:
    answer = redeem(slack, code=code(slack))
    token = jwt.decode(answer["id_token"], keys(slack), algorithms=["RS256"])
    assert token.header["alg"] == "RS256"
    assert token.claims["exp"] - token.claims["iat"] == 300
    assert abs(token.claims["iat"] - time.time()) < 60
    half = hashlib.sha256(answer["access_token"].encode()).digest()[:16]
    said = {name: value for name, value in token.claims.items() if name not in ("exp", "iat", "auth_time")}
    assert said == {
        "iss": slack.url,
        "sub": "U0ADA",
        "aud": "111.222",
        "nonce": "the nonce",
        "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
        "https://slack.com/team_id": "T0LUNCH",
        "https://slack.com/user_id": "U0ADA",
    }


def test_a_code_counts_once_and_for_its_app_alone(slack: Sandbox) -> None:
    mine = code(slack)
    assert redeem(slack, code=mine, client_id="1.1")["error"] == "invalid_client_id"
    assert redeem(slack, code=mine, client_secret="wrong")["error"] == "bad_client_secret"
    assert redeem(slack, code=mine, redirect_uri="http://evil.test/")["error"] == "bad_redirect_uri"
    assert redeem(slack, code=mine, grant_type="password")["error"] == "invalid_grant_type"
    assert redeem(slack, code="wrong")["error"] == "invalid_code"
    assert redeem(slack)["error"] == "invalid_code"
    assert redeem(slack, code=mine)["ok"] is True
    assert redeem(slack, code=mine)["error"] == "code_already_used"


def test_a_new_key_signs_and_the_last_one_stays_good(slack: Sandbox) -> None:
    before = redeem(slack, code=code(slack))["id_token"]
    known = keys(slack)
    slack.rotate_signing_key()
    after = redeem(slack, code=code(slack))["id_token"]
    for token in (before, after):
        jwt.decode(token, keys(slack), algorithms=["RS256"])
    with pytest.raises(InvalidKeyIdError):
        jwt.decode(after, known, algorithms=["RS256"])


@pytest.mark.parametrize(
    ("spoil", "claim", "right"),
    [
        ("nonce", "nonce", "the nonce"),
        ("team", "https://slack.com/team_id", "T0LUNCH"),
        ("user", "https://slack.com/user_id", "U0ADA"),
        ("audience", "aud", "111.222"),
    ],
)
def test_one_token_can_be_wrong(slack: Sandbox, spoil: str, claim: str, right: str) -> None:
    slack.spoil_id_token(spoil)
    assert claims(slack).get(claim) != right
    assert claims(slack)[claim] == right


def test_a_token_can_be_too_old_or_of_somebody_else(slack: Sandbox) -> None:
    slack.spoil_id_token("expired")
    assert claims(slack)["exp"] < time.time() - 600
    slack.spoil_id_token("issuer")
    assert claims(slack)["iss"] != slack.url


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        ("signature", BadSignatureError),
        ("unknown_key", InvalidKeyIdError),
        ("algorithm", UnsupportedAlgorithmError),
        ("unsigned", UnsupportedAlgorithmError),
    ],
)
def test_a_signature_can_be_wrong(slack: Sandbox, spoil: str, error: type[Exception]) -> None:
    slack.spoil_id_token(spoil)
    with pytest.raises(error):
        claims(slack)


def test_a_driver_elsewhere_can_do_the_same(slack: Sandbox) -> None:
    assert ask(slack.url, "POST", "/sign-in-as", {"user_id": "U0ADA"}) == (200, None)
    assert authorize(slack).status_code == 302
    assert ask(slack.url, "POST", "/sign-in-as", {"user_id": "U0NOBODY"})[0] == 400
    assert ask(slack.url, "POST", "/sign-in-as", {}) == (200, None)
    assert authorize(slack).status_code == 200
    assert ask(slack.url, "POST", "/id-token", {"what": "nonce"}) == (200, None)
    assert claims(slack)["nonce"] != "the nonce"
    assert ask(slack.url, "POST", "/signing-key") == (200, None)
    with pytest.raises(SandboxError, match=SPOILS[0]):
        slack.spoil_id_token("everything")


def test_where_everything_is(slack: Sandbox) -> None:
    said = requests.get(f"{slack.url}/.well-known/openid-configuration", timeout=5).json()
    assert said["issuer"] == slack.url
    assert requests.get(said["jwks_uri"], timeout=5).json()["keys"][0]["kty"] == "RSA"
    assert "d" not in requests.get(said["jwks_uri"], timeout=5).json()["keys"][0]
    for path in ("/openid", "/openid/connect/nothing", "/.well-known/nothing"):
        assert requests.get(slack.url + path, timeout=5).status_code == 404
    assert requests.post(f"{slack.url}/openid/connect/authorize", timeout=5).status_code == 405


def test_faults_reach_the_keys(slack: Sandbox) -> None:
    slack.inject({"kind": "http_500", "method": "openid.connect.keys"})
    assert requests.get(f"{slack.url}/openid/connect/keys", timeout=5).status_code == 500
    assert slack.traffic()[-1]["method"] == "openid.connect.keys"


def test_whose_account_is_closed_can_not_sign_in(slack: Sandbox) -> None:
    slack.add_user("U0GONE", name="Gone", deleted=True)
    slack.sign_in_as("U0GONE")
    assert authorize(slack).status_code == 400


def test_an_app_without_sign_in_is_unknown() -> None:
    with Sandbox(signing_secret=SECRET, bot_token=TOKEN) as slack:
        assert "invalid_client_id" in authorize(slack, client_id="").text
        assert redeem(slack, client_id="", client_secret="")["error"] == "invalid_client_id"
