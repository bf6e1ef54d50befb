"""The answers that the page of the search shows."""

import re


def answers_in(html: str) -> list[tuple[str, list[str]]]:
    """Return each stance that is shown as an answer, with who holds it."""
    found = re.findall(r'<div class="search-answer.*?</div>', html, re.DOTALL)
    return [
        (
            re.sub(
                r"<[^>]+>", "", re.search(r'<span class="stance.*?</p>', one, re.DOTALL)[0]
            ).strip(),
            re.findall(r"/positions/[^\"]+\"><bdi>(.*?)</bdi>", one),
        )
        for one in found
    ]
