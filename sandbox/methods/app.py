"""api.test, auth.test and team.info: who is asking, and where."""

from sandbox.arguments import Arg
from sandbox.errors import ApiError
from sandbox.posts import Json
from sandbox.rate_limits import TIER_3, TIER_4
from sandbox.web_api import Call, Method


def _api_test(call: Call) -> Json:
    if "error" in call.args:
        raise ApiError(call.args["error"], fields={"args": call.args})
    return {"args": call.args}


def _auth_test(call: Call) -> Json:
    workspace, bot = call.workspace, call.installation
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.team_name,
        "user": bot.bot_name,
        "team_id": workspace.team_id,
        "user_id": bot.bot_user_id,
        "bot_id": bot.bot_id,
        "is_enterprise_install": False,
    }


def _team_info(call: Call) -> Json:
    workspace = call.workspace
    if call.args.get("team", workspace.team_id) != workspace.team_id:
        raise ApiError("team_not_found")
    return {
        "team": {
            "id": workspace.team_id,
            "name": workspace.team_name,
            "url": f"https://{workspace.domain}.slack.com/",
            "domain": workspace.domain,
            "email_domain": "",
            "icon": {"image_default": True},
        }
    }


METHODS = (
    Method("api.test", _api_test, (Arg("error"), Arg("foo")), tier=TIER_4, needs_token=False),
    Method("auth.test", _auth_test),
    Method("team.info", _team_info, (Arg("team"), Arg("domain")), ("team:read",), TIER_3),
)
