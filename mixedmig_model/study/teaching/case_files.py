"""Files of an invented country, as templates.

They are its case, and the plan and answers that a learner fills in.
"""

CASE = """\
# An invented country, to learn with. Nothing here can be compared with the world.
schema: 1
title: {place} (invented)
question: Why do people sleep without shelter in {place}, and what ends it?
summary: >-
  {place} is invented. People come over land, and more of them after two months. A plan opened posts and places for
  them on that day, and yet people sleep without shelter.
start: {start}
end: {end}
route: land
countries: {{{name}: {{title: {place}}}}}
baseline: {baseline}
departures: arrivals.csv
opening: []
parameters:
  arrivals.composition:
    by_group: {{{mix}}}
    source: assumption
    quality: assumption
  # Posts and places: before arrivals rise, and after
{dated}\
  # The same in every country of this class, or drawn for this one
{fixed}\
not_modelled:
  - What people think, and what they would choose if they were asked.
  - Host communities, and what a government would do next.
"""
DATED = """\
  {parameter}:
    by_country: {{{country}: {{{start}: {before:g}, {rise}: {after:g}}}}}
    source: assumption
    quality: assumption
"""
FIXED = "  {parameter}: {{value: {value}, source: assumption, quality: assumption}}\n"
HEAD = "start,end,country,persons,source,quality,note\n"
ROW = "{start},{end},{country},{persons},assumption,assumption,invented\n"
COSTS = """\
# Donors pay for posts and places. What share of their money comes, and how late, is in parameters/costs/money.yaml.
schema: 1
currency: USD
economies: {{{country}: MYS}}
fiscal_year_start: {{{country}: 1}}
payers:
  reception_sites: {{donor: 1}}
  registration_staff: {{donor: 1}}
  screening_staff: {{donor: 1}}
  referral_staff: {{donor: 1}}
  determination_staff: {{donor: 1}}
  interpreters: {{donor: 1}}
  appeal_panels: {{donor: 1}}
"""
SCENARIO = """\
schema: 1
case: {case}
title: As it is
description: The country without any change.
"""
BLANK_PLAN = """\
# Your plan. List dated changes below; task.md says what you may change, and from which day on. An example:
#   changes:
#     - {{parameter: screening.officers, add: 2, start: {decision}, reason: Why you do it.}}
schema: 1
case: {case}
title: My plan
description: What this plan does.
changes: []
"""
BLANK_ANSWERS = """\
# Your answers. Write no name of a person here: a number stands for you.
schema: 1
# The cause that matters most. One of: {causes}
cause:
# What can this model not tell you? Write a sentence or two in quotation marks.
cannot_tell:
"""
