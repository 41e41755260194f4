"""Solve the equations, and label the answer as one Dataset.

``run.py`` is the door to two solvers: ``reference.py`` with scipy, and ``kernel/``, which LLVM compiles from the
equations.
"""
