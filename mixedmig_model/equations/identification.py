"""What the authorities have identified, and what law makes of it: the difference between need and label.

Shares ``[G, C]`` of each group. Rules of law read flags, never group names (``model.md`` 1).
"""

from typing import NamedTuple

from mixedmig_model.equations.levels import Array, Groups, Law, Registration, Screening


class Identified(NamedTuple):
    """Shares ``[G, C]`` identified, exempt from detention, and seen by screening."""

    first: Array  # children seen as such at first contact
    specific: Array  # specific needs seen by screening, children apart
    referred: Array  # chance that screening refers
    later: Array  # known after screening, by any sign
    exempt_at_landing: Array
    exempt_before_return: Array
    exempt_law: Array  # how far law exempts the group, were all of it identified


def first_contact_share(groups: Groups, registration: Registration) -> Array:
    """Share ``[G, C]`` of each group seen as a child at first contact: 1 - share wrongly assessed adult (P32)."""
    return groups.child[:, None] * (1.0 - registration.wrongly_assessed_adult_share)


def identify(groups: Groups, registration: Registration, screening: Screening, law: Law) -> Identified:
    """What share of each group is known at landing and after screening, and how far it is exempt from detention.

    Before screening only children are seen, as far as age assessment is right; afterwards specific needs as far as
    screening is sensitive to them (P29, P32): a stated approximation (``model.md`` 1).
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
    """Share (``[C]``) of international needs seen, raised by access of UNHCR and IOM (P27, P27b; para 12 d)."""
    gain = screening.sensitivity_with_access - screening.sensitivity_without_access
    return screening.sensitivity_without_access + screening.agency_access * gain
