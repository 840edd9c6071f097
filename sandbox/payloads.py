"""The parts that Slack's interaction payloads have in common."""

from sandbox.errors import SandboxError
from sandbox.members import Member
from sandbox.posts import Json
from sandbox.workspace import Channel, Workspace


def active(workspace: Workspace, user_id: str) -> Member:
    """The user, who must be somebody who can act in Slack."""
    member = workspace.member(user_id)
    if member.deleted or member.is_bot:
        raise SandboxError(f"{user_id} is deactivated or a bot, and can do nothing in Slack")
    return member


def envelope(workspace: Workspace, kind: str, member: Member) -> Json:
    """What every interaction says: which app, which workspace, and who."""
    bot = workspace.installation
    name = workspace.member_shape(member)["name"]
    return {
        "type": kind,
        "api_app_id": bot.app_id,
        "token": bot.verification_token,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": member.id, "username": name, "name": name, "team_id": member.team_id},
    }


def channel_name(channel: Channel) -> str:
    return "directmessage" if channel.kind == "im" else channel.name
