"""Every address of the site; one page = one URL = one view = one template = one name."""

from django.contrib import admin
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from astana.desk_urls import DESK
from astana.for_programs import offer_all
from astana.pages.accounts import views as accounts
from astana.pages.actors import views as actors
from astana.pages.agents import views as agents
from astana.pages.agreement import export as agreement_export
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
from astana.pages.desk.invitations import views as invitations
from astana.pages.desk.notices import views as notices
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
from astana.pages.sitemaps import views as sitemaps
from astana.pages.sources import views as sources
from astana.pages.timeline import views as timeline
from astana.web.section import section


class _Rows(StringConverter):
    """A table of the API with its suffix, known or not; without one it is JSON."""

    regex = r"[a-z_]{1,40}(?:\.[\w.]{1,20})?"


register_converter(_Rows, "rows")
offer_all()


_dossier = [
    section("compare/", "compare", path("", compare.matrix, name="matrix")),
    section(
        "blind/",
        "blind",
        path("", blind.index, name="index"),
        path("worksheet/", blind.worksheet, name="worksheet"),
        path("key/", blind.key, name="key"),
    ),
    section(
        "issues/",
        "issues",
        path("", issues.index, name="index"),
        path("new/", issues.new, name="new"),
        path("<slug:issue>/", issues.detail, name="detail"),
        path("<slug:issue>/edit/", issues.edit, name="edit"),
    ),
    section(
        "actors/",
        "actors",
        path("", actors.index, name="index"),
        path("<slug:actor>/", actors.detail, name="detail"),
    ),
    section(
        "articles/",
        "articles",
        path("", articles.index, name="index"),
        path("new/", articles.new, name="new"),
        path("<slug:article>/", articles.detail, name="detail"),
    ),
    section(
        "positions/",
        "positions",
        path("", positions.index, name="index"),
        path("<slug:position>/", positions.detail, name="detail"),
    ),
    section(
        "events/",
        "events",
        path("", events.index, name="index"),
        path("<slug:event>/", events.detail, name="detail"),
    ),
    section(
        "documents/",
        "documents",
        path("", documents.index, name="index"),
        path("<slug:document>/", documents.detail, name="detail"),
    ),
]

_dossier += [
    section("timeline/", "timeline", path("", timeline.index, name="index")),
    section(
        "",
        "agreement",
        path("agreement/", agreement.index, name="index"),
        path("agreement.graphml", agreement_export.AGREEMENT.graphml, name="graphml"),
        path("agreement/statements/", agreement.statements, name="statements"),
        path("statements.graphml", agreement_export.STATEMENTS.graphml, name="statements_graphml"),
    ),
    section("answers/", "answers", path("", answers.index, name="index")),
    section(
        "sources/",
        "sources",
        path("", sources.index, name="index"),
        path("<slug:source>/", sources.detail, name="detail"),
    ),
    section("framing/", "framing", path("", framing.index, name="index")),
    section("coverage/", "coverage", path("", coverage.index, name="index")),
    section("brief/", "brief", path("", brief.index, name="index")),
    section("common-ground/", "common_ground", path("", common_ground.index, name="index")),
]

# What the pages show, as files: csv, json or xlsx.
_dossier += [
    section(
        "",
        "exports",
        path("compare.<slug:suffix>", compare_export.file, name="compare"),
        path("compare-wide.xlsx", compare_wide.wide, name="compare_wide"),
        path("agreement.<slug:suffix>", agreement_export.AGREEMENT.file, name="agreement"),
        path("statements.<slug:suffix>", agreement_export.STATEMENTS.file, name="statements"),
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
    section("cite/", "citations", path("", citations.index, name="index")),
    section(
        "",
        "feeds",
        path("feed/", feeds.index, name="index"),
        path("feed.atom", feeds.dossier, name="dossier"),
        path("actors/<slug:actor>/feed.atom", feeds.actor, name="actor"),
        path("issues/<slug:issue>/feed.atom", feeds.issue, name="issue"),
    ),
]

urlpatterns = [
    section("", "home", path("", home.index, name="index")),
    section(
        "dossiers/",
        "dossiers",
        path("new/", dossiers.new, name="new"),
        path("<slug:dossier>/", dossiers.detail, name="detail"),
        path("<slug:dossier>/settings/", dossiers.settings, name="settings"),
    ),
    path("dossiers/<slug:dossier>/", include(_dossier + DESK)),
    section(
        "invitations/", "invitations", path("<slug:token>/", invitations.detail, name="detail")
    ),
    section(
        "notices/",
        "notices",
        path("", notices.index, name="index"),
        path("unsubscribe/<str:token>/", notices.unsubscribe, name="unsubscribe"),
        path("read/", notices.read_all, name="read_all"),
        path("<int:notice>/read/", notices.read, name="read"),
    ),
    section(
        "",
        "method",
        path("method/", method.index, name="index"),
        path("glossary/", method.glossary, name="glossary"),
        path("files/", method.files, name="files"),
        path("licence/", method.licence, name="licence"),
        path("api/docs/", method.api, name="api"),
    ),
    section(
        "",
        "cards",
        path("card.png", cards.site, name="site"),
        path("dossiers/<slug:dossier>/card.png", cards.dossier, name="dossier"),
    ),
    section(
        "",
        "catalogue",
        path("catalog.jsonld", catalogue.site, name="site"),
        path("dossiers/<slug:dossier>/croissant.json", catalogue.dossier, name="dossier"),
    ),
    section(
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
    section(
        "api/",
        "api",
        path("", api.index, name="index"),
        path("openapi.json", api.openapi, name="openapi"),
        path("dossiers/", api.dossiers, name="dossiers"),
        path("dossiers/<slug:dossier>/", api.dossier, name="dossier"),
        path("dossiers/<slug:dossier>/<rows:rows>", api.table, name="table"),
    ),
    section(
        "",
        "agents",
        path("mcp", agents.mcp, name="mcp"),
        path("llms.txt", agents.llms, name="llms"),
    ),
    section("search/", "search", path("", search.index, name="index")),
    section(
        "comparisons/",
        "comparisons",
        path("", comparisons.index, name="index"),
        path("new/", comparisons.new, name="new"),
        path("<slug:token>/", comparisons.detail, name="detail"),
        path("<slug:token>/edit/", comparisons.edit, name="edit"),
        path("<slug:token>/delete/", comparisons.delete, name="delete"),
    ),
    section(
        "",
        "classes",
        path("class/", classes.join, name="join"),
        path("class/<slug:code>/", classes.reading, name="reading"),
        path("classes/", classes.index, name="index"),
        path("classes/new/", classes.new, name="new"),
        path("classes/<slug:code>/", classes.detail, name="detail"),
        path("classes/<slug:code>/end/", classes.end, name="end"),
    ),
    section(
        "accounts/",
        "accounts",
        path("", accounts.index, name="index"),
        path("data.zip", accounts.data, name="data"),
        path("close/", accounts.close, name="close"),
    ),
    path("accounts/", include("allauth.urls")),
    section(
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
