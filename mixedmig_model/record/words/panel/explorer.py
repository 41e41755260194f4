"""Texts of a case as one file.

They say what it is, what is not in it, and why a case cannot be such a file.
"""

TITLE = "{title}: explorer"
ABOUT = ("This file solves the case in your browser. It sends nothing and loads nothing. Its numbers are estimates of "
         "a model, not forecasts and not legal advice.")
NOT_HERE = "What is not in this file"
LEFT_OUT = (
    "Nothing here changes how many people set out.",
    "Every setting holds from the second day of the run. The first day stays as in the case.",
    "Waits and costs are not in this file. mixedmig report {case} has them.",
    "A report tests each sentence also at a low and a high share of people due protection. This file uses the case's "
    "share alone.",
)
LEVERS_LEFT_OUT = "Levers that are not in this file: {titles}."
PLANS_LEFT_OUT = "Plans that are not in this file, because they use such levers: {titles}."
WHOLE_RUN = "from the second day"
STARTING = "The case is solved."
NO_SCRIPT = "This file needs JavaScript. It runs in every browser since 2023, without a connection."
WRITTEN = "{path}: one file of {size} MB, which opens offline"
BROKEN = "This browser cannot run the file: {text}"

# ---- why a case cannot be such a file -------------------------------------------------------------------------------

BASELINE_SETS = "the baseline has levers or changes of its own, and an explorer starts from a case without any"
BASELINE_ALLOWED = "a case whose baseline has no levers and no changes"
RESPONDS = "departures respond to policy in the baseline, and an explorer leaves who departs as it is"
RESPONDS_ALLOWED = "a case without responses of departures"
BINDS = "funding binds in the baseline, and an explorer does not know who pays"
BINDS_ALLOWED = "a case in which funding.binds is 0"
SEVERAL_WAYS = "people come by sea and by another way, and an explorer has one way alone"
ONE_WAY = "a case by sea, by land or by air alone"
TOO_LARGE = "the file would be larger than an explorer may be"
SMALLER = "at most {most} MB: a shorter case, or fewer countries"
