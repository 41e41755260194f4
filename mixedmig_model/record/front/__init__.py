"""The first page as a record.

It has what it says, and how good the evidence is.
"""
