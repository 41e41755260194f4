"""Pages on paper: what Chromium prints, as text, page by page."""

import shutil
import subprocess
from pathlib import Path

TOOLS = ("chromium", "pdfinfo", "pdftotext")
SIZE = {"summary": "size: auto;"}


def can_print() -> bool:
    """Whether Chromium and the tools that read its pages are here."""
    return all(shutil.which(tool) for tool in TOOLS)


def pages(folder: Path, name: str, paper: str, scratch: Path) -> list[str]:
    """The text of each printed page. Args: name, of the page, without its ending; scratch, an own folder."""
    html = (folder / f"{name}.html").read_text(encoding="utf-8")
    size = "size: auto;" if "size: auto;" in html else "size: A4;"
    assert size in html
    page, sheet = scratch / f"{name}_{paper}.html", scratch / f"{name}_{paper}.pdf"
    page.write_text(html.replace("size: A4;", f"size: {paper};").replace("size: auto;", f"size: {paper};"),
                    encoding="utf-8")
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                    f"--print-to-pdf={sheet}", page.as_uri()], check=True, capture_output=True)
    text = subprocess.run(["pdftotext", "-layout", sheet, "-"], check=True, capture_output=True, text=True).stdout
    return text.removesuffix("\f").split("\f")
