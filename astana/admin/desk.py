"""Seeing what the desk keeps: who works on what, comments, challenges, invitations, notices.

All of it comes about on the site, so that here it can be seen; those who run the site can delete
what must not stay.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from astana.admin.gate import OnlySeen, in_reach, may_see_what_hangs_on
from astana.admin.guarded import Guarded
from astana.models import Assignment, Challenge, Comment, Invitation, Merge, Notice
from astana.models.roles import Act, dossiers_where


class LogAdmin(OnlySeen, Guarded, admin.ModelAdmin):
    """The admin of what is only seen here, by those who may `seeing` in its dossier."""

    seeing = Act.REVIEW
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return what the person may see."""
        found = in_reach(super().get_queryset(request), user=request.user)
        return found.filter(dossier__in=dossiers_where(request.user, self.seeing))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether one that must not stay can be deleted: by those who run the site.

        An assignment not while they code in a running round: they would end it for themselves.
        """
        return request.user.is_superuser and may_see_what_hangs_on(obj, user=request.user)


@admin.register(Assignment)
class AssignmentAdmin(LogAdmin):
    """Who is to code which article."""

    list_display = ("article", "coder", "is_independent", "finished_at", "settled_at", "dossier")
    list_filter = ("dossier", "is_independent")
    list_select_related = ("article", "coder", "dossier")
    search_fields = ("article__title", "coder__username")
    ordering = ("-pk",)


@admin.register(Comment)
class CommentAdmin(LogAdmin):
    """What members say about positions and articles."""

    seeing = Act.CODE
    list_display = ("author", "text", "position", "article", "created_at", "resolved_at", "dossier")
    list_filter = ("dossier",)
    list_select_related = ("author", "position__actor", "position__stance", "article", "dossier")
    search_fields = ("text", "author__username", "position__key")
    ordering = ("-pk",)

    def view_on_site(self, comment: Comment) -> str:
        """Return the address of the comment."""
        return comment.get_absolute_url()


@admin.register(Challenge)
class ChallengeAdmin(LogAdmin):
    """What readers say of published positions; they are answered on the site."""

    list_display = ("position", "kind", "text", "status", "created_at", "dossier")
    list_filter = ("dossier", "status", "kind")
    list_select_related = ("position__actor", "position__stance", "dossier")
    search_fields = ("text", "position__key")
    ordering = ("-pk",)

    def view_on_site(self, challenge: Challenge) -> str:
        """Return the address of the challenge."""
        return challenge.get_absolute_url()


@admin.register(Invitation)
class InvitationAdmin(LogAdmin):
    """Who was invited into a dossier."""

    seeing = Act.RUN
    list_display = ("email", "role", "invited_by", "created_at", "accepted_at", "withdrawn_at")
    list_filter = ("dossier", "role")
    list_select_related = ("invited_by", "dossier")
    search_fields = ("email",)
    exclude = ("token_sha256",)


@admin.register(Merge)
class MergeAdmin(LogAdmin):
    """What was merged and split; it is undone on the site."""

    list_display = ("kind", "noun", "kept", "other", "by", "created_at", "undone_at", "dossier")
    list_filter = ("dossier", "kind", "noun")
    list_select_related = ("by", "dossier")
    search_fields = ("kept", "other")
    exclude = ("moved", "gone", "made")
    ordering = ("-pk",)


@admin.register(Notice)
class NoticeAdmin(LogAdmin):
    """What people were told."""

    list_display = ("user", "kind", "by", "dossier", "created_at", "read_at")
    list_filter = ("kind", "dossier")
    list_select_related = ("user", "by", "dossier")
    search_fields = ("user__username",)
    ordering = ("-pk",)
    # Where it leads is for the person who was told.
    view_on_site = False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return that notices never hinder that what they are about is deleted."""
        return obj is not None or request.user.is_superuser

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the notices of the person, and to those who run the site all."""
        found = super().get_queryset(request).tellable_to(request.user)
        return found if request.user.is_superuser else found.filter(user=request.user)
