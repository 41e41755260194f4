"""Equations as pure array functions, and the flow table.

One subject a file. The flow table couples the subjects: arrays in, arrays out.
"""
