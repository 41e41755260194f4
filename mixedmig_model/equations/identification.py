"""What authorities have identified, and what law makes of it.

It is the difference between need and label. Shares ``[G, C]`` are of each group. Rules of law read flags, never group
names (``docs/model.md`` section 1).
"""

from typing import NamedTuple

from mixedmig_model.equations.levels import Array, Groups, Household, Levels, Registration, Screening


class Identified(NamedTuple):
    """Shares ``[G, C]`` identified, exempt, and seen by screening.

    Exempt means exempt from detention.
    """

    first: Array  # children seen as such at first contact
    specific: Array  # specific needs seen by screening, children apart
    referred: Array  # chance that screening refers
    later: Array  # known after screening, by any sign
    carers: Array  # adults who care for accompanying children
    exempt_children: Array  # exempt at landing as children
    exempt_needs: Array  # exempt before return as children or for their needs
    exempt_carers: Array  # exempt as those who care for exempt children
    exempt_at_landing: Array  # exempt for any of these
    exempt_before_return: Array
    exempt_law: Array  # how far law exempts the group, were all of it identified
    carer_law: Array  # [C] how far law exempts those who care for children


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


def carers(groups: Groups, household: Household) -> Array:
    """Return the share of each group who care for children.

    They are adults, one for the children of a family, who accompany them. Children care for nobody here.

    Parameters
    ----------
    groups : Groups
        What the group records say, 0/1 ``[G]``.
    household : Household
        Inputs of families.

    Returns
    -------
    Array
        Share ``[G, 1]``.
    """
    return ((1.0 - groups.child) * household.carer_share)[:, None]


def identify(levels: Levels) -> Identified:
    """Return which share of each group is known, and exempt.

    Before screening only children are seen, as far as age assessment is right, and those who care for accompanying
    children. Afterwards specific needs are seen as far as screening is sensitive to them. This is a stated
    approximation (``docs/model.md`` section 1). With family unity in law a child's exemption covers those who care for
    it. Source: P29, P32.

    Parameters
    ----------
    levels : Levels
        Inputs that hold during the segment.

    Returns
    -------
    Identified
        Shares at landing and after screening, and exempt from detention, ``[G, C]``.
    """
    groups, screening, law = levels.groups, levels.screening, levels.law
    xp = groups.child.__array_namespace__()
    first = first_contact_share(groups, levels.registration)
    trafficked = groups.trafficked[:, None] * screening.sensitivity_trafficking
    specific = xp.maximum(trafficked, groups.vulnerable[:, None] * screening.sensitivity_other_needs)
    landing = law.child_exemption * first
    needs = xp.maximum(landing, law.specific_needs_exemption * specific)
    marked = xp.maximum(groups.trafficked, groups.vulnerable)[:, None]
    referred = xp.maximum(groups.alone[:, None] * first, specific)
    caring, covered = carers(groups, levels.household), law.family_unity * law.child_exemption
    return Identified(
        first=first,
        specific=specific,
        referred=referred,
        later=xp.maximum(first, referred),
        carers=caring,
        exempt_children=landing,
        exempt_needs=needs,
        exempt_carers=covered * caring,
        exempt_at_landing=xp.maximum(landing, covered * caring),
        exempt_before_return=needs + (1.0 - needs) * (covered * caring),
        exempt_law=xp.maximum(groups.child[:, None] * law.child_exemption, marked * law.specific_needs_exemption),
        carer_law=covered,
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
