"""The C kernel works out what NumPy does."""

import numpy as np
import pytest

from mixedmig_model.equations.layout import build_layout

from .kernel import compiled_kernel, numpy_kernel, run_kernel


def test_the_kernel_and_numpy_agree_to_a_billionth():
    heun = compiled_kernel()
    if heun is None:
        pytest.skip("no C compiler here")
    layout, random = build_layout(("a", "b"), ("here", "there")), np.random.default_rng(1)
    hazard = random.uniform(0.0, 0.05, (layout.flow_cells, 3))
    state = random.uniform(0.0, 100.0, (layout.stock_cells, 3))
    ours, theirs = (f(layout, hazard, state, 20, 0.5) for f in (numpy_kernel, lambda *a: run_kernel(heun, *a)))
    assert abs(ours - state).max() > 1.0
    np.testing.assert_allclose(theirs, ours, rtol=1e-9, atol=1e-9)
