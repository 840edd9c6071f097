"""Tests of what HR may see; `companies` draws companies and counts them in another way than the package."""
