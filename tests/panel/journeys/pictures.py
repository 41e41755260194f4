"""Take the pictures of the panel that docs show: python tests/panel/journeys/pictures.py"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "tests"))

from panel.journeys.browsing import SIZES, at_app, launched, own_workspace, press, served, settled  # noqa: E402

TARGET = ROOT / "docs" / "pictures"
NAMES = dict(zip(SIZES, ("panel.png", "panel_medium.png", "panel_small.png"), strict=True))
LEVER, KEY = "journey.refused_share", "Home"
PAUSE = 3000
"""Milliseconds until the cost has come."""


def take(target: Path) -> None:
    """Take all pictures: nobody is refused to land, at three sizes, in a presentation, and as some people see."""
    with (tempfile.TemporaryDirectory() as folder, launched() as browser,
          served(own_workspace(ROOT, Path(folder))) as server):
        for size, name in NAMES.items():
            page, watch = at_app(browser, server.address, size)
            press(page, LEVER, KEY)
            settled(page)
            page.evaluate("() => { scrollTo(0, 0); document.activeElement.blur(); }")
            page.wait_for_timeout(PAUSE)
            page.screenshot(path=target / name)
            if size == SIZES[0]:
                seen = page.context.new_cdp_session(page)
                seen.send("Emulation.setEmulatedVisionDeficiency", {"type": "deuteranopia"})
                page.screenshot(path=target / "panel_colours.png")
                seen.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
                page.get_by_role("button", name="Present", exact=True).click()
                page.wait_for_timeout(PAUSE)
                page.screenshot(path=target / "panel_present.png")
            watch.check()
            page.close()


if __name__ == "__main__":
    take(TARGET)
