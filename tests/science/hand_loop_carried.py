"""What people ashore carry with them, by hand: who is likely to move on, how long they wait, what that takes.

People who come ashore are likely to move on with some chance. Those who are leave the country at their own rate; in
every other way they leave as all others of their group. Nobody who is protected moves on.

Everybody who waits for a decision waits a day a day. Whoever is protected takes the mean wait along: it makes them
self-reliant more slowly.
"""

from math import exp, log

WAITING = ("registration", "screening", "referral", "determination", "appeal")


def who_may_leave(cell):
    """The group and country of people in a cell who may move on; None for any other stock."""
    return cell[3:] if cell and cell[0] == "ashore" and cell[1] != "protected" else None


def likely_shares(stock, heads, groups, c):
    """By group, the part of the people who may move on who are likely to."""
    shares = {}
    for g in groups:
        present = sum(people for (s, _, who), people in heads["cells"].items() if who == g and s != "protected")
        shares[g] = min(1.0, max(0.0, stock["movers", g, c] / present)) if present > 1e-9 else 0.0
    return shares


def movers_moves(today, heads, moves, groups, countries):
    """Those likely to move on come ashore, and leave again."""
    came, joined, left = ({(g, c): 0.0 for g in groups for c in countries} for _ in range(3))
    for (name, _, _), source, sink, rate in moves.every:
        was, will = who_may_leave(source), who_may_leave(sink)
        if was == will:
            continue
        if was and name != "moved_onward":
            left[was] += rate
        if will:
            from_ashore = source is not None and source[0] == "ashore"
            (joined if from_ashore else came)[will] += rate
    for c in countries:
        for g in groups:
            movers, share = ("movers", g, c), heads[c]["likely"][g]
            likely = today["here"][c]["onward.mover_share"] * came[g, c] + share * joined[g, c]
            moves.add("_likely", g, c, None, movers, likely)
            moves.add("_gone", g, c, movers, None, share * left[g, c] + heads[c]["movers_gone"][g])


def lost(t, wait):
    """The part of the chance of self-reliance that a wait of some days takes."""
    kept = exp(wait / 365.2425 * log(1 - t["solutions.waiting_loss"]))
    return 1 - kept * (1 - t["solutions.ban_loss"] * (1 - t["solutions.work_while_waiting"]))


def part_lost(stock, heads, g, c):
    """The mean part that the protected people of a group have lost."""
    protected = heads["stage"]["protected"][g]
    return min(1.0, max(0.0, stock["setback", g, c] / protected)) if protected > 1e-9 else 0.0


def waiting_moves(today, stock, heads, moves, groups, countries):
    """Days waited add up, and leave with those who leave; protected people bring what waiting took from them."""
    def home(cell, stages):
        return cell[3:] if cell and cell[0] == "ashore" and cell[1] in stages else None

    out, granted, gone = ({(g, c): 0.0 for g in groups for c in countries} for _ in range(3))
    for _, source, sink, rate in moves.every:
        from_ashore = source is not None and source[0] == "ashore"
        was, will = home(source, WAITING), home(sink, WAITING)
        if was != will:
            if was:
                out[was] += rate
            if will and from_ashore:
                out[will] -= rate  # they come back with the mean wait
        was, will = home(source, ("protected",)), home(sink, ("protected",))
        if was != will:
            if was:
                gone[was] += rate
            if will:
                (gone if was else granted)[will] += -rate if was else rate
    for c in countries:
        for g in groups:
            present = sum(heads[c]["stage"][s][g] for s in WAITING)
            mean = max(0.0, stock["waited", g, c]) / max(present, 1e-9)
            moves.add("_waited", g, c, None, ("waited", g, c), present - mean * out[g, c])
            brought = granted[g, c] * lost(today["here"][c], mean)
            share = part_lost(stock, heads[c], g, c)
            moves.add("_setback", g, c, None, ("setback", g, c), brought - share * gone[g, c])
