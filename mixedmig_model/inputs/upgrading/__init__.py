"""Workspaces of older versions: what each version changed in their files, and how a file is brought up to date.

``steps.py`` lists the changes, ``edits.py`` makes them in the text of a file, ``upgrade.py`` does it for a workspace.
"""
