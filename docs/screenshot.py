"""The picture of the page in the README: ``python docs/screenshot.py kring.html``.

Needs Playwright (``pip install playwright``) and a Chromium of the system.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

OUT = Path(__file__).parent / "figures" / "explore.png"
LINK = "lang=en&offer=1&mobilisation_hours=30&independent_convener=1&network_makes_plan=1"
SIZE = {"width": 1200, "height": 980}


def main() -> None:
    """Open the page that is given, choose a conference for all, and keep what is on the screen."""
    with sync_playwright() as playing:
        chromium = playing.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = chromium.new_page(viewport=SIZE)
        page.goto(f"{Path(sys.argv[1]).resolve().as_uri()}#{LINK}")
        page.wait_for_selector("body[data-shown]")
        page.screenshot(path=OUT)
        chromium.close()


if __name__ == "__main__":
    main()
