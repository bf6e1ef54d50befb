"""Bring a file of another tool into a dossier: choose it, look at it, load it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from astana.exchange import uploads
from astana.models import Dossier, Upload
from astana.models.roles import Act
from astana.pages.desk.uploads.forms import ReadingForm, UploadForm
from astana.pages.desk.uploads.presenter import MOST_SHOWN, preview_of
from astana.web.frame import NotNow, dossier_for, page


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Take a file, and show what became of those before."""
    found = _dossier(request, dossier)
    is_sent = request.method == "POST"
    sent = (request.POST, request.FILES) if is_sent else ()
    form = UploadForm(*sent, user=request.user)
    if is_sent and form.is_valid():
        file, name = form.cleaned_data["file"], form.cleaned_data["format"]
        given = {"name": file.name, "content": file.read(), "form": name}
        made = uploads.bring(dossier=found, user=request.user, **given)
        return redirect("uploads:detail", found.slug, made.pk)
    context = {"dossier": found, "form": form, "uploads": Upload.objects.of(found)[:MOST_SHOWN]}
    return page(request, "uploads/index.html", context, status=422 if is_sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, dossier: str, upload: int) -> HttpResponse:
    """Show what a file would do, or did; a form has it read in another way."""
    found, one = _upload(request, dossier, upload)
    is_sent = request.method == "POST"
    form = ReadingForm(request.POST if is_sent else None, upload=one)
    if is_sent and form.is_valid():
        chosen = {"form": form.cleaned_data["format"], "options": form.options()}
        return _asked(request, found, one, uploads.read_anew(one, **chosen))
    context = {"dossier": found, "upload": one, "form": form, "preview": preview_of(one)}
    return page(request, "uploads/detail.html", context, status=422 if is_sent else 200)


@require_POST
def load(request: HttpRequest, dossier: str, upload: int) -> HttpResponse:
    """Let a worker load a file that was looked at."""
    found, one = _upload(request, dossier, upload)
    return _asked(request, found, one, uploads.load_whole(one))


@require_POST
def again(request: HttpRequest, dossier: str, upload: int) -> HttpResponse:
    """Ask again for what a worker has left undone."""
    found, one = _upload(request, dossier, upload)
    return _asked(request, found, one, uploads.go_on(one))


@require_POST
def remove(request: HttpRequest, dossier: str, upload: int) -> HttpResponse:
    """Delete a file that is not loaded, and stop what is done with it."""
    found, one = _upload(request, dossier, upload)
    if one.remove():
        messages.success(request, _("The file is deleted. Nothing of it was loaded."))
    else:
        messages.error(request, _("The file has already been deleted."))
    return redirect("uploads:index", found.slug)


def _asked(request: HttpRequest, found: Dossier, one: Upload, is_free: bool) -> HttpResponse:
    if not is_free:
        messages.error(request, _("This cannot be done now. The state of the file is shown below."))
    return redirect("uploads:detail", found.slug, one.pk)


def _dossier(request: HttpRequest, dossier: str) -> Dossier:
    found = dossier_for(request, dossier, act=Act.RUN)
    if why := uploads.why_not(request.user, found):
        raise NotNow(why)
    return found


def _upload(request: HttpRequest, dossier: str, pk: int) -> tuple[Dossier, Upload]:
    found = _dossier(request, dossier)
    return found, get_object_or_404(Upload.objects.of(found), pk=pk)
