"""Published figures reproduced.

They are arithmetic, small runs, and the totals of a case.
"""
