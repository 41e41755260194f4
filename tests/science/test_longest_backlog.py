"""Waiting raises departures from the procedure up to a backlog of two years, and no further (``model.md`` 4)."""

import numpy as np
import pytest

from mixedmig_model.equations.departures import leaving_hazards
from mixedmig_model.equations.levels import Absconding, Onward
from mixedmig_model.vocabulary.labels import STAGES

ONWARD = Onward(**{name: np.array([0.5]) for name in Onward._fields})
ABSCONDING = Absconding(rate=np.array([0.01]), compliance_in_alternatives=np.array([0.9]))


def hazards(days):
    """Hazards of onward movement and absconding from all stages, with a backlog of some days before each."""
    backlog = np.full((len(STAGES), 1), float(days))
    return leaving_hazards(backlog, np.array([0.0]), ONWARD.rate[None, :], ONWARD, ABSCONDING)


def test_the_effect_of_a_backlog_stops_at_730_days():
    at, over, far = hazards(730.0), hazards(731.0), hazards(1e6)
    for kind in ("onward", "absconded"):
        assert np.array_equal(getattr(over, kind), getattr(at, kind))
        assert np.array_equal(getattr(far, kind), getattr(at, kind))


def test_up_to_730_days_each_day_of_backlog_adds_the_same():
    none, half, whole = hazards(0.0), hazards(365.0), hazards(730.0)
    for kind in ("onward", "absconded"):
        rise = getattr(half, kind) - getattr(none, kind)
        assert (rise > 0.0).all()
        assert getattr(whole, kind) - getattr(half, kind) == pytest.approx(rise, rel=1e-12)
    assert (hazards(729.0).onward < whole.onward).all()
