"""How a page answers: whole, as the slice of it that htmx asked for, or by leading back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme

from astana.models import Dossier, Notice, User
from astana.models.record import Reader
from astana.models.roles import Act, may, require, role_in
from astana.web.social import described
from astana.web.travel import taken_along


class Desk:
    """What the frame of a page offers those who work on the dossier it belongs to.

    Each is asked for where a template shows it: a slice of a page has no frame.
    """

    def __init__(self, user: User, dossier: Dossier | None) -> None:
        self._user = user
        self._dossier = dossier

    def _may(self, act: Act) -> bool:
        return self._dossier is not None and may(self._user, act, self._dossier)

    may_code = property(lambda self: self._may(Act.CODE))
    may_review = property(lambda self: self._may(Act.REVIEW))
    may_run = property(lambda self: self._may(Act.RUN))

    @cached_property
    def unread(self) -> int:
        """Return how many notices wait for the person."""
        return Notice.objects.count_unread(self._user)


class NotNow(PermissionDenied):
    """Somebody may do this at another time; the page for status 403 says what this says."""


def dossier_seen(request: HttpRequest, slug: str) -> Dossier:
    """Return a dossier for a page that whoever may see the dossier may read; 404 for others.

    What caches may keep has been looked up already (astana/caching.py).
    """
    public = getattr(request, "dossier", None)
    if public is not None and public.slug == slug:
        return public
    return get_object_or_404(Dossier.objects.visible_to(request.user), slug=slug)


def form_of(form: Callable[..., Any], request: HttpRequest, dossier: str) -> Any:
    """Return the form of an address in a dossier; 404 where that is not to be seen."""
    return form(request.GET, dossier=dossier_seen(request, dossier), user=request.user)


def dossier_for(request: HttpRequest, slug: str, *, act: Act) -> Dossier:
    """Return a dossier for a page of its desk.

    404 for who is no member, so that the desk of a public dossier is not known to strangers; 403
    (PermissionDenied) for a member whose role is too low.
    """
    return dossier_of(request.user, slug, act=act)


def dossier_of(user: Reader, slug: str, *, act: Act) -> Dossier:
    """Return the same for a person who is not the one that asks."""
    found = get_object_or_404(Dossier.objects.visible_to(user), slug=slug)
    if role_in(found, user=user) is None:
        raise Http404
    require(user, act, found)
    return found


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    fragment: str = "content",
    status: int = 200,
) -> HttpResponse:
    """Return the page, or the fragment of its own template to an htmx request.

    The fragment is an inline `{% partialdef %}` around one element whose id is the fragment's
    name: same URL, same view, same context, so it is a substring of the whole page. Back and
    reload always get a whole page. The frame finds in `working` what a signed-in
    person may do here.
    """
    htmx = request.htmx  # type: ignore[attr-defined]
    is_slice = bool(htmx) and not htmx.history_restore_request
    name = f"{template}#{fragment}" if is_slice else template
    dossier = context.get("dossier")
    known = dossier if isinstance(dossier, Dossier) and dossier.pk else None
    desk = Desk(request.user, known) if request.user.is_authenticated else None
    response = render(request, name, {"working": desk} | context, status=status)
    html = response.content.decode()
    if known:
        html = taken_along(html, request, known, is_refused=status != HTTPStatus.OK)
    response.content = html if is_slice else described(html, request, dossier=known)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


@contextmanager
def refusal_told(request: HttpRequest, *kinds: type[Exception]) -> Iterator[None]:
    """Tell on the page that comes next why what is done within was refused."""
    try:
        yield
    except kinds as refusal:
        messages.error(request, str(refusal))


def back_to(request: HttpRequest, name: str, *args: object) -> HttpResponse:
    """Lead to the page of this site that the form names in `next`, or to a named page."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(asked) if asked.startswith("/") and is_ours else redirect(name, *args)
