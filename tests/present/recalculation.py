"""What LibreOffice works out of the formulas of a spreadsheet."""

import shutil
import subprocess

import openpyxl
import pytest

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed: nothing recalculates")


def recalculated(path, folder):
    """The values of a spreadsheet after LibreOffice has worked it out.

    It gets a copy without values, so that it cannot show those that were stored.
    """
    (folder / "plain").mkdir()
    openpyxl.load_workbook(path).save(folder / "plain" / path.name)
    path = folder / "plain" / path.name
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run([OFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(path)],
                   check=True, capture_output=True, timeout=180)
    if not (folder / "out" / path.name).exists():
        pytest.skip("this LibreOffice has no Calc: nothing recalculates")
    return openpyxl.load_workbook(folder / "out" / path.name, data_only=True)


def differences(stored, office):
    """Cells whose stored value is not what LibreOffice works out, with both."""
    return [(sheet.title, cell.coordinate, cell.value, theirs)
            for sheet in stored for row in sheet.iter_rows() for cell in row
            if not same(cell.value, theirs := office[sheet.title][cell.coordinate].value)]


def same(ours, theirs):
    """Whether two values of a cell are the same."""
    return theirs == pytest.approx(ours, rel=1e-12, abs=1e-9) if isinstance(ours, float) else (
        (theirs or "") == (ours or ""))
