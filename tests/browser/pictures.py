"""`make screenshots`: pictures of every page, wide and narrow, light and dark, to look at."""

from pathlib import Path

import pytest

from tests.browser.addresses import ADDRESSES, SIGNED_IN

FOLDER = Path("screenshots")


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_picture(visit, name, dark):
    FOLDER.mkdir(exist_ok=True)
    page = visit(ADDRESSES[name], dark=dark, signed_in=SIGNED_IN.get(name, False))
    for width, height in ((1440, 1000), (768, 1024), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        file = f"{name.replace(':', '-')}.{width}.{'dark' if dark else 'light'}.png"
        picture = page.screenshot(path=FOLDER / file, full_page=True)
        assert picture
