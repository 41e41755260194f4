"""What authorities have identified, and what law makes of it.

It is the difference between need and label. Shares ``[G, C]`` are of each group. Rules of law read flags, never group
names (``docs/model.md`` section 1).
"""

from typing import NamedTuple

from mixedmig_model.equations.levels import Array, Groups, Law, Registration, Screening


class Identified(NamedTuple):
    """Shares ``[G, C]`` identified, exempt, and seen by screening.

    Exempt means exempt from detention.
    """

    first: Array  # children seen as such at first contact
    specific: Array  # specific needs seen by screening, children apart
    referred: Array  # chance that screening refers
    later: Array  # known after screening, by any sign
    exempt_at_landing: Array
    exempt_before_return: Array
    exempt_law: Array  # how far law exempts the group, were all of it identified


def first_contact_share(groups: Groups, registration: Registration) -> Array:
    """Return the share of each group seen as a child at first.

    It is 1 minus the share wrongly assessed as adult. Source: P32.

    Parameters
    ----------
    groups : Groups
        What the group records say, 0/1 ``[G]``.
    registration : Registration
        Inputs of registration.

    Returns
    -------
    Array
        Share at first contact, ``[G, C]``.
    """
    return groups.child[:, None] * (1.0 - registration.wrongly_assessed_adult_share)


def identify(groups: Groups, registration: Registration, screening: Screening, law: Law) -> Identified:
    """Return which share of each group is known, and exempt.

    Before screening only children are seen, as far as age assessment is right. Afterwards specific needs are seen as
    far as screening is sensitive to them. This is a stated approximation (``docs/model.md`` section 1). Source: P29,
    P32.

    Parameters
    ----------
    groups : Groups
        What the group records say, 0/1 ``[G]``.
    registration : Registration
        Inputs of registration.
    screening : Screening
        Inputs of screening.
    law : Law
        Switches of law, 1 in force, 0 not.

    Returns
    -------
    Identified
        Shares at landing and after screening, and exempt from detention, ``[G, C]``.
    """
    xp = groups.child.__array_namespace__()
    first = first_contact_share(groups, registration)
    trafficked = groups.trafficked[:, None] * screening.sensitivity_trafficking
    specific = xp.maximum(trafficked, groups.vulnerable[:, None] * screening.sensitivity_other_needs)
    landing = law.child_exemption * first
    marked = xp.maximum(groups.trafficked, groups.vulnerable)[:, None]
    referred = xp.maximum(groups.alone[:, None] * first, specific)
    return Identified(
        first=first,
        specific=specific,
        referred=referred,
        later=xp.maximum(first, referred),
        exempt_at_landing=landing,
        exempt_before_return=xp.maximum(landing, law.specific_needs_exemption * specific),
        exempt_law=xp.maximum(groups.child[:, None] * law.child_exemption, marked * law.specific_needs_exemption),
    )


def protection_sensitivity(screening: Screening) -> Array:
    """Return the share of international needs that is seen.

    Access of UNHCR and IOM raises it. Source: P27, P27b; founding note, paragraph 12 d.

    Parameters
    ----------
    screening : Screening
        Inputs of screening.

    Returns
    -------
    Array
        Share ``[C]``.
    """
    gain = screening.sensitivity_with_access - screening.sensitivity_without_access
    return screening.sensitivity_without_access + screening.agency_access * gain
