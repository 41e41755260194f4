"""How fast the panel answers, what it costs, and how large it is: printed next to the aims, with floors that hold."""

import json
import os
import threading
import time
import zlib
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import pytest
from panel.journeys.browsing import FRONT, at_app, own_workspace, served, settled, slider
from panel.journeys.figures import busy, moves, painted_in_time, quiet_only, report, share_below

LEVER = "reception.places"

@pytest.fixture(scope="module")
def server(browser, root, tmp_path_factory):
    with served(own_workspace(root, tmp_path_factory.mktemp("figures"))) as one:
        yield one


@pytest.fixture
def panel(browser, server):
    page, watch = at_app(browser, server.address)
    page.set_default_timeout(60_000)
    page.get_by_label("Search levers").fill(LEVER)
    slider(page, LEVER).wait_for()
    yield page
    watch.check()
    page.close()


@pytest.mark.slow
def test_a_move_is_painted_while_it_is_still_felt(panel):
    painted_in_time(panel, LEVER, where="in the app", aim_rest=25)


@pytest.mark.slow
def test_a_drag_shows_pictures_and_nothing_stale_after_it(panel):
    load = busy()
    panel.evaluate("""() => {
        performance.clearMeasures();
        window.seen = { blank: 0, heights: new Set() };
        const look = () => {
            const drawn = document.querySelectorAll(".mm-line.mm-now");
            if (![...drawn].every((one) => one.getAttribute("d"))) seen.blank += 1;
            seen.heights.add(document.documentElement.scrollHeight);
            window.looking = requestAnimationFrame(look);
        };
        look();
        document.addEventListener("pointerup", () => { window.released = performance.now(); }, { capture: true });
    }""")
    box = slider(panel, LEVER).bounding_box()
    middle = box["y"] + box["height"] / 2
    panel.mouse.move(box["x"] + box["width"] / 2, middle)
    panel.mouse.down()
    begun = time.monotonic()
    while (spent := time.monotonic() - begun) < 2.0:
        panel.mouse.move(box["x"] + box["width"] * (0.5 + 0.2 * spent), middle)
        panel.wait_for_timeout(16)
    panel.mouse.up()
    settled(panel)
    released = panel.evaluate("window.released")
    found = moves(panel)
    late = [one["end"] - released for one in found if one["end"] > released]
    seen = panel.evaluate("() => ({ blank: seen.blank, heights: seen.heights.size })")
    report("pictures of a drag of two seconds", len([one for one in found if one["end"] <= released]), "15 or more")
    report("last picture after the slider was let go", f"{max(late, default=0):.0f} ms", "150 ms or less")
    report("pictures after the last one asked for", len(late) - 1 if late else 0, "at most the one in flight")
    report("blank frames; changes of height", f"{seen['blank']}; {seen['heights'] - 1}", "0; 0")
    assert seen == {"blank": 0, "heights": 1}
    assert panel.locator(".mm-late").count() == 0
    quiet_only(load)
    assert len(found) >= 10


@pytest.mark.slow
def test_the_page_is_ready_soon(panel, server):
    ready = panel.evaluate("performance.getEntriesByName('mixedmig ready')[0].startTime")
    spent = processor_time(server.process.pid)
    report("page ready, server up", f"{ready:.0f} ms", "1,000 ms or less")
    report("processor time of the server so far", f"{spent:.1f} s", "6 s at its start")
    quiet_only(busy())
    assert ready <= 3000


def processor_time(pid):
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


@pytest.mark.slow
def test_j13_ten_people_at_a_time_are_answered(server):
    websocket = pytest.importorskip("websocket", reason="websocket-client is not installed")
    parts = urlsplit(server.address)
    waits, faults = [], []

    def person(number):
        connection = websocket.create_connection(f"ws://{parts.netloc}/panel/socket?{parts.query}",
                                                 origin=f"http://{parts.netloc}", timeout=120)
        for k in range(12):
            scale = round(0.5 + 0.05 * ((number * 7 + k * 3) % 20), 2)
            state = {"scenario": "as_it_happened", "levers": [], "changes": [{"parameter": LEVER, "scale": scale}]}
            begun = time.monotonic()
            connection.send(json.dumps({"type": "set", "seq": k + 1, "state": state, "view": "people"}))
            while True:
                frame = connection.recv()
                size = int.from_bytes(frame[:4], "little")
                header = json.loads(frame[4:4 + size])
                if header["type"] == "fault":
                    faults.append(header["text"])
                if header.get("seq") == k + 1 and header["type"] in ("run", "fault"):
                    break
            waits.append(1000 * (time.monotonic() - begun))
            time.sleep(0.5)
        connection.close()

    load = busy()
    people = [threading.Thread(target=person, args=(k,)) for k in range(10)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    found = f"{median(waits):.0f} / {share_below(waits, 0.95):.0f} ms"
    report("ten people: answer, median / 95 %", found, "95 %: 300 ms or less")
    report("ten people: memory of the one process", f"{memory(server.process.pid):.0f} MB", "1,200 MB or less")
    assert faults == []
    assert len(waits) == 120
    assert memory(server.process.pid) <= 1200
    quiet_only(load)
    assert share_below(waits, 0.95) <= 600


def test_the_panel_adds_little_to_the_wheel():
    files = [path for path in FRONT.parent.rglob("*") if path.suffix in (".py", ".js", ".css", ".txt")]
    size = sum(len(zlib.compress(path.read_bytes(), 9)) for path in files)
    report("the panel in the wheel", f"{size / 1000:.0f} kB", "100 kB or less")
    assert size <= 100_000
