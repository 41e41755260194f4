"""Published figures reproduced: arithmetic, small runs, and the totals of a case."""
