"""Passages that are no longer where they were found, and new versions of texts."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from astana.actions.attach_text import Outcome, Report, attach_text
from astana.actions.code import remove_passage
from astana.actions.mend import CannotMend, Placing, place_passage, place_passages
from astana.actions.workflow import WrongStep
from astana.models import Anchor, Article, Assignment, Dossier, Evidence
from astana.models.health import unwell_at_desk
from astana.models.revised import StaleRecord
from astana.models.roles import Act, may
from astana.pages.desk.passages.forms import MendForm, NewTextForm, PassageFilter, TogetherForm
from astana.pages.desk.passages.presenter import PER_PAGE, moved_together, unwell_passages
from astana.pages.shared.desk_tabs import desk_tabs
from astana.web.frame import back_to, dossier_for, page, refusal_told
from astana.web.named import problems_of


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """List the passages that have moved, are ambiguous or lost, with what can be done."""
    found = dossier_for(request, dossier, act=Act.CODE)
    filters = PassageFilter(request.GET)
    tabs = desk_tabs(found, user=request.user, here="passages")
    context = {"dossier": found, "filters": filters, "tabs": tabs}
    if not filters.is_valid():
        context["problems"] = problems_of(filters)
        return page(request, "passages/index.html", context, status=400)
    evidence, anchors = unwell_at_desk(request.user, dossier=found)
    shown, number = unwell_passages(
        filters.chosen(evidence),
        filters.chosen(anchors),
        dossier=found,
        user=request.user,
        page=filters.number,
    )
    is_more = filters.number * PER_PAGE < number
    context |= {"passages": shown, "number": number, "next": filters.turned() if is_more else ""}
    context["together"] = moved_together(shown)
    # What the filters leave out is not said to be where it was found.
    context["is_elsewhere"] = not number and (evidence.exists() or anchors.exists())
    context["sees_all"] = not number and _sees_all(request, found)
    return page(request, "passages/index.html", context)


@require_POST
def mend(request: HttpRequest, dossier: str, noun: str, passage: int) -> HttpResponse:
    """Mend one passage: it stands here, or it is withdrawn."""
    found = dossier_for(request, dossier, act=Act.CODE)
    sets = _unwell(request, found)
    if noun not in sets:
        raise Http404
    row = get_object_or_404(sets[noun].select_related("rendition"), pk=passage)
    form = MendForm(request.POST)
    with refusal_told(request, CannotMend, WrongStep, StaleRecord):
        if not form.is_valid():
            raise CannotMend(_("Choose what to do."))
        _mend(row, form, request)
    return back_to(request, "passages:index", found.slug)


@require_POST
def mend_together(request: HttpRequest, dossier: str) -> HttpResponse:
    """Mend the ticked passages: each is where it is shown. Either all are mended or none."""
    found = dossier_for(request, dossier, act=Act.CODE)
    form = TogetherForm(request.POST)
    with refusal_told(request, CannotMend, WrongStep):
        if not form.is_valid():
            raise CannotMend(form.errors["passage"][0])
        try:
            placings = _placings(found, form.cleaned_data["passage"], request)
            place_passages(dossier=found, placings=placings, by=request.user)
        except StaleRecord as error:
            told = _(
                "Somebody else has just corrected one of them. Nothing was changed; look again."
            )
            raise CannotMend(told) from error
        text = ngettext(
            "%(number)s passage is corrected.", "%(number)s passages are corrected.", len(placings)
        )
        messages.success(request, text % {"number": len(placings)})
    return back_to(request, "passages:index", found.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Take the words of an article as they are now, and look for its passages in them."""
    found = dossier_for(request, dossier, act=Act.CODE)
    articles = Article.objects.visible_to(request.user).of(found).select_related("dossier")
    piece = get_object_or_404(articles, slug=article)
    data = request.POST if request.method == "POST" else None
    chosen = request.GET.get("rendition", "")
    form = NewTextForm(data, article=piece, user=request.user, chosen=chosen)
    if data is not None and form.is_valid():
        of = form.cleaned_data["of"]
        try:
            report = attach_text(
                article=piece,
                text=form.cleaned_data["text"],
                by=request.user,
                rights=of.rights,
                language=of.language,
                kind=of.kind,
            )
        except ValueError as error:
            form.add_error("text", str(error))
        else:
            return _stored(request, piece, report)
    context = {"dossier": found, "article": piece, "form": form}
    return page(request, "passages/text.html", context, status=422 if data is not None else 200)


def _sees_all(request: HttpRequest, dossier: Dossier) -> bool:
    """Return whether no passage is hidden from a person: a coder's, or one of a running round."""
    may_review = may(request.user, Act.REVIEW, dossier)
    return may_review and not Assignment.objects.filter(dossier=dossier).running().exists()


def _unwell(request: HttpRequest, dossier: Dossier) -> dict[str, QuerySet]:
    """Return the passages that are to be mended, by noun."""
    found = unwell_at_desk(request.user, dossier=dossier)
    return dict(zip(("evidence", "anchor"), found, strict=True))


def _placings(dossier: Dossier, boxes: Sequence[tuple], request: HttpRequest) -> list[Placing]:
    """Return what the ticked boxes say; what is no longer to be mended was mended by others."""
    rows = {}
    for noun, passages in _unwell(request, dossier).items():
        path = "position" if noun == "evidence" else "evidence__position"
        wanted = passages.filter(pk__in=[pk for kind, pk, *_rest in boxes if kind == noun])
        for row in wanted.select_related("rendition", f"{path}__dossier"):
            rows[noun, row.pk] = row
    if any((noun, pk) not in rows for noun, pk, *_rest in boxes):
        raise StaleRecord(dossier)
    return [
        Placing(passage=rows[noun, pk], start=start, end=end, revision=revision)
        for noun, pk, revision, start, end in boxes
    ]


def _mend(row: Evidence | Anchor, form: MendForm, request: HttpRequest) -> None:
    asked = form.cleaned_data
    if asked["do"] == "withdraw":
        remove_passage(evidence=row if isinstance(row, Evidence) else row.evidence, by=request.user)
        messages.success(request, _("The passage is withdrawn. Its history is kept."))
        return
    if asked["start"] is None:
        raise CannotMend(_("Choose a place."))
    place_passage(
        passage=row,
        start=asked["start"],
        end=asked["end"],
        revision=asked["revision"],
        by=request.user,
    )
    messages.success(request, _("The passage is corrected."))


def _stored(request: HttpRequest, article: Article, report: Report) -> HttpResponse:
    version = {"version": report.rendition.version}
    if report.outcome is Outcome.UNCHANGED:
        text = _("This text is already stored as version %(version)s. Nothing has changed.")
        messages.info(request, text % version)
        return redirect("passages:text", article.dossier.slug, article.slug)
    text = _("Stored as version %(version)s. Passages to check are listed here.")
    messages.success(request, text % version)
    where = reverse("passages:index", args=[article.dossier.slug])
    return redirect(f"{where}?article={article.slug}")
