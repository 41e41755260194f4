"""Workspaces of older versions, and their upgrade.

``steps.py`` lists what each version changed in their files. ``edits.py`` makes the changes in the text of a file, and
``upgrade.py`` for a workspace.
"""
