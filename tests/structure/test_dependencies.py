"""What is installed where: LLVM wherever there are wheels of it, and nothing that pip would have to build."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

SYSTEMS = {
    "linux": {"sys_platform": "linux", "platform_machine": "x86_64", "platform_system": "Linux", "os_name": "posix"},
    "linux on arm": {
        "sys_platform": "linux", "platform_machine": "aarch64", "platform_system": "Linux", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_machine": "AMD64", "platform_system": "Windows", "os_name": "nt"},
    "mac": {"sys_platform": "darwin", "platform_machine": "arm64", "platform_system": "Darwin", "os_name": "posix"},
    "mac with an Intel processor": {
        "sys_platform": "darwin", "platform_machine": "x86_64", "platform_system": "Darwin", "os_name": "posix"},
}
PYTHONS = {"3.11": "3.11.7", "3.12": "3.12.4", "3.13": "3.13.1"}
WITHOUT = "mac with an Intel processor"
"""Where llvmlite has no wheels since 0.46, and pip would try to build it."""
GONE = re.compile(r"\b(jax|jaxlib|xla)\b", re.I)
"""What the package no longer depends on."""
ENDINGS = {".py", ".md", ".toml", ".txt", ".yaml", ".ipynb", ".csv", ".c", ".mjs", ".cff", ".html", ".json"}


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def pinned(root):
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if re.match(r"[a-z]", line)]


def there(system, python):
    """Everything that a marker may ask of a computer."""
    return SYSTEMS[system] | {
        "platform_python_implementation": "CPython", "implementation_name": "cpython", "extra": "",
        "python_version": python, "python_full_version": PYTHONS[python],
    }


def installed(requirements, system, python):
    """What of some requirements is installed on a computer, by name."""
    chosen = [one for one in requirements if one.marker is None or one.marker.evaluate(there(system, python))]
    found = {canonicalize_name(one.name): one for one in chosen}
    assert len(found) == len(chosen), "asked for twice"
    return found


@pytest.mark.parametrize("python", list(PYTHONS))
@pytest.mark.parametrize("system", list(SYSTEMS))
def test_llvmlite_is_installed_wherever_it_has_wheels(project, pinned, system, python):
    assert SpecifierSet(project["requires-python"]).contains(PYTHONS[python])
    asked = installed(map(Requirement, project["dependencies"]), system, python)
    fixed = installed(pinned, system, python)
    for names in (asked, fixed):
        assert ("llvmlite" in names) == (system != WITHOUT)
        assert {"numpy", "scipy", "xarray"} <= set(names)
        assert not [name for name in names if GONE.search(name)]
    assert set(asked) <= set(fixed), "nothing is installed in a version that was not tried"
    for extra in project["optional-dependencies"].values():
        more = installed(map(Requirement, extra), system, python)
        assert "llvmlite" not in more
        assert set(more) <= set(fixed)
        asked |= more
    for name, one in asked.items():
        version, = fixed[name].specifier
        assert version.operator == "=="
        assert one.specifier.contains(version.version), f"{one} is asked for, {fixed[name]} is pinned"


def test_what_was_before_the_kernel_is_nowhere(root):
    """But for the changelog, which says that it went."""
    folders = ("mixedmig_model", "tests", "docs", "parameters", "workbooks")
    files = [path for folder in folders for path in (root / folder).rglob("*") if path.suffix in ENDINGS]
    files += [path for path in root.iterdir() if path.is_file() and path.name != "CHANGELOG.md"]
    assert len(files) > 300
    own = root / "tests" / "structure" / "test_dependencies.py"
    found = [path.relative_to(root).as_posix() for path in files
             if path != own and GONE.search(path.read_text(encoding="utf-8", errors="ignore"))]
    assert found == []
