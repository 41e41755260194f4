"""Every row of the parameter table is shipped: as an input, a price, a rule of money, or a figure to compare."""

import re

from faulty_workspace import ROOT

ROWS = (
    "P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P10", "P10b", "P10c", "P11", "P12", "P13", "P14",
    "P14b", "P15", "P16", "P17", "P18", "P19", "P20", "P21", "P22", "P23", "P24", "P25", "P26", "P27", "P27b", "P28",
    "P29", "P30", "P31", "P31b", "P32", "P33", "P33b", "P33c", "P34", "P35", "P36", "P36b", "P37", "P38", "P39",
    "P40", "P41", "P42", "P43", "P44", "P45", "P46", "P47", "P47b", "P48", "P49", "P50", "P51", "P51b", "P52", "P53",
    "P54", "P55", "P60", "P61", "P62", "P63", "P64", "P65", "P66", "P67", "P68", "P69", "P70", "P71", "P72", "P73",
    "P74", "P75", "P76", "P77", "P78", "P79", "P79b", "P80", "P80b", "P81", "P82", "P83", "P84", "P85", "P86", "P87",
    "P88", "P89", "P90", "P91", "P92", "P93", "P94", "P94b", "P95", "P96", "P97", "P98", "P99", "P100", "P101",
    "P102", "P103", "P104", "P105", "P106", "P107", "P108", "P109", "P110", "P111", "P112", "P113", "P114", "P115",
    "P116", "P117", "P118",
)


def spelt_out(text):
    """Rows that a record names: 'P06-P08' is three."""
    found = set()
    for first, last in re.findall(r"(P\d+[a-c]?)(?:-(P\d+))?", text):
        found.add(first)
        if last:
            found |= {f"P{number:02d}" for number in range(int(first[1:]), int(last[1:]) + 1)}
    return found


def test_every_row_of_the_parameter_table_is_shipped():
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "parameters").rglob("*.yaml"))
    shipped = set().union(*(spelt_out(line) for line in re.findall(r"\brow: ([^}\n]*)", text)))
    assert len(ROWS) == len(set(ROWS)) >= 100
    assert [row for row in ROWS if row not in shipped] == []
