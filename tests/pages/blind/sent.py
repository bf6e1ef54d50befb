"""What a blind reading sends, and the dossier that most are in."""

import re
from html import unescape

TALKS = "/dossiers/talks/"


def all_that_is_sent(response, token: str) -> str:
    """Return the whole response in words: headers, cookies and page, without the token.

    The site's own name, which is on every page whatever is compared, is left out as well, and so
    are the lists to guess from, which are the same for all letters.
    """
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    page = response.content.decode().replace(token, "")
    page = re.sub(r'(?s)<a class="brand".*?</a>|· Astana</title>', "", page)
    page = re.sub(r'(?s)<select id="guess-.*?</select>', "", page)
    return unescape(f"{headers}\n{response.cookies}\n{page}")
