"""The Web API methods that the sandbox knows, each a declaration and a handler."""

from sandbox.methods import (
    app,
    chat,
    conversations,
    files,
    history,
    openid,
    profiles,
    sockets,
    usergroups,
    users,
    views,
)
from sandbox.web_api import Method

METHODS: dict[str, Method] = {
    method.name: method
    for methods in (
        app.METHODS,
        chat.METHODS,
        conversations.METHODS,
        files.METHODS,
        history.METHODS,
        openid.METHODS,
        profiles.METHODS,
        sockets.METHODS,
        usergroups.METHODS,
        users.METHODS,
        views.METHODS,
    )
    for method in methods
}
