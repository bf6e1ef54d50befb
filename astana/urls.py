"""Every address of the site; one page = one URL = one view = one template = one name."""

from django.contrib import admin
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from astana.for_programs import offer_all
from astana.pages.accounts import views as accounts
from astana.pages.actors import views as actors
from astana.pages.agents import views as agents
from astana.pages.agreement import export as agreement_export
from astana.pages.agreement import two_mode_export
from astana.pages.agreement import views as agreement
from astana.pages.answers import views as answers
from astana.pages.api import views as api
from astana.pages.articles import views as articles
from astana.pages.blind import views as blind
from astana.pages.brief import export as brief_export
from astana.pages.brief import views as brief
from astana.pages.cards import views as cards
from astana.pages.catalogue import views as catalogue
from astana.pages.citations import views as citations
from astana.pages.classes import views as classes
from astana.pages.common_ground import views as common_ground
from astana.pages.compare import export as compare_export
from astana.pages.compare import picture as compare_picture
from astana.pages.compare import views as compare
from astana.pages.compare import wide as compare_wide
from astana.pages.comparisons import views as comparisons
from astana.pages.coverage import views as coverage
from astana.pages.desk.assignments import views as assignments
from astana.pages.desk.challenges import views as challenges
from astana.pages.desk.coder_agreement import views as coder_agreement
from astana.pages.desk.coding import views as coding
from astana.pages.desk.codings import views as codings
from astana.pages.desk.comments import views as comments
from astana.pages.desk.history import views as history
from astana.pages.desk.invitations import views as invitations
from astana.pages.desk.links import views as links
from astana.pages.desk.looked_for import views as looked_for
from astana.pages.desk.members import views as members
from astana.pages.desk.merges import views as merges
from astana.pages.desk.notices import views as notices
from astana.pages.desk.outcomes import views as outcomes
from astana.pages.desk.passages import views as passages
from astana.pages.desk.proposals import views as proposals
from astana.pages.desk.review import views as review
from astana.pages.desk.rounds import views as rounds
from astana.pages.desk.uploads import views as uploads
from astana.pages.documents import views as documents
from astana.pages.dossiers import views as dossiers
from astana.pages.embeds import views as embeds
from astana.pages.errors import views as errors
from astana.pages.events import views as events
from astana.pages.feeds import views as feeds
from astana.pages.framing import views as framing
from astana.pages.home import views as home
from astana.pages.issues import views as issues
from astana.pages.method import views as method
from astana.pages.positions import views as positions
from astana.pages.search import views as search
from astana.pages.setup import views as setup
from astana.pages.sitemaps import views as sitemaps
from astana.pages.sources import views as sources
from astana.pages.timeline import views as timeline


class _Rows(StringConverter):
    """A table of the API with its suffix; without one it is JSON."""

    regex = r"[a-z_]{1,40}(?:\.metadata\.json|\.json|\.csv|\.ndjson)?"


register_converter(_Rows, "rows")
offer_all()


def _section(prefix: str, name: str, *patterns: object) -> object:
    """Return the addresses of one noun, named `<name>:<page>`."""
    return path(prefix, include((list(patterns), name)))


_dossier = [
    _section("compare/", "compare", path("", compare.matrix, name="matrix")),
    _section(
        "blind/",
        "blind",
        path("", blind.index, name="index"),
        path("worksheet/", blind.worksheet, name="worksheet"),
        path("key/", blind.key, name="key"),
    ),
    _section(
        "issues/",
        "issues",
        path("", issues.index, name="index"),
        path("new/", issues.new, name="new"),
        path("<slug:issue>/", issues.detail, name="detail"),
        path("<slug:issue>/edit/", issues.edit, name="edit"),
    ),
    _section(
        "actors/",
        "actors",
        path("", actors.index, name="index"),
        path("<slug:actor>/", actors.detail, name="detail"),
    ),
    _section(
        "articles/",
        "articles",
        path("", articles.index, name="index"),
        path("new/", articles.new, name="new"),
        path("<slug:article>/", articles.detail, name="detail"),
    ),
    _section(
        "positions/",
        "positions",
        path("", positions.index, name="index"),
        path("<slug:position>/", positions.detail, name="detail"),
    ),
    _section(
        "events/",
        "events",
        path("", events.index, name="index"),
        path("<slug:event>/", events.detail, name="detail"),
    ),
    _section(
        "documents/",
        "documents",
        path("", documents.index, name="index"),
        path("<slug:document>/", documents.detail, name="detail"),
    ),
]

_dossier += [
    _section("timeline/", "timeline", path("", timeline.index, name="index")),
    _section(
        "",
        "agreement",
        path("agreement/", agreement.index, name="index"),
        path("agreement.graphml", agreement_export.graphml, name="graphml"),
        path("agreement/statements/", agreement.statements, name="statements"),
        path("statements.graphml", two_mode_export.graphml, name="statements_graphml"),
    ),
    _section("answers/", "answers", path("", answers.index, name="index")),
    _section(
        "sources/",
        "sources",
        path("", sources.index, name="index"),
        path("<slug:source>/", sources.detail, name="detail"),
    ),
    _section("framing/", "framing", path("", framing.index, name="index")),
    _section("coverage/", "coverage", path("", coverage.index, name="index")),
    _section("brief/", "brief", path("", brief.index, name="index")),
    _section("common-ground/", "common_ground", path("", common_ground.index, name="index")),
]

# Coding in the text.
_dossier += [
    _section(
        "",
        "codings",
        path("articles/<slug:article>/code/", codings.article, name="article"),
        path("articles/<slug:article>/code/suggestions/", codings.suggestions, name="suggestions"),
        path("positions/<slug:position>/edit/", codings.edit, name="edit"),
        path("positions/<slug:position>/edit/step/", codings.step, name="step"),
        path("positions/<slug:position>/edit/remove/", codings.remove, name="remove"),
    ),
]

# What positions are to others.
_dossier += [
    _section(
        "positions/<slug:position>/links/",
        "links",
        path("", links.of_position, name="of_position"),
        path("remove/", links.remove, name="remove"),
    ),
]

# What was looked for, where.
_dossier += [
    _section(
        "",
        "looked_for",
        path("articles/<slug:article>/looked-for/", looked_for.article, name="article"),
        path("documents/<slug:document>/examined/", looked_for.document, name="document"),
    ),
]

# What it is made of.
_dossier += [
    _section(
        "setup/",
        "setup",
        path("", setup.index, name="index"),
        path("issues/<slug:record>/move/", setup.move, name="move"),
        path("codebook/", setup.codebook, name="codebook"),
        path("<slug:kind>/", setup.records, name="records"),
        path("<slug:kind>/new/", setup.new, name="new"),
        path("<slug:kind>/<slug:record>/edit/", setup.edit, name="edit"),
        path("<slug:kind>/<slug:record>/remove/", setup.remove, name="remove"),
    ),
]

# What comes in from other tools.
_dossier += [
    _section(
        "uploads/",
        "uploads",
        path("", uploads.index, name="index"),
        path("<int:upload>/", uploads.detail, name="detail"),
        path("<int:upload>/load/", uploads.load, name="load"),
        path("<int:upload>/again/", uploads.again, name="again"),
        path("<int:upload>/remove/", uploads.remove, name="remove"),
    ),
]

# Who works on it.
_dossier += [
    _section(
        "members/",
        "members",
        path("", members.index, name="index"),
        path("leave/", members.leave, name="leave"),
        path("coders/<int:coder>/match/", members.match, name="match"),
        path("<int:member>/change/", members.change, name="change"),
        path("<int:member>/remove/", members.remove, name="remove"),
        path("<int:member>/hand-over/", members.hand_over, name="hand_over"),
        path("invitations/<int:invitation>/withdraw/", members.withdraw, name="withdraw"),
    ),
]

# What the pages show, as files: csv, json or xlsx.
_dossier += [
    _section(
        "",
        "exports",
        path("compare.<slug:suffix>", compare_export.file, name="compare"),
        path("compare-wide.xlsx", compare_wide.wide, name="compare_wide"),
        path("agreement.<slug:suffix>", agreement_export.file, name="agreement"),
        path("statements.<slug:suffix>", two_mode_export.file, name="statements"),
        path("brief.<slug:suffix>", brief_export.file, name="brief"),
        path("positions.<slug:suffix>", positions.file, name="positions"),
        path("issues.<slug:suffix>", issues.file, name="issues"),
        path("actors.<slug:suffix>", actors.file, name="actors"),
        path("articles.<slug:suffix>", articles.file, name="articles"),
        path("events.<slug:suffix>", events.file, name="events"),
        path("dossier.zip", dossiers.archive, name="dossier"),
        path("annotations.jsonld", positions.annotations, name="annotations"),
        path("dossier-<int:version>.zip", dossiers.version, name="version"),
        path("dossier.sqlite", dossiers.database, name="database"),
        path("positions/<slug:position>.jsonld", positions.annotation, name="annotation"),
    ),
    _section("cite/", "citations", path("", citations.index, name="index")),
    _section(
        "",
        "feeds",
        path("feed/", feeds.index, name="index"),
        path("feed.atom", feeds.dossier, name="dossier"),
        path("actors/<slug:actor>/feed.atom", feeds.actor, name="actor"),
        path("issues/<slug:issue>/feed.atom", feeds.issue, name="issue"),
    ),
]

# Coding by several people independently of each other.
_dossier += [
    _section(
        "coding/rounds/",
        "rounds",
        path("", rounds.index, name="index"),
        path("<slug:article>/", rounds.detail, name="detail"),
        path("<slug:article>/accept/", rounds.accept, name="accept"),
        path("<slug:article>/decide/", rounds.decide, name="decide"),
        path("<slug:article>/close/", rounds.close, name="close"),
        path("<slug:article>/write/<slug:position>/", rounds.write, name="write"),
    ),
    _section("coding/outcomes/", "outcomes", path("", outcomes.index, name="index")),
    _section(
        "coding/agreement/",
        "coder_agreement",
        path("", coder_agreement.index, name="index"),
        path("confusion/", coder_agreement.confusion, name="confusion"),
        path("confusion.<slug:suffix>", coder_agreement.file, name="file"),
    ),
]

# What was, and mending it.
_dossier += [
    _section(
        "history/",
        "history",
        path("", history.index, name="index"),
        path("<slug:noun>/<str:record>/", history.detail, name="detail"),
        path("<slug:noun>/<str:record>/<int:change>/revert/", history.revert_change, name="revert"),
        path("<slug:noun>/<str:record>/restore/", history.restore, name="restore"),
    ),
    _section(
        "merges/",
        "merges",
        path("", merges.index, name="index"),
        path("new/", merges.new, name="new"),
        path("<int:merge>/undo/", merges.undo, name="undo"),
    ),
    _section(
        "",
        "passages",
        path("passages/", passages.index, name="index"),
        path("passages/mend/", passages.mend_together, name="mend_together"),
        path("passages/<slug:noun>/<int:passage>/mend/", passages.mend, name="mend"),
        path("articles/<slug:article>/text/", passages.text, name="text"),
    ),
]

# The desk: coding, review, comments, and what readers object to.
_dossier += [
    _section(
        "coding/assignments/",
        "assignments",
        path("", assignments.index, name="index"),
        path("<int:assignment>/finish/", assignments.finish, name="finish"),
        path("<int:assignment>/reopen/", assignments.reopen, name="reopen"),
        path("<int:assignment>/remove/", assignments.remove, name="remove"),
    ),
    _section(
        "coding/",
        "coding",
        path("", coding.index, name="index"),
        path("positions/<slug:position>/", coding.position, name="position"),
        path("positions/<slug:position>/step/", coding.step, name="step"),
        path("positions/<slug:position>/delete/", coding.delete, name="delete"),
    ),
    _section(
        "",
        "challenges",
        path("review/challenges/", challenges.index, name="index"),
        path("review/challenges/<int:challenge>/", challenges.answer, name="answer"),
        path("positions/<slug:position>/challenge/", challenges.new, name="new"),
    ),
    _section(
        "proposals/",
        "proposals",
        path("", proposals.index, name="index"),
        path("<slug:noun>/<int:proposal>/", proposals.decide, name="decide"),
    ),
    _section(
        "review/",
        "review",
        path("", review.index, name="index"),
        path("<slug:position>/", review.decide, name="decide"),
    ),
    _section(
        "",
        "comments",
        path("positions/<slug:position>/comments/", comments.of_position, name="of_position"),
        path("articles/<slug:article>/comments/", comments.of_article, name="of_article"),
        path("comments/<int:comment>/resolve/", comments.resolve, name="resolve"),
        path("comments/<int:comment>/reopen/", comments.reopen, name="reopen"),
    ),
]

urlpatterns = [
    _section("", "home", path("", home.index, name="index")),
    _section(
        "dossiers/",
        "dossiers",
        path("new/", dossiers.new, name="new"),
        path("<slug:dossier>/", dossiers.detail, name="detail"),
        path("<slug:dossier>/settings/", dossiers.settings, name="settings"),
    ),
    path("dossiers/<slug:dossier>/", include(_dossier)),
    _section(
        "invitations/", "invitations", path("<slug:token>/", invitations.detail, name="detail")
    ),
    _section(
        "notices/",
        "notices",
        path("", notices.index, name="index"),
        path("unsubscribe/<str:token>/", notices.unsubscribe, name="unsubscribe"),
        path("read/", notices.read_all, name="read_all"),
        path("<int:notice>/read/", notices.read, name="read"),
    ),
    _section(
        "",
        "method",
        path("method/", method.index, name="index"),
        path("glossary/", method.glossary, name="glossary"),
        path("files/", method.files, name="files"),
        path("licence/", method.licence, name="licence"),
        path("api/docs/", method.api, name="api"),
    ),
    _section(
        "",
        "cards",
        path("card.png", cards.site, name="site"),
        path("dossiers/<slug:dossier>/card.png", cards.dossier, name="dossier"),
    ),
    _section(
        "",
        "catalogue",
        path("catalog.jsonld", catalogue.site, name="site"),
        path("dossiers/<slug:dossier>/croissant.json", catalogue.dossier, name="dossier"),
    ),
    _section(
        "",
        "embeds",
        path("embed/dossiers/<slug:dossier>/compare/", compare.embed, name="compare"),
        path(
            "embed/dossiers/<slug:dossier>/compare.<slug:suffix>",
            compare_picture.picture,
            name="picture",
        ),
        path("embed/dossiers/<slug:dossier>/issues/<slug:issue>/", issues.embed, name="issue"),
        path(
            "embed/dossiers/<slug:dossier>/issues/<slug:issue>.<slug:suffix>",
            issues.picture,
            name="issue_picture",
        ),
        path(
            "embed/dossiers/<slug:dossier>/timeline.<slug:suffix>",
            timeline.picture,
            name="timeline_picture",
        ),
        path("embed/dossiers/<slug:dossier>/timeline/", timeline.embed, name="timeline"),
        path("oembed", embeds.oembed, name="oembed"),
    ),
    _section(
        "api/",
        "api",
        path("", api.index, name="index"),
        path("openapi.json", api.openapi, name="openapi"),
        path("dossiers/", api.dossiers, name="dossiers"),
        path("dossiers/<slug:dossier>/", api.dossier, name="dossier"),
        path("dossiers/<slug:dossier>/<rows:rows>", api.table, name="table"),
    ),
    _section(
        "",
        "agents",
        path("mcp", agents.mcp, name="mcp"),
        path("llms.txt", agents.llms, name="llms"),
    ),
    _section("search/", "search", path("", search.index, name="index")),
    _section(
        "comparisons/",
        "comparisons",
        path("", comparisons.index, name="index"),
        path("new/", comparisons.new, name="new"),
        path("<slug:token>/", comparisons.detail, name="detail"),
        path("<slug:token>/edit/", comparisons.edit, name="edit"),
        path("<slug:token>/delete/", comparisons.delete, name="delete"),
    ),
    _section(
        "",
        "classes",
        path("class/", classes.join, name="join"),
        path("class/<slug:code>/", classes.reading, name="reading"),
        path("classes/", classes.index, name="index"),
        path("classes/new/", classes.new, name="new"),
        path("classes/<slug:code>/", classes.detail, name="detail"),
        path("classes/<slug:code>/end/", classes.end, name="end"),
    ),
    _section(
        "accounts/",
        "accounts",
        path("", accounts.index, name="index"),
        path("data.zip", accounts.data, name="data"),
        path("close/", accounts.close, name="close"),
    ),
    path("accounts/", include("allauth.urls")),
    _section(
        "",
        "sitemaps",
        path("sitemap.xml", sitemaps.overall, name="overall"),
        path("sitemap-<slug:section>.xml", sitemaps.section, name="section"),
        path("robots.txt", sitemaps.robots, name="robots"),
        path(".well-known/security.txt", sitemaps.security, name="security"),
    ),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
