"""One file for each command; `app.py` hands them the parts that they need."""
