"""What a workspace says: read by other means than the program's, and as the program has read it.

The first tells whether a mutation changes anything that a reader of the files would see; the second whether the program
has noticed. A change that means something and that the program takes without noticing is ignored in silence.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fuzzing.folders import is_unseen
from fuzzing.workspace import Entry, Tree
from pydantic import BaseModel

NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?")
ANY_NAME = re.compile(r"parameters/(base/(?!groups\.)|costs/(?!money\.)|levers/)[^/.][^/]*\.yaml")
"""Files of folders in which every file is read, whatever its name."""
MOST_BYTES, LONGEST_LINE = 2_000_000, 20_000
"""A file with more, or a line with more, is given to no other reader: some of them would end the process."""
LEFT_OUT = {"locations", "lever_locations", "workspace", "root", "cautions", "unread", "line", "files"}
"""Fields that say where things stand, not what was read, and digests of whole files; the workspace is taken once."""


def meaning(tree: Tree) -> dict[str, str]:
    """Return what each file of a tree says, by path; files that nobody takes for read are left out.

    Files of a folder that is read whole say the same under any name.
    """
    said: dict[str, str] = {}
    for name, entry in tree.items():
        if not is_unseen(name.rpartition("/")[2]):
            text = _of_entry(name, entry)
            key = f"{name.rpartition('/')[0]}: {text}" if ANY_NAME.fullmatch(name) else name
            said[name if key in said else key] = text
    return said


def _of_entry(name: str, entry: Entry) -> str:
    return _of_file(name.rpartition(".")[2], entry) if isinstance(entry, bytes) else repr(entry)


@lru_cache(maxsize=256)
def _of_file(ending: str, content: bytes) -> str:
    try:
        if len(content) > MOST_BYTES or max(map(len, content.splitlines() or [b""])) > LONGEST_LINE:
            raise ValueError("no file that anybody writes")
        text = content.decode("utf-8-sig")
        if ending == "csv":
            rows = csv.reader(io.StringIO(text, newline=""), strict=True)
            return repr([[_cell(cell) for cell in row] for row in rows if any(cell.strip() for cell in row)])
        if ending == "yaml":
            return _canonical(_loaded(text))
    except Exception as error:  # whatever a parser raises: nobody can read it
        return f"unreadable: {type(error).__name__} {sha256(content).hexdigest()}"
    return sha256(content).hexdigest()


def _loaded(text: str) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(text)


def _cell(cell: str) -> object:
    plain = cell.strip()
    return float(plain) if NUMBER.fullmatch(plain) else plain


def _canonical(value: Any) -> str:
    """Return plain data as text: keys in order, numbers as numbers however they are written."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(sorted(f'{_canonical(key)}: {_canonical(one)}' for key, one in value.items()))}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_canonical(one) for one in value)}]"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(float(value)) if abs(value) < 1e300 else repr(value)
    return f"{type(value).__name__} {value!r}"


@dataclass(frozen=True)
class Noticed:
    """What the program has read: digests of everything, and of the numbers of its runs alone."""

    everything: str
    numbers: str


def noticed(root: Path, grid: str = "") -> Noticed:
    """Read a workspace as commands do. Args: grid, a batch file in it. Raises InputFaultsError."""
    from mixedmig_model.inputs.batch import read_batch
    from mixedmig_model.inputs.cases.case import read_case
    from mixedmig_model.inputs.costs.projects import read_projects
    from mixedmig_model.inputs.observations.reproduce import read_reproductions
    from mixedmig_model.inputs.resolving.resolve import resolve
    from mixedmig_model.inputs.traceability import read_traceability
    from mixedmig_model.inputs.workspace import read_workspace
    from mixedmig_model.vocabulary.labels import INDICATOR_KEYS

    workspace = read_workspace(root)
    record: list[Any] = [plain(workspace), list(workspace.cases)]
    numbers = []
    for name in workspace.cases:
        inputs = read_case(workspace, name)
        record += [inputs, read_projects(inputs)]
        numbers += [f"{name} {scenario} {resolve(inputs, scenario).digest}" for scenario in inputs.scenarios]
    if (root / "parameters" / "traceability.yaml").is_file():
        record.append(read_traceability(workspace, INDICATOR_KEYS))
    if (root / "parameters" / "reproduce").is_dir():
        record.append(read_reproductions(workspace))
    if grid:
        record.append(read_batch(root / grid, workspace))
    whole = _canonical(plain([*record, numbers]))
    return Noticed(sha256(whole.encode("utf-8", "backslashreplace")).hexdigest(), "\n".join(numbers))


def plain(value: Any) -> Any:
    """Return records as plain data; of what a file may leave out only what it gives."""
    if isinstance(value, BaseModel):
        return {"": type(value).__name__, **{key: plain(getattr(value, key)) for key in sorted(value.model_fields_set)}}
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value) if one.name not in LEFT_OUT}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(map(repr, value))
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value if isinstance(value, int | float | str) else repr(value)
