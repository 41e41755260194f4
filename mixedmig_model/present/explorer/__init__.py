"""The explorer: a case as one file.

It opens offline and solves every setting itself.
"""
