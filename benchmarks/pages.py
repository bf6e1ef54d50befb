"""The pages that are measured: one address each, below the dossier or from the root."""

# The dossier of benchmarks.an_article.
ONE_ARTICLE = "one-article"
# How lists can be sorted, besides their default order.
ORDERS_OF_POSITIONS = ("actor", "-actor", "issue", "stance", "summary", "said", "voice")
ORDERS_OF_ARTICLES = (
    "title",
    "source",
    "published",
    "language",
    "coverage",
    "-positions",
    "-passages",
)

# Lists and readers are measured without the cache.
MADE_ANEW = ("positions, ", "articles, ", "actors", "issues", "sources", "reader")


def _chosen(name: str, number: int) -> str:
    """Return the query string that chooses the first ones; they are the most reported."""
    return "&".join(f"{name}={name}-{n}" for n in range(number))


def addresses(size: int) -> dict[str, str]:
    """Return the addresses of the pages, by name, in the generated dossier of a size."""
    compared = f"compare/?{_chosen('actor', 6)}&{_chosen('issue', 20)}"
    pages = {
        "compare 6 x 20": compared,
        "compare 6 x 20, first look": compared,
        "compare 6 x 20, not changed": compared,
        "compare 12 x 40": f"compare/?{_chosen('actor', 12)}&{_chosen('issue', 40)}",
        "compare 6 x 20, one cell open": f"{compared}&open=actor-0.issue-0",
        "compare, choosing issues": "compare/?choose=issues",
        "issue": "issues/issue-0/",
        "issue, first look": "issues/issue-0/",
        "actor": "actors/actor-0/",
        "actor, first look": "actors/actor-0/",
        "actor, first of all": "actors/actor-0/",
        "timeline of an issue": "timeline/?issue=issue-0",
        "timeline, first look": "timeline/?issue=issue-0",
        "timeline of an actor": "timeline/?by=actor&actor=actor-0",
        "positions, first page": "positions/",
        "positions, not changed": "positions/",
        "positions, page 1,000": f"positions/?page={min(1_000, size // 50)}",
        "positions, filtered": "positions/?actor=actor-0&voice=document&since=2014-01-01",
        "positions, of an issue": "positions/?issue=issue-0",
        **{f"positions, by {name}": f"positions/?sort={name}" for name in ORDERS_OF_POSITIONS},
        "articles, first page": "articles/",
        **{f"articles, by {name}": f"articles/?sort={name}" for name in ORDERS_OF_ARTICLES},
        "articles, filtered": "articles/?source=source-1&since=2014-01-01",
        "actors": "actors/",
        "issues": "issues/",
        "sources": "sources/",
        "reader": f"articles/article-{size // 20}/",
        "reader, 64 positions": f"/dossiers/{ONE_ARTICLE}/articles/a-long-one/",
        "agreement, 200 actors": "agreement/",
        "agreement, first look": "agreement/",
        "search, a rare word": f"/search/?dossier=generated-{size}&q=amnesty+venue+fernia",
        "search, a common word": f"/search/?dossier=generated-{size}&q=talks",
        "overview": "",
        "home": "/",
    }
    root = f"/dossiers/generated-{size}/"
    return {name: page if page.startswith("/") else f"{root}{page}" for name, page in pages.items()}
