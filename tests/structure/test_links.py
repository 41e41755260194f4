"""Links, paths and citations in documents and code lead somewhere."""

import tomllib

from structure import links
from structure.source import none


def repository(folder, **pages):
    """A small repository with these pages; __ stands for a slash."""
    texts = {"docs__model": "# The model\n\n## 1. One idea\n\n## 2. Time and `days`\n", **pages}
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    code = folder / "mixedmig_model" / "equations" / "table.py"
    code.parent.mkdir(parents=True)
    code.write_text('"""Flows (``model.md`` 2)."""\n', encoding="utf-8")
    return folder


def test_every_relative_link_leads_to_a_file_and_a_heading(root):
    none(links.broken_links(root))


def test_a_broken_link_is_reported(tmp_path):
    page = "[a](docs/model.md) [b](docs/modle.md) [c](https://e.org/x.md) [d](docs/model.md#2-time-and-days) [e](#f)\n"
    assert links.broken_links(repository(tmp_path, README=f"{page}\n```\n[g](h.md)\n```\n")) == [
        "links: README.md: docs/modle.md", "links: README.md: #f"]


def test_every_path_between_backticks_names_a_file(root):
    none(links.missing_paths(root))


def test_a_path_that_names_no_file_is_reported(tmp_path):
    page = "`equations/table.py` `mixedmig_model/equations/table.py` `table.py` `docs/model.md` `case.yaml`\n"
    root = repository(tmp_path, README=f"{page}`equations/rows.py` `rows.py`", docs__a="``table.py`` ``study/b.md``")
    assert links.missing_paths(root) == [
        "paths: README.md: equations/rows.py", "paths: README.md: rows.py", "paths: docs/a.md: study/b.md"]


def test_every_cited_section_of_the_model_is_there(root):
    none(links.missing_sections(root))


def test_a_cited_section_that_the_model_lacks_is_reported(tmp_path):
    root = repository(tmp_path, README="`model.md` 1 and 3; model.md 8.1.\n", docs__a="[model.md](model.md) 2, see 9")
    assert links.missing_sections(root) == ["sections: README.md: model.md 3", "sections: README.md: model.md 8.1"]


def test_the_citation_and_the_changelog_name_the_version_of_the_package(root):
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"\nversion: {version}\n" in (root / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## [{version}] - " in (root / "CHANGELOG.md").read_text(encoding="utf-8")
