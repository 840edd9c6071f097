"""Imports the app once, and becomes a `python app.py serve` in a process group of its own for every line.

Importing takes three seconds of a kill test's every life, and no kill is wanted there.
A line on stdin is the environment as JSON; the answer is the process id.
"""

import json
import os
import signal
import sys

import app

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(2, 1)
        os.environ.update(json.loads(line))
        sys.argv = ["app.py", "serve"]
        app.main()
    print(child, flush=True)
