"""One browser for the journeys of a file: while it is there, an event loop runs, which other tests must not meet."""

import pytest

pytest.register_assert_rewrite("panel.journeys.steps", "panel.journeys.browsing")

from panel.journeys.browsing import launched  # noqa: E402


@pytest.fixture(scope="module")
def browser():
    with launched() as one:
        yield one
