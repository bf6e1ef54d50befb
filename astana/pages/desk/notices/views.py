"""What concerns a person, across dossiers."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from astana.actions import digests
from astana.models import Notice
from astana.pages.shared.notices import notice_rows, notices_of
from astana.web.frame import back_to, page
from astana.web.paging import page_of


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Show the notices of the user, unread ones first."""
    shown, problems = page_of(notices_of(request.user), request)
    context = {"shown": shown, "rows": notice_rows(shown, user=request.user), "problems": problems}
    return page(request, "notices/index.html", context, status=400 if problems else 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether digests should end, and end them.

    Mail programs send the POST by themselves, without a cookie (RFC 8058): what lets them in is the
    signature in the address, which was in the mail.
    """
    is_done = request.method == "POST"
    if not digests.unsubscribe(token, ends=is_done):
        raise Http404
    return page(request, "notices/unsubscribe.html", {"is_done": is_done})


@require_POST
@login_required
def read(request: HttpRequest, notice: int) -> HttpResponse:
    """Mark a notice as read."""
    mine = get_object_or_404(Notice.objects.visible_to(request.user), pk=notice)
    Notice.objects.filter(pk=mine.pk).unread().update(read_at=timezone.now())
    return back_to(request, "notices:index")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all notices as read."""
    Notice.objects.visible_to(request.user).unread().update(read_at=timezone.now())
    return back_to(request, "notices:index")
