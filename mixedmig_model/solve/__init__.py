"""Solvers of the one set of equations, and the labelling of their answer as one Dataset."""
