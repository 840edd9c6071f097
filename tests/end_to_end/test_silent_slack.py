"""The app says that it is not ready when its connection by Socket Mode has been dead for minutes."""

import time

import time_machine

from tests.end_to_end.conftest import Start


def test_readiness_hears_the_connection(start: Start) -> None:
    app = start(by_socket=True)
    browser = app.installation.web.test_client()
    assert browser.get("/readyz").status_code == 200
    assert app.installation.socket is not None
    app.installation.socket.client.auto_reconnect_enabled = False
    app.installation.socket.client.disconnect()
    assert browser.get("/readyz").status_code == 200, "it may be back in a moment"
    with time_machine.travel(time.time() + 6 * 60):
        assert "from Slack for 6 minutes" in browser.get("/readyz").get_data(as_text=True)
        assert browser.get("/readyz").status_code == 503
        assert browser.get("/healthz").status_code == 200
