"""A user's script: it runs a case, changes the number of caseworkers, and prints three indicators."""

import mixedmig_model as mm

case = mm.read_case(None, "andaman_sea_2015")
for changes in ({}, {"determination.officers": 12.0}):
    inputs = mm.resolve(case, "as_it_happened", changes)
    found = mm.indicators(mm.run(inputs, path="reference"))
    for key in ("deaths", "wait_determination", "decided_in_time"):
        one = found[key]
        print(f"{one.title}: {one.value:.2f} {one.unit}")
