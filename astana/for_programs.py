"""What programs may read: the lists of pages, and the tables that pages work out for them.

Each page says in its own folder what it shows; here is what of it the API has too.
"""

from astana.pages.actors.presenter import LIST as ACTORS
from astana.pages.agreement.for_programs import AGREEMENT, STATEMENTS
from astana.pages.articles.presenter import LIST as ARTICLES
from astana.pages.compare.for_programs import COMPARE
from astana.pages.events.presenter import LIST as EVENTS
from astana.pages.issues.presenter import LIST as ISSUES
from astana.pages.positions.presenter import LIST as POSITIONS
from astana.web.api.offered import offer
from astana.web.api.records import offer_list


def offer_all() -> None:
    """Let the API have the tables; the site does so when its addresses are loaded."""
    for listing in (POSITIONS, ISSUES, ACTORS, ARTICLES, EVENTS):
        offer_list(listing)
    for table in (COMPARE, AGREEMENT, STATEMENTS):
        offer(table)
