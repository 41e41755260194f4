"""The kernel in a page, as a module of WebAssembly.

It solves runs and counts breaches, harms and headlines. ``kernel.wasm`` comes from the equations (``solve``) and from
the formulas of indicators. ``kernel.mjs`` lays out its memory, runs it and reads its answer, in any browser since 2023
or Node. ``parcels.py`` writes what it is given. The module is built by ``python -m mixedmig_model.results.browser
--build`` and kept with the package.
"""
