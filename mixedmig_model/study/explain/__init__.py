"""Where each name comes from (``mixedmig explain``).

Names are of indicators, flows, stocks, stages, parameters, levers and cost items. ``names.py`` lists all names,
``spots.py`` finds lines of code, and ``hazards.py`` asks the equations what each flow reads. ``reads.py`` and
``walk.py`` find what indicators and costs read; ``explain.py`` puts an explanation together.
"""
