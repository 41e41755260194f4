"""The sectors among which the price of an item is shared.

An all-in price holds food, water, shelter and more. Its shares come from the cost book, or from the case
(``docs/costs.md``). What a scenario brings with it has one sector.
"""

from typing import get_args

from mixedmig_model.inputs.costs.schema import CostItem, OwnCost
from mixedmig_model.inputs.costs.shares import Sector, SectorSplit

SECTORS: tuple[str, ...] = get_args(Sector)


def split_of(record: CostItem | OwnCost, own: SectorSplit | None = None) -> SectorSplit | None:
    """Return the shares of an item's price with their source.

    Parameters
    ----------
    record : CostItem | OwnCost
        The item.
    own : SectorSplit | None, default None
        Shares of the case's own, which win.

    Returns
    -------
    SectorSplit | None
        The shares; None where the item has one sector.
    """
    if own is not None or isinstance(record, OwnCost) or record.sectors is None:
        return own
    assert record.sectors_source is not None  # the schema asks for both
    assert record.sectors_quality is not None
    return SectorSplit(shares=record.sectors, source=record.sectors_source, quality=record.sectors_quality,
                       note=record.sectors_note)


def sector_shares(record: CostItem | OwnCost, own: SectorSplit | None = None) -> dict[str, float]:
    """Return the share of each sector in an item's price.

    They are in the order of ``SECTORS``; a sector without a share is left out.
    """
    split = split_of(record, own)
    if split is None:
        return {str(record.sector): 1.0}
    return {name: split.shares[name] for name in SECTORS if split.shares.get(name)}  # type: ignore[index, call-overload]
