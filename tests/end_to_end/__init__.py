"""The whole app over HTTP against the sandbox."""

import pytest

# So that a failed check in there says what it compared.
pytest.register_assert_rewrite("tests.end_to_end.company")
