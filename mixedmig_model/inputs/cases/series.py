"""Series of people that count as one input.

Such a series is departures towards a country from one source, or an opening.
"""

from collections.abc import Iterable

from mixedmig_model.inputs.cases.departures import Departures
from mixedmig_model.inputs.schema import Opening


def series_qualities(departures: Iterable[Departures], opening: Iterable[Opening]) -> dict[str, str]:
    """Return the quality of each series, by a name of its own.

    Rows of a table that share country, source and quality are one input, however many dates they have. So are the
    people present in a country when the run opens.
    """
    rows = [("departures", row.country, row.source, row.quality) for row in departures]
    rows += [("opening", one.country, one.source, one.quality) for one in opening]
    return {" ".join(row): row[-1] for row in rows}
