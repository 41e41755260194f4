"""One browser for all journeys of a worker."""

import pytest
from panel.journeys.browsing import launched


@pytest.fixture(scope="session")
def browser():
    with launched() as one:
        yield one
