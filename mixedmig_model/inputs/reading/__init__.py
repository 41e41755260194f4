"""Strict reading: YAML, fields, units, and faults with lines."""
