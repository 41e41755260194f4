"""Rules for what documents and code point at: links, paths, and sections of the model's description."""

import re
from collections.abc import Iterator
from pathlib import Path

from structure.source import NAME, Faults

LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)(?: \"[^\"]*\")?\)")
NAMED = re.compile(r"`{1,2}([\w./-]+\.(?:py|md|ipynb|yaml|csv|toml|txt))`{1,2}")
PATH_ENDINGS = (".py", ".md", ".ipynb")
"""Files that a bare name must name; tables and cases of a bare name are a user's own."""
CITED = re.compile(r"model\.md[`\])]*(?:\(model\.md\))? (\d+(?:\.\d+)?(?:(?:, | and )\d+(?:\.\d+)?)*)")
FILLED_IN = re.compile(r"(^|/)(CASE|NAME|DIR|FILE)\b")
"""A part of a path that its user fills in."""
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
LEFT_OUT = {"reports", "node_modules", "build", "dist", "__pycache__"}


def files(root: Path, *endings: str) -> Iterator[Path]:
    """Yield the files of the repository with these endings, without environments and results."""
    for path in sorted(root.iterdir()):
        if path.is_dir() and path.name not in LEFT_OUT and not path.name.startswith("."):
            yield from files(path, *endings)
        elif path.suffix in endings:
            yield path


def anchors(text: str) -> set[str]:
    """Return the names by which the headings of a page can be linked to."""
    heads = re.findall(r"^#+ +(.+?) *$", FENCE.sub("", text), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", re.sub(r"\]\([^)]*\)", "", head).lower()) for head in heads]
    return {head.strip().replace(" ", "-") for head in plain}


def broken_links(root: Path) -> Faults:
    """Find relative links in Markdown that lead to no file, or to no heading of it."""
    faults = []
    for page in files(root, ".md"):
        for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            file = page.parent / name if name else page
            whole = file.exists() and (not anchor or anchor in anchors(file.read_text(encoding="utf-8")))
            faults += [] if whole else [f"links: {page.relative_to(root).as_posix()}: {target}"]
    return faults


def exists(root: Path, page: Path, name: str) -> bool:
    """Tell whether a path names a file: from the root, from the page, or short, below the package or the workspace."""
    starts = (root, page.parent, root / NAME, root / "parameters", root / "docs", root / "workbooks")
    if any((start / name).is_file() for start in starts):
        return True
    bare = "/" not in name
    return bare and (not name.endswith(PATH_ENDINGS) or any(path.name == name for path in files(root, *PATH_ENDINGS)))


def missing_paths(root: Path) -> Faults:
    """Find paths between backticks in Markdown and in code that name no file."""
    faults = []
    for page in files(root, ".md", ".py"):
        if page.suffix == ".py" and page.relative_to(root).parts[0] != NAME:
            continue
        for name in sorted(set(NAMED.findall(page.read_text(encoding="utf-8")))):
            if not FILLED_IN.search(name) and not exists(root, page, name):
                faults.append(f"paths: {page.relative_to(root).as_posix()}: {name}")
    return faults


def missing_sections(root: Path) -> Faults:
    """Find citations of a section of the model's description that it does not have."""
    known = set(re.findall(r"^## (\d+)\. ", (root / "docs" / "model.md").read_text(encoding="utf-8"), re.MULTILINE))
    faults = []
    for page in files(root, ".md", ".py", ".yaml", ".ipynb"):
        if page.name == "test_links.py":  # cites sections that are not there
            continue
        for cited in CITED.findall(page.read_text(encoding="utf-8")):
            lacking = [number for number in re.split(r", | and ", cited) if number not in known]
            faults += [f"sections: {page.relative_to(root).as_posix()}: model.md {number}" for number in lacking]
    return faults
