"""Random states and inputs for the kernel, and one stage of it by three ways: numpy, the graph, machine code."""

import numpy as np

from mixedmig_model.equations.levels import Levels
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.solve.kernel.lower.driver import ADDRESSES, FIELDS
from mixedmig_model.solve.kernel.lower.layouts import BUFFERS
from mixedmig_model.solve.kernel.memory import KINDS, LANES, Sizes, positions, starts
from mixedmig_model.solve.kernel.model.stage import inputs_of_stage


def some(rng, size, low, most, zero=0.15):
    """Numbers of all sizes between two bounds, some of them zero."""
    values = np.exp(rng.uniform(np.log(max(low, 1e-2)), np.log(most), size))
    return np.where(rng.random(size) < zero, max(low, 0.0), np.clip(values, low, most))


def level(rng, subject, field, sizes):
    """A legal value of an input of the equations."""
    groups, countries = sizes
    if field == "landing":
        return some(rng, (groups, countries), 0.0, 5.0)
    if field == "at_home":
        return rng.integers(0, 2, (groups, countries)).astype(float)
    if subject == "groups":
        return rng.integers(0, 2, groups).astype(float)
    if field == "mix":
        shares = rng.uniform(0.01, 1.0, (groups, countries))
        return shares / shares.sum(axis=0)
    if field == "departures":
        return some(rng, countries, 0.0, 500.0)
    need = CATALOGUE[f"{subject.rstrip('_')}.{field}"]
    size = {"country": countries, "group": groups, "region": 1}[need.axis]
    if need.high <= 2.0:
        ends = np.array([max(need.low, -1.0), need.high])
        return np.where(rng.random(size) < 0.2, ends[rng.integers(0, 2, size)], rng.uniform(*ends, size))
    return some(rng, size, need.low, min(need.high, 300.0))


def random_values(seed, groups, countries):
    """All inputs of a stage, by full name: legal, and otherwise as wild as they come."""
    rng, sizes = np.random.default_rng(seed), Sizes(groups, countries)
    values = {}
    for name, axes in inputs_of_stage().items():
        shape = tuple(axis.size or getattr(sizes, {"group": "groups", "country": "countries"}[axis.name])
                      for axis in axes)
        kind, _, own = name.partition("/")
        if kind == "levels":
            subject, _, field = own.partition(".")
            values[name] = level(rng, subject, field, sizes)
        elif kind == "part":
            values[name] = np.array(rng.uniform(0.1, 1.0))
        else:
            values[name] = some(rng, shape, 0.0, 3000.0, 0.25)
    held = values["state/people"][:, 0].sum(axis=0)
    values["state/inside_identified"] = held * rng.random(held.shape)
    values["state/inside_overdue"] = rng.normal(0.0, 3.0, held.shape)
    values["state/inside_survival"] = rng.random(held.shape)
    assert {f"levels/{s}.{f}" for s, kind in Levels.__annotations__.items() for f in kind._fields} <= set(values)
    return values


def machine_stage(kernel, values, groups, countries):
    """One stage by machine code: everything that it makes, by full name."""
    sizes, buffers = Sizes(groups, countries), kernel.layouts.buffers
    memory = {name: zeros(starts(buffer, sizes)[1]) for name, buffer in buffers.items()}
    memory |= {"base": zeros(len(memory["state"])), "made": zeros(len(memory["state"]))}
    for name, value in values.items():
        kind, _, own = name.partition("/")
        laid = "state" if kind == "base" else kind
        memory[kind][positions(buffers[laid], f"{laid}/{own}", sizes)] = value
    job = dict.fromkeys(FIELDS, 0)
    job |= {"groups": groups, "countries": countries, "blocks": sizes.blocks}
    places = np.array([starts(buffers[name], sizes)[0][kind] for name in BUFFERS for kind in KINDS])
    job |= {"starts": places.ctypes.data, "first": memory["state"].ctypes.data, "second": memory["made"].ctypes.data,
            "today": memory["base"].ctypes.data}
    job |= {name: memory[name].ctypes.data for name in memory if name in FIELDS and name in ADDRESSES}
    kernel.call("once", np.array([job[name] for name in FIELDS], dtype=np.int64))
    result = {}
    for name in buffers["state"].slots:
        result[name] = memory["made"][positions(buffers["state"], name, sizes)]
    for name in buffers["sums"].slots:
        result[name] = memory["sums"][positions(buffers["sums"], name, sizes)]
    return result


def zeros(size):
    """Memory as the kernel wants it: at an address that 64 divides."""
    whole = np.zeros(size + 2 * LANES)
    skip = (-whole.ctypes.data // 8) % LANES
    return whole[skip : skip + size]
