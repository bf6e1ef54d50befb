"""A dossier: its overview, beginning one, and what its owners decide about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from astana.actions import dossiers
from astana.exchange.catalogue import Listed, schema_dataset
from astana.exchange.dump import OtherVersion
from astana.exchange.web_annotation import in_script
from astana.models import Dossier
from astana.models.revised import StaleRecord
from astana.models.roles import Act
from astana.pages.dossiers.forms import DossierForm, NewDossierForm
from astana.pages.dossiers.presenter import overview_of
from astana.pages.dossiers.whole import has_whole_file, newest_file, whole_file
from astana.web.files import refused
from astana.web.frame import dossier_for, dossier_seen, page

# What is said where the owners have changed who sees a dossier.
_NOW = {
    Dossier.Visibility.PUBLIC: gettext_lazy("Anybody reads now what is published in it."),
    Dossier.Visibility.MEMBERS: gettext_lazy("Now only its members see it."),
}


@require_safe
def detail(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what a dossier holds and where to start."""
    found = dossier_seen(request, dossier)
    overview = overview_of(found, user=request.user)
    context = {"dossier": found, "overview": overview}
    if found.visibility == Dossier.Visibility.PUBLIC:
        counts, has_zip = overview["counts"], has_whole_file(found)
        listed = Listed(found, counts.first_day, counts.last_day, has_zip=has_zip)
        site = request.build_absolute_uri("/")[:-1]
        context["has_zip"] = has_zip
        context["dataset"] = in_script(schema_dataset(listed, site=site))
    return page(request, "dossiers/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin a dossier; who does owns it."""
    form = NewDossierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = dossiers.begin(**form.cleaned_data, by=request.user)
        except dossiers.TooMany as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The dossier is created. Nobody else can see it yet."))
            return redirect(begun)
    status = 422 if request.method == "POST" else 200
    return page(request, "dossiers/new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, dossier: str) -> HttpResponse:
    """Ask the owners what the dossier is called and who may do what in it."""
    found = dossier_for(request, dossier, act=Act.RUN)
    context, was = {"dossier": found, "title": found.title}, found.visibility
    form = context["form"] = DossierForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            dossiers.change(dossier=found, values=form.values(), by=request.user)
            told = [_("The settings are saved.")]
            if was != form.cleaned_data["visibility"]:
                told.append(_NOW[form.cleaned_data["visibility"]])
            messages.success(request, " ".join(map(str, told)))
            return redirect("dossiers:settings", found.slug)
        except StaleRecord:
            form.refuse()
    status = 422 if request.method == "POST" else 200
    return page(request, "dossiers/settings.html", context, status=status)


@require_safe
def archive(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send the whole dossier in its own format, without what is not published."""
    return newest_file(dossier_seen(request, dossier), "zip", request)


@require_safe
def database(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send the same as an SQLite database."""
    return newest_file(dossier_seen(request, dossier), "sqlite", request)


@require_safe
def version(request: HttpRequest, dossier: str, version: int) -> HttpResponseBase:
    """Send the zip of the newest version; older ones hold what was withdrawn, and are gone."""
    found = dossier_seen(request, dossier)
    if version == found.version:
        try:
            return whole_file(found, "zip", request, name=f"{found.slug}-{version}")
        except OtherVersion:
            found.refresh_from_db()
    address = reverse("exports:version", args=[found.slug, found.version])
    words = _("Version %(version)s is not here. The newest is %(address)s.")
    address = request.build_absolute_uri(address)
    return refused([words % {"version": version, "address": address}], status=404)
