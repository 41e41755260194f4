"""One browser for the journeys of a file: while it is there, an event loop runs, which other tests must not meet."""

import pytest
from panel.journeys.browsing import launched


@pytest.fixture(scope="module")
def browser():
    with launched() as one:
        yield one
