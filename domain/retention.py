"""How long what people did is kept."""

from datetime import timedelta

ANSWERS = timedelta(days=90)
INTRODUCTIONS = timedelta(days=730)
AUDIT = timedelta(days=365)
