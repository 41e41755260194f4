"""Words of the forms for a case of one's own."""

FIRST, SECOND, THIRD = "1. Who comes, where, when", "2. The numbers that only you can know", "3. The report"
NAME, COUNTRIES, ROUTE = "Name (a-z, 0-9, _)", "Countries, with commas", "How people come"
START, END, ARRIVALS = "First day", "First day after the end", "Arrivals by month"
MONTH = "{year}-{month:02d},100"
MAKE, KEEP, REPORT = "Make the case", "Keep these numbers", "Make the report"
MADE = "The case {case} is written. Now set the numbers below; each starts at a value for another place."
KEPT = "The numbers stand in parameters/cases/{case}/case.yaml, marked as assumptions. Give each its source there."
NOT_YET = "Not yet:"
SHIPPED = (
    "The shipped workspace is read-only. Make one of your own with mixedmig init DIR, and open this notebook there."
)
SHARE = "share, 0 to 1"
FIELD = "{unit}; plausible: {low} to {high}"
PROGRESS = "{phase}: {done} of {of}"
DONE = "The report:"
NEXT = "To move its inputs and see what follows:"
PANEL = "mixedmig app {case}"
