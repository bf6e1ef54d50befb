"""The address of every page in a dossier of the tests, and who opens it."""

from django.urls import reverse

from astana.models import Challenge, Upload
from tests.permissions import OF_NOBODY

# A page that is not here fails `test_every_page_is_tested`. The names are those of the first of
# each noun in `a_large_dossier`.
ADDRESSES = {
    "home:index": {},
    "search:index": {},
    "dossiers:detail": {"dossier": "talks"},
    "compare:matrix": {"dossier": "talks"},
    "issues:index": {"dossier": "talks"},
    "issues:detail": {"dossier": "talks", "issue": "issue-0"},
    "issues:new": {"dossier": "talks"},
    "issues:edit": {"dossier": "talks", "issue": "issue-0"},
    "actors:index": {"dossier": "talks"},
    "actors:detail": {"dossier": "talks", "actor": "actor-0"},
    "articles:index": {"dossier": "talks"},
    "articles:detail": {"dossier": "talks", "article": "article-0"},
    "articles:new": {"dossier": "talks"},
    "codings:article": {"dossier": "talks", "article": "article-0"},
    "codings:edit": {"dossier": "talks", "position": "p0"},
    "links:of_position": {"dossier": "talks", "position": "p0"},
    "positions:index": {"dossier": "talks"},
    "positions:detail": {"dossier": "talks", "position": "p0"},
    "events:index": {"dossier": "talks"},
    "events:detail": {"dossier": "talks", "event": "event-0"},
    "documents:index": {"dossier": "talks"},
    "documents:detail": {"dossier": "talks", "document": "document-0"},
    "timeline:index": {"dossier": "talks"},
    "method:index": {},
    "method:glossary": {},
    "method:files": {},
    "method:licence": {},
    "method:api": {},
    "agreement:index": {"dossier": "talks"},
    "agreement:statements": {"dossier": "talks"},
    "answers:index": {"dossier": "talks"},
    "common_ground:index": {"dossier": "talks"},
    "brief:index": {"dossier": "talks"},
    "citations:index": {"dossier": "talks"},
    "sources:index": {"dossier": "talks"},
    "sources:detail": {"dossier": "talks", "source": "source-0"},
    "feeds:index": {"dossier": "talks"},
    "framing:index": {"dossier": "talks"},
    "coverage:index": {"dossier": "talks"},
    "blind:index": {"dossier": "talks"},
    "blind:worksheet": {"dossier": "talks"},
    "blind:key": {"dossier": "talks"},
    "classes:join": {},
    "classes:reading": {"code": "TALKSSSS"},
    "classes:index": {},
    "classes:new": {},
    "classes:detail": {"code": "TALKSSSS"},
    "classes:end": {"code": "TALKSSSS"},
    "accounts:index": {},
    "accounts:close": {},
    "dossiers:new": {},
    "dossiers:settings": {"dossier": "talks"},
    "members:index": {"dossier": "talks"},
    "uploads:index": {"dossier": "talks"},
    "uploads:detail": {"dossier": "talks", "upload": "first"},
    "invitations:detail": {"token": "talks-0"},
    "comparisons:index": {},
    "comparisons:new": {},
    "comparisons:detail": {"token": "talks-0"},
    "comparisons:edit": {"token": "talks-0"},
    "comparisons:delete": {"token": "talks-0"},
    "rounds:index": {"dossier": "talks"},
    "rounds:detail": {"dossier": "talks", "article": "article-0"},
    "rounds:write": {"dossier": "talks", "article": "article-0", "position": "r0"},
    "outcomes:index": {"dossier": "talks"},
    "coder_agreement:index": {"dossier": "talks"},
    "coder_agreement:confusion": {"dossier": "talks"},
    "history:index": {"dossier": "talks"},
    "history:detail": {"dossier": "talks", "noun": "position", "record": "p0"},
    "merges:index": {"dossier": "talks"},
    "proposals:index": {"dossier": "talks"},
    "setup:index": {"dossier": "talks"},
    "setup:codebook": {"dossier": "talks"},
    "setup:records": {"dossier": "talks", "kind": "actors"},
    "setup:new": {"dossier": "talks", "kind": "actors"},
    "setup:edit": {"dossier": "talks", "kind": "events", "record": "event-0"},
    "setup:remove": {"dossier": "talks", "kind": "actors", "record": "actor-0"},
    "passages:index": {"dossier": "talks"},
    "passages:text": {"dossier": "talks", "article": "article-0"},
    "looked_for:article": {"dossier": "talks", "article": "article-0"},
    "looked_for:document": {"dossier": "talks", "document": "document-0"},
    "merges:new": {"dossier": "talks"},
    "coding:index": {"dossier": "talks"},
    "coding:position": {"dossier": "talks", "position": "p0"},
    "review:index": {"dossier": "talks"},
    "comments:of_position": {"dossier": "talks", "position": "p0"},
    "comments:of_article": {"dossier": "talks", "article": "article-0"},
    "assignments:index": {"dossier": "talks"},
    "challenges:new": {"dossier": "talks", "position": "p0"},
    "challenges:index": {"dossier": "talks"},
    "challenges:answer": {"dossier": "talks", "challenge": "first"},
    "notices:index": {},
    "notices:unsubscribe": {"token": OF_NOBODY},
}
# The least role in the dossier that opens these; the keeper of `a_large_dossier` owns it.
ROLES: dict[str, str] = {
    "dossiers:settings": "owner",
    "members:index": "owner",
    "uploads:index": "owner",
    "uploads:detail": "owner",
    "issues:new": "reviewer",
    "issues:edit": "reviewer",
    "setup:index": "reviewer",
    "setup:codebook": "reviewer",
    "setup:records": "reviewer",
    "setup:new": "reviewer",
    "setup:edit": "reviewer",
    "setup:remove": "reviewer",
    "rounds:index": "coder",
    "rounds:detail": "reviewer",
    "rounds:write": "reviewer",
    "outcomes:index": "coder",
    "coder_agreement:index": "coder",
    "coder_agreement:confusion": "coder",
    "articles:new": "coder",
    "codings:article": "coder",
    "codings:edit": "reviewer",
    "links:of_position": "reviewer",
    "history:index": "coder",
    "history:detail": "coder",
    "merges:index": "reviewer",
    "proposals:index": "reviewer",
    "passages:index": "coder",
    "passages:text": "coder",
    "looked_for:article": "coder",
    "looked_for:document": "coder",
    "merges:new": "reviewer",
    "coding:index": "coder",
    "coding:position": "coder",
    "review:index": "reviewer",
    "comments:of_position": "coder",
    "comments:of_article": "coder",
    "assignments:index": "reviewer",
    "challenges:index": "reviewer",
    "challenges:answer": "reviewer",
}
# These are for whoever keeps the comparisons of `a_large_dossier`.
SIGNED_IN = {
    name for name in ADDRESSES if name.startswith(("accounts:", "comparisons:", "notices:"))
}
SIGNED_IN |= {"classes:index", "classes:new", "classes:detail", "classes:end"}
SIGNED_IN |= {"dossiers:new"} | set(ROLES)
WRITING = {
    "issues:new",
    "issues:edit",
    "passages:text",
    "merges:new",
    "rounds:write",
    "comparisons:new",
    "comparisons:edit",
    "comparisons:delete",
}
WRITING |= {"setup:index", "setup:codebook", "setup:new", "setup:edit", "setup:remove"}
WRITING |= {
    "accounts:index",
    "accounts:close",
    "assignments:index",
    "challenges:new",
    "challenges:answer",
}
WRITING |= {"notices:unsubscribe", "comments:of_position", "comments:of_article"}
WRITING |= {"articles:new", "codings:article", "codings:edit", "coding:index", "review:index"}
WRITING |= {"links:of_position", "looked_for:article", "looked_for:document"}
WRITING |= {"classes:reading", "classes:new", "classes:end"}
WRITING |= {"dossiers:new", "dossiers:settings", "members:index", "invitations:detail"}
WRITING |= {"uploads:index", "uploads:detail"}
HTMX = {"HX-Request": "true"}


def page_url(name: str, **changes: str) -> str:
    """Return the address of a page of `a_large_dossier`."""
    values = ADDRESSES[name] | changes
    for part, model in (("challenge", Challenge), ("upload", Upload)):
        if part in values:
            values[part] = _number_of(model, values[part], values["dossier"])
    return reverse(name, kwargs=values)


def _number_of(model: type, which: str, dossier: str) -> int:
    """Return the number of the dossier's first objection or file, which no fixture can know."""
    found = model.objects.filter(dossier__slug=dossier).order_by("pk")
    number = found.values_list("pk", flat=True).first()
    return number if number and which == "first" else 0
