"""Tests of the matcher; `brute_force` is the independent judge of what is best."""
