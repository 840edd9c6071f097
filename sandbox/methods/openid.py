"""openid.connect.token: who has signed in, for a code."""

from sandbox.arguments import Arg
from sandbox.posts import Json
from sandbox.web_api import Call, Method


def _token(call: Call) -> Json:
    return call.openid.exchange(call.args)


METHODS = (
    Method(
        "openid.connect.token",
        _token,
        (Arg("client_id"), Arg("client_secret"), Arg("code"), Arg("redirect_uri"), Arg("grant_type")),
        needs_token=False,
    ),
)
