"""The run as text of LLVM.

It has days, attempts at a day, steps and their stages, the memory of detention, and what is kept. It reads a ``Job``:
whole numbers and addresses, in the order of ``FIELDS``. All memory is the caller's.
"""

from mixedmig_model.solve.kernel.lower.daily import call_daily
from mixedmig_model.solve.kernel.lower.layouts import ARGUMENTS
from mixedmig_model.solve.kernel.lower.text import Code, D, P, V, eight, number
from mixedmig_model.solve.kernel.lower.watched import Watched
from mixedmig_model.solve.kernel.memory import KINDS, LANES, Buffer, Kind
from mixedmig_model.solve.kernel.model.remembering import Remembered
from mixedmig_model.solve.kernel.model.stage import NOBODY

FIELDS = (
    "groups", "countries", "blocks", "days", "columns", "inputs", "table", "places", "changed", "starts",
    "front_column", "moves_column", "pace_column", "everybody_column",
    "levels", "still", "changing", "front", "part", "sums", "first", "second", "third", "fourth", "today", "noon",
    "state_size", "sums_size", "lost_now", "edge_alive", "edge_entered", "entered", "lost", "alive",
    "shares", "passed", "noons", "numbers", "grids", "finest", "control",
    "stock_lists", "sum_lists", "steps", "weeks", "measures",
)
"""Fields of the job of a run.

``*_lists``, ``weeks`` and ``measures`` are addresses of further records.
"""
LISTS = (
    "many_vectors", "vector_counts", "vector_places", "vector_out", "many_singles", "single_counts", "single_places",
    "single_out", "many_groups", "group_counts", "group_places", "out", "width", "group_out", "group_width", "running",
)
"""How daily numbers are summed from a buffer.

There are vectors over groups, single numbers, and vectors kept by group. They go into the row of the day's end, added
to that of its start where they are ``running`` totals.
"""
WEEKS = ("sums", "states", "sum")
MOST_STEPS, MOST_ATTEMPTS = 128, 6
STAGES_OF_STEP = ((0.0, 1.0 / 6.0), (0.75, 1.0 / 6.0), (1.0 / 3.0, 2.0 / 3.0))
"""Shares of a stage.

The first is the share of the state at the start of the step, the second the weight of the stage's flows.
"""
BEFORE, A_DAY = 1, 2
"""Days before the run that detention remembers; edges a day."""
CONTROL = ("allowed", "easy", "share", "persons")
"""Control of steps.

The first number is the error that a stock may have in a day, as a share of itself and of a few people more. Those are a
share of all people and so many persons at most. Below ``easy`` the next day takes half as many steps.
"""


class RunText:
    """The function ``run`` as it is written.

    Parameters
    ----------
    state : Buffer
        Where stocks and memory lie.
    measured : bool
        Whether days are measured.
    """

    def __init__(self, state: Buffer, measured: bool = False) -> None:
        self.measured = measured
        self.code = Code("define i64 @run(ptr %job) nounwind #0")
        self.state = state
        self.both = Kind(1, True)
        self.of: dict[str, str] = {}

    def once(self) -> str:
        """Return a function that computes one stage.

        It goes from the states in ``today`` and ``first`` to ``second``.
        """
        self.code.head = "define i64 @once(ptr %job) nounwind #0"
        self._read_job()
        self._call("day", self.of["first"], self.of["first"], self.of["second"])
        self._call("stage", self.of["today"], self.of["first"], self.of["second"])
        self.code.put("ret i64 0")
        return self.code.done()

    def _read_job(self) -> None:
        """Read all fields of the job."""
        code = self.code
        for k, name in enumerate(FIELDS):
            value = code.load("i64", code.at("%job", str(k), "i64"))
            self.of[name] = code.get(f"inttoptr i64 {value} to ptr") if name in ADDRESSES else value

    def written(self) -> str:
        """Return the whole function."""
        code = self.code
        self._read_job()
        self.cells = code.whole("mul", self.of["countries"], self.of["blocks"])
        self.lanes = code.whole("mul", self.cells, str(LANES))
        self.control = {name: code.load(D, code.at(self.of["control"], str(k))) for k, name in enumerate(CONTROL)}
        self.base_room, self.next_room = code.room(P), code.room(P)
        self.grid_room, self.usual_room, self.taken_room = code.room("i64"), code.room("i64"), code.room(D)
        self.watched = Watched(code, self.state, self)
        code.put(f"store i64 {code.load('i64', self.of['grids'])}, ptr {self.usual_room}")
        with code.loop(self.of["days"]) as day:
            self._day(day)
        code.put("ret i64 0")
        return code.done()

    # A day.

    def _day(self, day: str) -> None:
        """Write one day.

        It has inputs, attempts at its steps, and what is remembered and kept of it.
        """
        code = self.code
        row = code.at(self.of["table"], code.whole("mul", day, self.of["columns"]))
        changed = code.load("i64", code.at(self.of["changed"], day, "i64"))
        with code.only_if(code.get(f"icmp ne i64 {changed}, 0")):
            self._take_inputs(row)
        with code.loop(self.cells) as cell:
            code.store(V, eight(1.0), self._inside(self.of["today"], cell, "survival"))
        pace = code.get(f"fptosi double {code.load(D, code.at(row, self.of['pace_column']))} to i64")
        asked = code.load("i64", code.at(self.of["grids"], pace, "i64"))
        usual = code.get(f"load i64, ptr {self.usual_room}")
        more = code.get(f"icmp sgt i64 {asked}, {usual}")
        code.put(f"store i64 {code.get(f'select i1 {more}, i64 {asked}, i64 {usual}')}, ptr {self.grid_room}")
        code.store(D, number(0.0), self.taken_room)
        with code.loop(str(MOST_ATTEMPTS)):
            now = code.get(f"load i64, ptr {self.grid_room}")
            with code.only_if(code.get(f"icmp sge i64 {now}, 0")):
                self._attempt(day, row, now)
        if self.measured:
            states = {"base": self.of["today"], "state": self._base()}
            call_daily(code, self.of, states, code.get(f"icmp ne i64 {changed}, 0"))
        code.put(f"call void @copy(ptr {self.of['today']}, ptr {self._base()}, i64 {self.of['state_size']})")
        self._remember(day)
        self._keep(day)

    def _base(self) -> str:
        return self.code.get(f"load ptr, ptr {self.base_room}")

    def _take_inputs(self, row: str) -> None:
        """Put the inputs of a day in place; compute what they fix."""
        code = self.code
        with code.loop(self.of["inputs"]) as k:
            entry = code.at(self.of["places"], code.whole("mul", k, "2"), "i64")
            place, column = code.load("i64", entry), code.load("i64", code.at(entry, "1", "i64"))
            code.store(D, code.load(D, code.at(row, column)), code.at(self.of["levels"], place))
        self._call("day", self.of["today"], self.of["today"], self.of["first"])

    def _call(self, name: str, base: str, state: str, made: str) -> None:
        """Call a function of the kernel."""
        given = {"base": base, "state": state, "made": made}
        args = [f"i64 {self.of[key]}" for key in ("groups", "countries", "blocks")] + [f"ptr {self.of['starts']}"]
        args += [f"ptr {given.get(key) or self.of[key]}" for key in ARGUMENTS]
        self.code.put(f"call void @{name}({', '.join(args)})")

    def _attempt(self, day: str, row: str, chosen: str) -> None:
        """Take the steps of a day.

        Where a stock is too far off, ask for twice as many.
        """
        code = self.code
        many = code.load("i64", code.at(self.of["numbers"], chosen, "i64"))
        grid = code.whole("mul", chosen, str(MOST_STEPS))
        self._fronts(day, row, grid, many)
        code.put(f"call void @clear(ptr {self.of['sums']}, i64 {self.of['sums_size']})")
        code.put(f"store ptr {self.of['first']}, ptr {self.base_room}")
        code.put(f"store ptr {self.of['fourth']}, ptr {self.next_room}")
        code.put(f"call void @copy(ptr {self.of['first']}, ptr {self.of['today']}, i64 {self.of['state_size']})")
        self.watched.begin()
        with code.loop(many) as step:
            self._step(step, grid)
        odd = code.load(D, code.at(self.of["noons"], code.whole("add", grid, str(MOST_STEPS - 1))))
        with code.only_if(code.get(f"fcmp ogt double {odd}, {number(0.0)}")):
            code.put(f"call void @halfway(ptr {self.of['noon']}, ptr {self.of['today']}, ptr {self._base()}, "
                     f"i64 {self.of['state_size']})")
        taken = code.get(f"fadd double {code.load(D, self.taken_room)}, "
                         f"{code.get(f'sitofp i64 {many} to double')}")
        code.store(D, taken, self.taken_room)
        everybody = code.load(D, code.at(row, self.of["everybody_column"]))
        more = code.paired("mul", D, self.control["share"], everybody)
        off = self.watched.furthest(self._base(), code.paired("min", D, self.control["persons"], more))
        self._choose(chosen, off)

    def _choose(self, chosen: str, off: str) -> None:
        """Take the day again in finer steps, or choose the next steps.

        ``off`` is the largest error of a stock.
        """
        code, of = self.code, self.of
        far = code.get(f"fcmp ogt double {off}, {self.control['allowed']}")
        left = code.get(f"icmp slt i64 {chosen}, {of['finest']}")
        again = code.get(f"and i1 {far}, {left}")
        finer = code.whole("add", chosen, "1")
        code.put(f"store i64 {code.get(f'select i1 {again}, i64 {finer}, i64 -1')}, ptr {self.grid_room}")
        controlled = code.get(f"icmp sle i64 {chosen}, {of['finest']}")
        easy = code.get(f"fcmp olt double {off}, {self.control['easy']}")
        above = code.get(f"icmp sgt i64 {chosen}, 0")
        fewer = code.get(f"zext i1 {code.get(f'and i1 {easy}, {above}')} to i64")
        with code.only_if(controlled):
            code.put(f"store i64 {code.whole('sub', chosen, fewer)}, ptr {self.usual_room}")

    # Steps.

    def _step(self, step: str, grid: str) -> None:
        """Write one step of three stages."""
        code, of = self.code, self.of
        base, made = self._base(), code.get(f"load ptr, ptr {self.next_room}")
        place = code.whole("add", grid, step)
        share = code.load(D, code.at(of["shares"], place))
        code.store(D, share, of["part"])
        before, after = (
            {name: code.at(of[f"edge_{name}"], code.whole("mul", edge, self.lanes)) for name in ("alive", "entered")}
            for edge in (step, code.whole("add", step, "1"))
        )
        states = ((base, of["second"]), (of["second"], of["third"]), (of["third"], made))
        fronts = ((before, None), (after, None), (before, after))
        for (kept, counts), (now, then), (at, also) in zip(STAGES_OF_STEP, states, fronts, strict=True):
            with code.loop(self.cells) as cell:
                self._set_front(cell, before, after, at, also)
            code.store(D, number(kept), code.at(of["part"], "1"))
            code.store(D, number(counts), code.at(of["part"], "2"))
            self._call("stage", base, now, then)
        self.watched.add(made, of["third"], base)
        code.put(f"store ptr {made}, ptr {self.base_room}")
        code.put(f"store ptr {base}, ptr {self.next_room}")
        noon = code.load(D, code.at(of["noons"], place))
        with code.only_if(code.get(f"fcmp ogt double {noon}, {number(0.0)}")):
            code.put(f"call void @copy(ptr {of['noon']}, ptr {made}, i64 {of['state_size']})")

    def _set_front(self, cell: str, before: dict[str, str], after: dict[str, str], at: dict[str, str], also: object
                   ) -> None:
        """Write what the front passes in a step.

        It includes where the front stands in a stage.
        """
        code = self.code
        lane = code.whole("mul", cell, str(LANES))
        place = code.at(self.of["front"], code.whole("mul", cell, str(2 * LANES)))
        alive = [code.load(V, code.at(edge["alive"], lane)) for edge in (after, before)]
        due = code.paired("max", V, code.paired("sub", V, *alive), eight(0.0))
        code.store(V, due, place)
        entered = code.load(V, code.at(at["entered"], lane))
        if also:
            later = code.load(V, code.at(after["entered"], lane))
            entered = code.paired("mul", V, code.paired("add", V, entered, later), eight(0.5))
        code.store(V, entered, code.at(place, str(LANES)))

    # What detention remembers.

    def start(self, kind: Kind) -> str:
        """Return where a block of the state starts."""
        return self.code.load("i64", self.code.at(self.of["starts"], str(KINDS.index(kind)), "i64"))

    def cell(self, where: str, cell: str, number_: int) -> str:
        """Return the address of a number by group and country.

        It is a number of a state.
        """
        code = self.code
        block = code.at(code.at(where, self.start(self.both)),
                        code.whole("mul", cell, str(self.state.counts[self.both] * LANES)))
        return code.at(block, str(number_ * LANES))

    def _inside(self, where: str, cell: str, name: str) -> str:
        """Return the address of what detention remembers."""
        return self.cell(where, cell, self.state.slots[f"state/inside_{name}"].first)

    def _fronts(self, day: str, row: str, grid: str, many: str) -> None:
        """Write people inside and entries up to the front.

        They are at the edges of all steps of a day.
        """
        code, of = self.code, self.of
        latest = code.whole("sub", code.whole("mul", day, str(A_DAY)), "1")
        with code.loop(code.whole("add", many, "1")) as edge, code.loop(of["countries"]) as country:
            passed = code.load(D, code.at(of["passed"], code.whole("add", grid, edge)))
            start = code.load(D, code.at(row, code.whole("add", of["front_column"], country)))
            moves = code.load(D, code.at(row, code.whole("add", of["moves_column"], country)))
            day_of_entry = code.get(f"fadd double {start}, {code.get(f'fmul double {moves}, {passed}')}")
            entry = code.get(f"fmul double {day_of_entry}, {number(float(A_DAY))}")
            low = self._edge_below(entry, latest)
            part = code.get(f"fsub double {entry}, {code.get(f'sitofp i64 {low} to double')}")
            first = code.whole("mul", code.whole("add", low, str(BEFORE * A_DAY)), self.lanes)
            with code.loop(of["blocks"]) as block:
                lane = code.whole("mul", code.whole("add", code.whole("mul", country, of["blocks"]), block), str(LANES))
                place = code.whole("add", first, lane)
                to = code.whole("add", code.whole("mul", edge, self.lanes), lane)
                self._between(place, lane, to, code.splat(part))

    def _edge_below(self, entry: str, latest: str) -> str:
        """Return the last edge kept up to a day of entry."""
        code = self.code
        whole = code.get(f"fptosi double {entry} to i64")
        above = code.get(f"fcmp ogt double {code.get(f'sitofp i64 {whole} to double')}, {entry}")
        low = code.whole("sub", whole, code.get(f"zext i1 {above} to i64"))
        for test, bound in (("slt", str(-BEFORE * A_DAY)), ("sgt", latest)):
            low = code.get(f"select i1 {code.get(f'icmp {test} i64 {low}, {bound}')}, i64 {bound}, i64 {low}")
        return low

    def _between(self, place: str, lane: str, to: str, part: str) -> None:
        """Write entries up to the front, between two kept edges.

        It includes the people inside who entered by the front.
        """
        code, of = self.code, self.of
        now = code.load(V, code.at(of["lost_now"], lane))
        ends = []
        for edge in (place, code.whole("add", place, self.lanes)):
            alive, lost, entered = (code.load(V, code.at(of[name], edge)) for name in ("alive", "lost", "entered"))
            left = code.get(f"call {V} @exp.v({V} {code.paired('sub', V, lost, now)})")
            ends.append((code.paired("mul", V, alive, left), entered))
        for name, one, other in zip(("alive", "entered"), *ends, strict=True):
            more = code.paired("mul", V, code.paired("sub", V, other, one), part)
            code.store(V, code.paired("add", V, one, more), code.at(of[f"edge_{name}"], to))

    def _remember(self, day: str) -> None:
        """Keep what is remembered of the noon and the end of a day."""
        code, of = self.code, self.of
        edge = code.whole("add", code.whole("mul", code.whole("add", day, str(BEFORE)), str(A_DAY)), "1")
        first = code.whole("mul", edge, self.lanes)
        with code.loop(self.cells) as cell:
            lane = code.whole("mul", cell, str(LANES))
            noon = code.whole("add", first, lane)
            before = code.load(V, code.at(of["lost_now"], lane))
            for where, place in ((of["noon"], noon), (of["today"], code.whole("add", noon, self.lanes))):
                for name in ("entered", "alive"):
                    code.store(V, code.load(V, self._inside(where, cell, name)), code.at(of[name], place))
                survival = code.paired("max", V, eight(NOBODY), code.load(V, self._inside(where, cell, "survival")))
                log = code.get(f"call {V} @log.v({V} {survival})")
                lost = code.paired("sub", V, before, log)
                code.store(V, lost, code.at(of["lost"], place))
            code.store(V, lost, code.at(of["lost_now"], lane))

    # What is kept.

    def _keep(self, day: str) -> None:
        """Keep daily numbers, and every week all flows and stocks."""
        code, of = self.code, self.of
        for buffer, lists in ((of["today"], of["stock_lists"]), (of["sums"], of["sum_lists"])):
            code.put(f"call void @gather(ptr {buffer}, ptr {lists}, i64 {day})")
        code.store(D, code.load(D, self.taken_room), code.at(of["steps"], day))
        with code.only_if(code.get(f"icmp ne ptr {of['weeks']}, null")):
            self._keep_week(day)

    def _keep_week(self, day: str) -> None:
        """Add the day to the running totals of all cells.

        At the end of a week, keep them and the state.
        """
        code, of = self.code, self.of
        kept = {name: code.get(f"load ptr, ptr {code.at(of['weeks'], str(k), 'i64')}") for k, name in enumerate(WEEKS)}
        code.put(f"call void @grow(ptr {kept['sum']}, ptr {of['sums']}, i64 {of['sums_size']})")
        tomorrow = code.whole("add", day, "1")
        sunday = code.get(f"icmp eq i64 {code.whole('srem', tomorrow, '7')}, 0")
        last = code.get(f"icmp eq i64 {tomorrow}, {of['days']}")
        with code.only_if(code.get(f"or i1 {sunday}, {last}")):
            week = code.whole("sdiv", day, "7")
            for to, what, size in (("sums", kept["sum"], "sums_size"), ("states", of["today"], "state_size")):
                place = code.at(kept[to], code.whole("mul", week, of[size]))
                code.put(f"call void @copy(ptr {place}, ptr {what}, i64 {of[size]})")


ADDRESSES = frozenset(FIELDS) - {
    "groups", "countries", "blocks", "days", "columns", "inputs", "front_column", "moves_column", "pace_column",
    "everybody_column", "state_size", "sums_size", "finest",
}
assert set(Remembered._fields) >= {"survival", "entered", "alive"}
