"""The words of the field, its labels and its calendar.

It imports nothing of the package.
"""
