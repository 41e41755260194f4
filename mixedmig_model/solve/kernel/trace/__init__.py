"""Tracing: equations run once on arrays that record.

The arrays only write down what is done with them.
"""
