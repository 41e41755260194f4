"""A case as one HTML file.

Module, run, program and front end are in it, and a policy that forbids every request.
"""

import base64
import json
import re
from collections.abc import Callable
from hashlib import sha256
from html import escape
from pathlib import Path

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.present.explorer.building import BINDS, factors, page_of, program_of
from mixedmig_model.present.explorer.data import hello_data
from mixedmig_model.present.explorer.page import PageFacts
from mixedmig_model.present.panel.engine import Engine
from mixedmig_model.present.panel.joined import FRONT, ORDER, joined
from mixedmig_model.present.panel.sliders import Slider, sliders
from mixedmig_model.record.words.panel import explorer as words
from mixedmig_model.results.browser.parcels import LOADER, STAYS, WHOLE, whole_parcel
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.study.responses import responses

Order = Callable[[], tuple[Slider, ...]]
"""What returns the sliders in order."""
HERE = Path(__file__).parent / "front"
PARTS = ("runtime.js", "builtins.js", "loops.js", "arrays.js", "numpy.js", "engine.js", "transport.js")
FRAME = "frame.js"
PLACE = re.compile(r"^/\*(engine|panel)\*/$", re.MULTILINE)
"""Where the engine and the panel stand in the frame."""
MOST_BYTES = 5_000_000
POLICY = "; ".join((
    "default-src 'none'", "script-src 'sha256-{digest}' 'wasm-unsafe-eval'", "worker-src blob:",
    "style-src 'unsafe-inline'", "img-src data: blob:", "connect-src 'none'", "base-uri 'none'", "form-action 'none'",
))
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>{title}</title><link rel="icon" href="data:,"><style>{style}</style></head>
<body class="mm-page"><main id="root" data-broken="{broken}"><p>{starting}</p>
<noscript><p>{noscript}</p></noscript></main>
<footer class="mm-about"><p>{about}</p><h2>{not_here}</h2><ul>{items}</ul></footer>
<script type="application/octet-stream" id="mixedmig-module">{module}</script>
<script type="application/octet-stream" id="mixedmig-run">{run}</script>
<script type="application/json" id="mixedmig-data">{data}</script>
<script type="module">{script}</script></body>
</html>
"""
STYLE = """
body { margin: 0; } .mm-about { padding: 0.8rem 1rem; font: 0.95rem/1.5 system-ui, sans-serif; max-width: 60rem; }
.mm-about h2 { font-size: 1rem; }
"""


def explorer_page(engine: Engine, order: Order | None = None) -> str:
    """Return a case as one page.

    Parameters
    ----------
    engine : Engine
        The case and its runs.
    order : callable, optional
        Returns the sliders, the largest effect first; they are in the order of the catalogue if it is not given.

    Returns
    -------
    str
        The page.

    Raises
    ------
    InputFaultsError
        For a case that cannot be such a page.
    """
    inputs, run = engine.inputs, engine.base.numbers.run
    check_case(inputs, run)
    page = page_of(inputs, run)
    chosen = order() if order is not None else sliders(inputs)
    data = {"factors": dict(factors(inputs)), "hello": hello_data(engine, page, chosen, order is not None)}
    script = safe_script(_script(program_of(page, run)))
    policy = POLICY.format(digest=base64.b64encode(sha256(script.encode()).digest()).decode())
    return PAGE.format(
        policy=escape(policy), title=escape(words.TITLE.format(title=inputs.case.title)),
        style=joined("css") + STYLE, broken=escape(words.BROKEN.format(text="")), starting=words.STARTING,
        noscript=words.NO_SCRIPT, about=words.ABOUT, not_here=words.NOT_HERE,
        items="".join(f"<li>{escape(text)}</li>" for text in left_out(inputs, page)),
        module=_bytes(WHOLE.read_bytes()), run=_bytes(whole_parcel(run)), data=safe_json(data), script=script,
    )


def write_explorer(engine: Engine, path: Path, order: Order | None = None) -> int:
    """Write a case as one page, and return its size in bytes.

    Parameters
    ----------
    engine : Engine
        The case and its runs.
    path : Path
        The file.
    order : callable, optional
        Returns the sliders, the largest effect first.

    Returns
    -------
    int
        Bytes of the file.

    Raises
    ------
    InputFaultsError
        For a case that cannot be such a page.
    """
    content = explorer_page(engine, order).encode()
    if len(content) > MOST_BYTES:
        raise InputFaultsError([_fault(engine.inputs, words.TOO_LARGE, words.SMALLER.format(most=MOST_BYTES // 10**6),
                                       f"{len(content) / 1e6:.1f} MB")])
    write_file(path, content)
    return len(content)


def check_case(inputs: CaseInputs, run: RunInputs) -> None:
    """Refuse a case that cannot be a page.

    Raises InputFaultsError with all reasons.
    """
    baseline = inputs.scenario(inputs.case.baseline)
    reasons = (
        (bool(baseline.levers or baseline.changes), words.BASELINE_SETS, words.BASELINE_ALLOWED),
        (bool(responses(run)), words.RESPONDS, words.RESPONDS_ALLOWED),
        (bool(run.parameters[BINDS].values.any()), words.BINDS, words.BINDS_ALLOWED),
        ("sea" in inputs.case.ways and len(inputs.case.ways) > 1, words.SEVERAL_WAYS, words.ONE_WAY),
    )
    if faults := [_fault(inputs, problem, allowed) for found, problem, allowed in reasons if found]:
        raise InputFaultsError(faults)


def _fault(inputs: CaseInputs, problem: str, allowed: str, found: str = "") -> Fault:
    return Fault(f"case {inputs.name}", 0, "", problem, found=found, allowed=allowed)


def left_out(inputs: CaseInputs, page: PageFacts) -> list[str]:
    """Return what is not in the file, in sentences."""
    told = [text.format(case=inputs.name) for text in words.LEFT_OUT]
    for template, known, kept in ((words.LEVERS_LEFT_OUT, inputs.workspace.levers, page.levers),
                                  (words.PLANS_LEFT_OUT, inputs.workspace.presets, page.presets)):
        if titles := [one.title for name, one in known.items() if name not in kept]:
            told.append(template.format(titles="; ".join(titles)))
    return told


def _script(program: str) -> str:
    """Return all code of the page: the engine in a room of its own, then the panel over it."""
    engine = "\n".join(code_of(path) for path in (STAYS, LOADER, *(HERE / name for name in PARTS)))
    names = [name for name in (FRONT / ORDER).read_text(encoding="utf-8").split() if name.endswith(".js")]
    panel = "\n".join((FRONT / name).read_text(encoding="utf-8") for name in names if name != "entry.js")
    whole = (HERE / FRAME).read_text(encoding="utf-8")
    own = f"{engine}\n{program}"
    return "".join({"engine": own, "panel": panel}.get(part, part) for part in PLACE.split(whole))


def code_of(path: Path) -> str:
    """Return a module's text without imports and exports."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line.removeprefix("export ") for line in lines if not line.startswith("import "))


def safe_script(script: str) -> str:
    """Return a script that cannot end its own element.

    Marks of HTML are escaped in its texts.
    """
    return script.replace("</", "<\\/").replace("<!--", "<\\!--")


def safe_json(data: object) -> str:
    """Return data as JSON without any mark of HTML."""
    return json.dumps(data, ensure_ascii=True, allow_nan=False).replace("<", "\\u003c")


def _bytes(content: bytes) -> str:
    return base64.b64encode(content).decode()
