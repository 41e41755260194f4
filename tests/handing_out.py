"""Which worker runs which test."""

import selection
from xdist.scheduler import LoadScopeScheduling


class ByGroup(LoadScopeScheduling):
    """One worker runs all tests of a group; a test without a group goes to whoever is free."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of a test, or the test itself. xdist documents this as the place to choose groups."""
        return selection.group_of(nodeid.removeprefix("tests/")) or nodeid
