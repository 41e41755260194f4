"""Texts for a class: task sheet, and a page for the teacher."""

REASON = "What the model finds enough for the people who come."
TITLE, DESCRIPTION = "All put right", "Every cause is put right from the day of decision on."
TASK = """\
# {place}: why do people sleep without shelter?

{place} is an invented country. People come over land: {before:,} a month, and {after:,} a month from {rise} on. A plan
opened posts and places for them. Still people sleep without shelter. Find the cause, and write a plan.

Rights come first. A plan that adds a breach, or makes one grow, fails, whatever else it reaches. Detention is no
shelter here. Fewer arrivals and more returns are no means of this exercise.

## What to do

1. Predict first. Write down your guess of the cause before you run anything.
2. Run the country as it is: `mixedmig report {name}` in this folder. Read breaches and harms first.
3. Write scenarios that put one cause right each, and one that puts all right. Then compare them:
   `mixedmig compare {name} --scenarios a,b,all --attribution`. The row "Time without shelter" says how much each
   cause makes.
4. Write your plan into `parameters/cases/{name}/scenarios/my_plan.yaml`. You may use `changes` that start on
   {decision} or later. You may change these inputs:

{means}
5. Fill in `answers.yaml`: the cause, and what this model cannot tell you.
6. Check your files with `mixedmig check --case {name}`. Change no other file below `parameters`, except scenarios that
   you add.

## What is asked of the plan

* It adds no breach and makes none grow.
* On each day from {standard} to the end of the run, at most {people:,} people are without shelter or in detention.
* From the first to the last day, the response costs at most USD {budget:,}.
* Your answer names the cause that makes most of the time without shelter.

The cause is one of these:

{causes}

## Afterwards

Explain in your own words how the cause leads to people without shelter. Last question, as always: what can this model
not tell you?
"""
TEACHER = """\
# For the teacher

`learners` has a folder for each of {learners} learners. Give each learner one folder, and keep a list of who has which
number yourself. No name of a person belongs into these files.

`answers.sealed` holds the answers. Only your phrase opens it. A lost phrase is lost: nobody can open the file without
it, and you have to build new folders.

When you have the folders back, put them into `learners` and grade them here:

    mixedmig teach grade .

The command writes `grades.csv` and `grades.json`, by number of learner.
"""
