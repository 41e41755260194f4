"""Functions of Python compiled to JavaScript.

A page then has the package's own rules and words.
"""
