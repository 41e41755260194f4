"""What people ashore carry with them, by hand: who of them is likely to move on.

People who come ashore are likely to move on with some chance. Those who are leave the country at their own rate; in
every other way they leave as all others of their group. Nobody who is protected moves on.
"""


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
