"""A dossier: its overview, beginning one, and what its owners decide about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from astana.actions import dossiers
from astana.exchange.catalogue import Listed, schema_dataset
from astana.exchange.dump import MOST_IN_ZIP, dump_published
from astana.exchange.files import zip_files
from astana.exchange.web_annotation import in_script
from astana.models import Dossier
from astana.models.counts import counts_of
from astana.models.revised import StaleRecord
from astana.models.roles import Act
from astana.pages.dossiers.forms import DossierForm, NewDossierForm
from astana.pages.dossiers.presenter import overview_of
from astana.pages.frame import dossier_for, dossier_seen, page
from astana.pages.shared.files import refused


@require_safe
def detail(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what a dossier holds and where to start."""
    found = dossier_seen(request, dossier)
    overview = overview_of(found, user=request.user)
    context = {"dossier": found, "overview": overview}
    if found.visibility == Dossier.Visibility.PUBLIC:
        counts = overview.counts
        has_zip = counts.positions <= MOST_IN_ZIP
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
            return redirect(dossiers.begin(**form.cleaned_data, by=request.user))
        except dossiers.TooMany as refusal:
            form.add_error(None, str(refusal))
    status = 422 if request.method == "POST" else 200
    return page(request, "dossiers/new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, dossier: str) -> HttpResponse:
    """Ask the owners what the dossier is called and who may do what in it."""
    found = dossier_for(request, dossier, act=Act.RUN)
    context = {"dossier": found, "title": found.title}
    form = context["form"] = DossierForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            dossiers.change(dossier=found, values=form.values(), by=request.user)
            messages.success(request, _("The settings are saved."))
            return redirect("dossiers:settings", found.slug)
        except StaleRecord:
            form.refuse()
    status = 422 if request.method == "POST" else 200
    return page(request, "dossiers/settings.html", context, status=status)


@require_safe
def archive(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send the whole dossier in its own format, without what is not published."""
    found = dossier_seen(request, dossier)
    if counts_of(found).positions > MOST_IN_ZIP:
        return refused(
            [
                _(
                    "A zip is made of dossiers of at most %(most)s positions, and this one has "
                    "more. Take its tables as CSV or JSON, or ask whoever runs this site for it."
                )
                % {"most": f"{MOST_IN_ZIP:,}"}
            ]
        )
    file = zip_files(dump_published(found.slug), folder=found.slug)
    return FileResponse(file, as_attachment=True, filename=f"{found.slug}.zip")
