"""Chromium for journeys through the panel: pages that fail on an error of their own and on a request that leaves."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

FRONT = Path(__file__).parents[3] / "mixedmig_model" / "present" / "panel" / "front"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STAND_IN = "http://panel.test/"
"""An address that nobody answers: what the page asks for there, the test answers itself."""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Panel</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/panel.css"></head>
<body class="mm-page"><main id="root"></main></body></html>"""
INNER = """
export const inner = { csvCell, fromFragment, gapShown, linePath, monthTicks, plain, readNumber, sameState, signed,
                       toFragment };
"""
"""What tests of single functions take out of the module; the product exports none of it."""
SIZES = ((1440, 900), (820, 1180), (390, 844))


def joined(ending: str) -> str:
    """Return the files of the front end with one ending as one text, in their order."""
    names = (FRONT / "order.txt").read_text(encoding="utf-8").split()
    return "\n".join((FRONT / name).read_text(encoding="utf-8") for name in names if name.endswith(ending))


def chromium() -> str:
    """Return where the system's Chromium is, or skip the test with words."""
    pytest.importorskip("playwright", reason="playwright is not installed: the journeys need it")
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: the journeys need one")
    return found


@contextmanager
def launched() -> Iterator[Any]:
    """Yield a browser without a window."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watch:
    """Notes errors of a page, and requests to other hosts than those allowed."""

    def __init__(self, page: Any, *hosts: str | None, console: bool = True) -> None:
        self.page, self.hosts, self.faults = page, hosts, []
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        if console:
            page.on("console", self.console)
        page.on("dialog", self.dialog)
        page.on("request", lambda request: self.requested(request.url))
        page.on("websocket", lambda one: self.requested(one.url))

    def console(self, message: Any) -> None:
        """Note errors that the page has written down."""
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def dialog(self, dialog: Any) -> None:
        """Note a window that a script has opened, and close it; JupyterLab may ask whether a page may be left."""
        if dialog.type != "beforeunload":
            self.faults.append(f"dialog: {dialog.message}")
        dialog.accept()

    def requested(self, address: str) -> None:
        """Note a request that leaves the machine."""
        parts = urlsplit(address)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname not in self.hosts:
            self.faults.append(f"request: {address}")

    def check(self) -> None:
        """Fail where the page had an error or a request left."""
        assert self.faults == []

    def check_all_but(self, word: str) -> None:
        """Fail as ``check``; lines of the console with a word are meant, since a server was stopped."""
        assert [one for one in self.faults if not (one.startswith("console:") and word in one)] == []


def opened(browser: Any, size: tuple[int, int] = SIZES[0], options: str = "{}", **context: Any) -> tuple[Any, Watch]:
    """Return a page with the panel over the stand-in, ready to be used.

    Args: options, of the stand-in, as JavaScript.
    """
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, **context)
    watch = Watch(page, "panel.test")
    files = {"/": ("text/html", PAGE), "/panel.js": ("text/javascript", joined(".js") + INNER),
             "/panel.css": ("text/css", joined(".css")), "/favicon.ico": ("image/x-icon", "")}

    def answer(route: Any) -> None:
        kind, text = files[urlsplit(route.request.url).path]
        route.fulfill(content_type=kind, body=text)

    page.route(f"{STAND_IN}**", answer)
    page.goto(STAND_IN)
    page.add_script_tag(content=Path(__file__).with_name("stand_in.js").read_text(encoding="utf-8"))
    page.evaluate(f"""async () => {{
        const {{ mount, inner }} = await import("/panel.js");
        window.inner = inner;
        window.python = standIn({options});
        mount(document.getElementById("root"), python.transport);
    }}""")
    page.wait_for_selector(".mm-drawing")
    return page, watch


def slider(page: Any, name: str) -> Any:
    """Return the slider of an input."""
    return page.locator(f"[data-lever='{name}'] input[type=range]").first


def press(page: Any, name: str, key: str, times: int = 1) -> None:
    """Press a key in the slider of an input."""
    slider(page, name).focus()
    for _ in range(times):
        page.keyboard.press(key)


def settled(page: Any) -> None:
    """Wait until what is shown is what was asked for last."""
    page.wait_for_selector(".mm-panel[data-shown=newest]", state="attached")


def announced(page: Any) -> str:
    """Return what the live region says of a settled move."""
    page.wait_for_function("document.querySelector('.mm-live').textContent")
    return page.locator(".mm-live").inner_text()


def digest(page: Any) -> str:
    """Return the digest that the panel shows."""
    return page.locator(".mm-digest").get_attribute("title")


def serious(page: Any, part: str = "html") -> list[str]:
    """Return serious and critical faults that axe finds in a part of a page, with where."""
    package = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed: accessibility needs it")
    script = Path(package.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    page.evaluate(script)
    found = page.evaluate("(part) => axe.run(part, { resultTypes: ['violations'] })", part)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]} ({len(one['nodes'])})"
            for one in found["violations"] if one["impact"] in ("serious", "critical")]


CASE = "andaman_sea_2015"
START_SECONDS = 240
"""A server may have to compile first, on a machine that does other things too."""


def own_workspace(root: Path, folder: Path) -> Path:
    """Return a workspace with one case that a journey may write to."""
    shutil.copytree(root / "parameters", folder / "parameters",
                    ignore=lambda path, names: [name for name in names if Path(path).name == "cases" and name != CASE])
    return folder


class Server(NamedTuple):
    """A running server: its address with the token, and its process."""

    address: str
    process: subprocess.Popen[str]


@contextmanager
def running(command: Sequence[str], ready: str, **environment: str) -> Iterator[Server]:
    """Yield a server that says where it is in a line with some text, while its process runs."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               env=os.environ | {"PYTHONUNBUFFERED": "1"} | environment)
    assert process.stdout is not None
    said: list[str] = []
    reader = None
    try:
        for line in process.stdout:
            said.append(line)
            found = re.search(rf"http://127\.0\.0\.1:\S*{ready}\S*", line)
            if found:
                break
        else:
            raise AssertionError("the server ended before it said its address:\n" + "".join(said))
        reader = threading.Thread(target=lambda: [None for _ in process.stdout], daemon=True)
        reader.start()
        wait_for(int(str(urlsplit(found[0]).port)))
        yield Server(found[0], process)
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)
        if reader is not None:
            reader.join(timeout=10)
        process.stdout.close()


def wait_for(port: int) -> None:
    """Wait until somebody listens on a port; a server may say its address before it does."""
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < end, f"nobody listens on port {port}"
            time.sleep(0.1)
        else:
            return


def served(workspace: Path, *options: str, **environment: str) -> AbstractContextManager[Server]:
    """Return the app on a case, while its process runs."""
    return running([sys.executable, "-m", "mixedmig_model.cli", "app", CASE, "--no-browser", "--workspace",
                    str(workspace), *options], "token=", **environment)


def lab_served(workspace: Path, **environment: str) -> AbstractContextManager[Server]:
    """Return JupyterLab in a workspace, while its process runs."""
    return running([sys.executable, "-m", "mixedmig_model.cli", "lab", "--no-browser", "--port", str(free_port()),
                    "--workspace", str(workspace)], "token=", **environment)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def at_app(browser: Any, address: str, size: tuple[int, int] = SIZES[0], **context: Any) -> tuple[Any, Watch]:
    """Return a page of the app, ready to be used."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, **context)
    watch = Watch(page, "127.0.0.1")
    page.goto(address)
    page.wait_for_selector(".mm-drawing path.mm-now[d^=M]", state="attached", timeout=1000 * START_SECONDS)
    return page, watch
