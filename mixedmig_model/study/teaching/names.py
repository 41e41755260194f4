"""Names of invented places: two words of a landscape."""

import numpy as np

FIRST = (
    "Amber", "Birch", "Cinder", "Clay", "Copper", "Elder", "Fern", "Flint", "Gorse", "Granite", "Heron", "Ivory",
    "Juniper", "Lime", "Marble", "Moss", "Oak", "Otter", "Pebble", "Quarry", "Reed", "Rowan", "Salt", "Sedge",
    "Slate", "Tern", "Thistle", "Umber", "Willow", "Yarrow",
)
SECOND = ("bay", "cape", "fell", "firth", "glen", "haven", "moor", "reach", "ridge", "shore", "strand", "vale")
MOST = len(FIRST) * len(SECOND)
"""As many places can be named."""


def place_names(count: int, chance: np.random.Generator) -> tuple[str, ...]:
    """Return different names of invented places.

    Parameters
    ----------
    count : int
        How many, at most ``MOST``.
    chance : numpy.random.Generator
        Decides which.

    Returns
    -------
    tuple[str, ...]
        The names, such as ``Saltreach``.
    """
    chosen = chance.choice(MOST, size=count, replace=False)
    return tuple(f"{FIRST[one // len(SECOND)]}{SECOND[one % len(SECOND)]}" for one in chosen.tolist())
