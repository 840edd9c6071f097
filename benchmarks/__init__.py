"""Measured claims: one command for each figure in the docs."""
