"""Everything that is served over HTTP: Slack's requests, and whether the app is well."""
