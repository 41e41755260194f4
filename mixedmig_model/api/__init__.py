"""The door for scripts: what ``import mixedmig_model`` offers.

The package itself lists and loads the names.
"""
