"""Strict reading of files: YAML, fields, units, and faults with file and line."""
