"""The app's face in Slack: one folder for each surface, and the Messenger that writes to people."""
