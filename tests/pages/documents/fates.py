"""What became of each issue between two texts, as a reader sees it."""

import re

from tests.pages.rows import in_words


def fates(response) -> dict[str, list[str]]:
    """Return the words of each issue, by the group it is in."""
    found: dict[str, list[str]] = {}
    html = response.content.decode()
    for group, fate in re.findall(
        r'<li class="sheet fate (\w+)">(.*?</dl>.*?)(?=<li class="sheet fate|</section>)',
        html,
        re.DOTALL,
    ):
        found.setdefault(group, []).append(in_words(fate))
    return found
