"""Where each name comes from: indicators, flows, stocks, stages, parameters, levers, cost items (``mixedmig explain``).

``names.py`` lists all names, ``spots.py`` finds lines of code, ``hazards.py`` asks the equations what each flow reads,
``reads.py`` and ``walk.py`` what indicators and costs read; ``explain.py`` puts an explanation together.
"""
