"""Users of the sandbox workspace, and the shape in which users.list shows them."""

import re
import zlib
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.errors import SandboxError

SLACKBOT_ID = "USLACKBOT"
_USER_ID = re.compile(r"[UW][A-Z0-9]{2,}")


@dataclass
class Member:
    id: str
    name: str
    team_id: str
    email: str | None = None
    display_name: str | None = None
    title: str = ""
    tz: str = "Europe/Berlin"
    tz_offset: int | None = None
    deleted: bool = False
    is_bot: bool = False
    is_app_user: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_admin: bool = False
    hidden: bool = False
    locale: str = "en-GB"
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    fields: dict[str, Any] = field(default_factory=dict)
    updated: int = field(default=0)

    @property
    def is_guest(self) -> bool:
        return self.is_restricted or self.is_ultra_restricted


CHANGEABLE = {f.name: f.type for f in fields(Member)}.keys() - {"id", "updated"}


def check_member(member: Member) -> Member:
    if not isinstance(member.id, str) or not _USER_ID.fullmatch(member.id):
        raise SandboxError(f"{member.id!r} is no Slack user id: U or W, then capital letters and digits")
    for name, kinds in _KINDS.items():
        if not isinstance(getattr(member, name), kinds):
            raise SandboxError(f"{name} of {member.id} has the wrong type: {getattr(member, name)!r}")
    if not member.name.strip():
        raise SandboxError(f"{member.id} needs a name")
    try:
        ZoneInfo(member.tz)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SandboxError(f"{member.tz!r} is no time zone") from error
    return member


_FLAGS = ("deleted", "is_bot", "is_app_user", "is_restricted", "is_ultra_restricted", "is_admin", "hidden")
_KINDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("name", "team_id", "title", "tz", "locale", "status_text", "status_emoji"), str),
    "status_expiration": int,
    **dict.fromkeys(("email", "display_name"), (str, type(None))),
    "tz_offset": (int, type(None)),
    "fields": dict,
    **dict.fromkeys(_FLAGS, bool),
}


def member_shape(member: Member, *, with_email: bool, with_locale: bool, now: float) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "id": member.id,
        "team_id": member.team_id,
        "name": re.sub(r"[^a-z0-9]+", ".", member.name.lower()).strip(".") or member.id.lower(),
        "deleted": member.deleted,
        "profile": _profile(member, with_email),
        "is_bot": member.is_bot,
        "is_app_user": member.is_app_user,
        "updated": member.updated,
    }
    # Slack leaves these out for deactivated accounts, and an app that reads them blindly breaks there.
    if not member.deleted:
        shape |= _active_fields(member, now)
    if with_locale:
        shape["locale"] = member.locale
    return shape


def _active_fields(member: Member, now: float) -> dict[str, Any]:
    moment = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(member.tz))
    offset = moment.utcoffset()
    assert offset is not None
    return {
        "color": f"{zlib.crc32(member.id.encode()) & 0xFFFFFF:06x}",
        "real_name": member.name,
        "tz": member.tz,
        "tz_label": moment.tzname(),
        "tz_offset": int(offset.total_seconds()) if member.tz_offset is None else member.tz_offset,
        "is_admin": member.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": member.is_restricted,
        "is_ultra_restricted": member.is_ultra_restricted,
        "is_email_confirmed": member.email is not None,
        "who_can_share_contact_card": "EVERYONE",
    }


def _profile(member: Member, with_email: bool) -> dict[str, Any]:
    first, _, last = member.name.partition(" ")
    display_name = member.name if member.display_name is None else member.display_name
    profile: dict[str, Any] = {
        "title": member.title,
        "phone": "",
        "skype": "",
        "real_name": member.name,
        "real_name_normalized": member.name,
        "display_name": display_name,
        "display_name_normalized": display_name,
        "first_name": first,
        "last_name": last,
        "status_text": member.status_text,
        "status_emoji": member.status_emoji,
        "status_expiration": member.status_expiration,
        "team": member.team_id,
    }
    if with_email and member.email is not None:
        profile["email"] = member.email
    return profile
