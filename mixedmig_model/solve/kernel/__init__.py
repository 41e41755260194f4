"""The kernel: the equations compiled for the processor.

The equations, the flow table and the memory of detention become one function.
The equations are written once, as functions of arrays. The kernel comes from these functions themselves:

1. ``trace/`` runs them once on arrays that write down what is done with them: a graph with named axes.
2. ``lower/`` splits the graph into numbers, one for each label of the axes whose labels are fixed. Groups and
   countries stay open and become loops. What a day's inputs fix is computed once a day. What is the same for all
   groups is computed once for all of them, and what nobody needs is left out.
3. Numbers go into loop nests, eight groups at a time, and the nests into text of LLVM.
4. ``native.py`` has LLVM make machine code of it (about two seconds, once a machine), and keeps it in the user's
   cache. A digest of the graph finds it. It calls it without Python's lock. ``runs.py`` solves runs, one a thread.

An example: how soon people are served who wait for a team of so many work hours.

    def served(people, effort, hours):
        xp = people.__array_namespace__()
        wanted = xp.sum(people * effort, axis=0)
        none, one = xp.asarray(0.0), xp.asarray(1.0)
        share = xp.minimum(hours / xp.maximum(wanted, xp.asarray(1e-9)), one)
        waiting = xp.where(people > none, share, none)
        return waiting / effort

Its graph (people by group and country; effort and hours by country, inputs of the day):

    %3 [group, country] = mul(%0, %1)    # served (served.py:3)
    %4 [country] = sum(%3) ((0), False)    # served (served.py:3)
    %8 [country] = max(%4, %7)    # served (served.py:5)
    %9 [country] = div(%2, %8)    # served (served.py:5)
    %10 [country] = min(%9, %6)    # served (served.py:5)
    %11 [group, country] = gt(%0, %5)    # served (served.py:6)
    %12 [group, country] = where(%11, %10, %5)    # served (served.py:6)
    %13 [group, country] = div(%12, %1)    # served (served.py:7)

Its numbers (c: for each country, g: for each group; effort is the same for all groups).
Effort is taken out of the sum, and dividing by an input of the day becomes multiplying by what is computed once:

    n4 [c] = sum(n0) g
    n5 [c] = mul(n1, n4)
    n9 [c] = max(n5, n8)
    n10 [c] = div(n2, n9)
    n11 [c] = min(n7, n10)
    n12 [cg] = gt(n0, n6)
    n13 [cg] = where(n12, n11, n6)
    n14 [c] = div(n7, n1)
    n15 [cg] = mul(n13, n14)

Its loops:

    day, turn 0, country: n14
    stage, turn 0, country > eight groups: n4
    stage, turn 1, country: n5, n9, n10, n11
    stage, turn 2, country > eight groups: n12, n13, n15, sums/served

And the heart of its text, the last of these loops, for eight groups of a country:

    = select <8 x i1>
    = fmul <8 x double>
    = fadd <8 x double>
    store <8 x double>

``python -m mixedmig_model.solve.kernel --show NAME`` prints the same of any function of the equations.
"""
