"""A site with a dossier, a person of each role, and of everything one that is that person's own."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.http import QueryDict
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from astana.models import (
    Article,
    Assignment,
    Challenge,
    Coder,
    Comment,
    Dossier,
    Event,
    Evidence,
    Invitation,
    Membership,
    Merge,
    Notice,
    Position,
    Rendition,
    SavedComparison,
    Upload,
    User,
)
from tests.a_class import a_class
from tests.a_desk import NOW
from tests.a_filled_form import Form, forms_of
from tests.a_large_dossier import a_large_dossier
from tests.permissions import ASKED, TABLE, VALUES, VALUES_OF

MEMBERS = ["reader", "coder", "reviewer", "owner"]
PEOPLE = ["outsider", *MEMBERS, "admin"]
HTMX = {"HX-Request": "true"}
# A page in the frame of the site, and one in that of a dossier.
FRAMED = ("home:index", "dossiers:detail")


@dataclass(frozen=True)
class Address:
    """One address of the site: its name (or its route, where it has none) and its parts."""

    name: str
    parts: tuple[str, ...]
    pattern: URLPattern
    route: str

    @property
    def row(self):
        """The row of the table that the address has, None without one."""
        wild = "admin:*" if self.name.startswith("admin:") else None
        return TABLE.get(self.name) or TABLE.get(wild)


def addresses() -> list[Address]:
    """Return every address that the site answers."""
    return list(_addresses(get_resolver(), namespace="", route="", parts=()))


def _addresses(resolver: URLResolver, *, namespace: str, route: str, parts: tuple) -> Iterator:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        known = (*parts, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            prefix = f"{namespace}:" if namespace else ""
            name = prefix + pattern.name if pattern.name else here
            if namespace == "admin" and not pattern.name:
                name = f"admin:{here}"
            yield Address(name, known, pattern, here)
        else:
            yield from _addresses(
                pattern, namespace=pattern.namespace or namespace, route=here, parts=known
            )


class Site:
    """A dossier with people of each role, and the way each of them would go to an address."""

    def __init__(self, visibility: str, *, slug: str = "talks") -> None:
        self.dossier = a_large_dossier(slug, size=1, visibility=visibility)
        self.people = {role: self._person(role) for role in PEOPLE}
        for role in MEMBERS:
            Membership.objects.create(dossier=self.dossier, user=self.people[role], role=role)
        self.own = {role: self._own(user) for role, user in self.people.items()}
        self.shared = self._shared()
        self._cookies = {role: self._sign_in(user) for role, user in self.people.items()}
        self._handler = ClientHandler(enforce_csrf_checks=False)

    def client(self, role: str, *, enforce_csrf_checks: bool = False) -> Client:
        """Return a fresh browser in which a person has signed in."""
        client = Client(enforce_csrf_checks, raise_request_exception=False)
        if not enforce_csrf_checks:
            # As on a real site, the middleware is made once and not for each browser.
            client.handler = self._handler
        if role != "anonymous":
            client.cookies["sessionid"] = self._cookies[role]
        return client

    def url(self, address: Address, role: str) -> str:
        """Return the address as this person would go there: to what is the person's own."""
        own = self.own.get(role) or self.own["coder"]
        values = {"dossier": self.dossier.slug, **VALUES, **self.shared, **own}
        values |= VALUES_OF.get(address.name, {})
        values = {part: own["draft"] if v == "own-draft" else v for part, v in values.items()}
        if "version" in address.parts:
            values["version"] = Dossier.objects.get(pk=self.dossier.pk).version
        values = {part: values.get(part, 1) for part in address.parts}
        if address.pattern.name is None:
            return "/" + (address.route if address.name in TABLE else "admin/nothing/")
        return reverse(address.name, kwargs=values, query=QueryDict(ASKED.get(address.name)))

    def _person(self, role: str) -> User:
        make = User.objects.create_superuser if role == "admin" else User.objects.create_user
        user = make(f"the-{role}", f"the-{role}@example.org", "secret-word-7")
        # Otherwise allauth copies the address to a table of its own when it is first looked at.
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user

    def _sign_in(self, user: User) -> str:
        client = Client()
        client.force_login(user)
        return client.cookies["sessionid"].value

    def _own(self, user: User) -> dict:
        """Return, by the part of an address, one of everything that is a person's own."""
        first = Position.objects.of(self.dossier).get(key="p0")
        taken_over = ("actor", "issue", "stance", "said", "earliest", "latest", "voice")
        draft = Position.objects.create(
            dossier=self.dossier,
            key=f"{user.username}-draft",
            summary="Not yet said aloud.",
            status="draft",
            coder=user,
            coded_at=NOW,
            **{name: getattr(first, name) for name in taken_over},
        )
        article = Article.objects.create(
            dossier=self.dossier,
            slug=f"{user.username}-article",
            title="To code",
            source=Article.objects.of(self.dossier).first().source,
            published=first.earliest,
        )
        token = f"{self.dossier.slug}-{user.username}"
        SavedComparison.objects.create(
            dossier=self._visible(user), user=user, title="Mine", token=token, query="issue=issue-0"
        )
        Invitation.objects.create(
            dossier=self.dossier, email="someone@example.org", role="coder",
            token_sha256=sha256(token.encode()).hexdigest(),
        )  # fmt: skip
        public = Dossier.objects.get_or_create(
            slug="open", defaults={"title": "Open", "visibility": "public"}
        )[0]
        return {
            "draft": draft.key,
            "code": a_class(public, user=user).code,
            "passage": Evidence.objects.create(
                position=draft,
                rendition=Rendition.objects.filter(
                    article__dossier=self.dossier, kind="synopsis"
                ).first(),
                exact="in the morning",
                start=19,
                end=33,
                paragraph=1,
                health="moved",
            ).pk,
            "token": token,
            "assignment": Assignment.objects.create(
                dossier=self.dossier, article=article, coder=user, assigned_by=user
            ).pk,
            "notice": Notice.objects.create(user=user, dossier=self._visible(user), kind="role").pk,
            "change": draft.history.first().pk,
        }

    def _visible(self, user: User) -> Dossier:
        """Return a dossier of which this person may have a notice."""
        if Dossier.objects.visible_to(user).filter(pk=self.dossier.pk).exists():
            return self.dossier
        return Dossier.objects.get_or_create(
            slug="open", defaults={"title": "Open", "visibility": "public"}
        )[0]

    def _shared(self) -> dict:
        of_dossier = {"dossier": self.dossier}
        member = Membership.objects.create(
            user=User.objects.create_user("somebody"), role="reader", **of_dossier
        )
        merge = Merge.objects.create(
            kind="merge", noun="actor", kept="actor-0", other="gone", by=self.people["owner"],
            **of_dossier,
        )  # fmt: skip
        day = {"start": "2017-01-30", "end": "2017-01-30"}
        proposal = Event.objects.create(
            slug="proposed",
            name="Another meeting",
            public=False,
            proposed=True,
            **day,
            **of_dossier,
        )
        return {
            "member": member.pk,
            "upload": Upload.objects.filter(**of_dossier).first().pk,
            "coder": Coder.objects.create(slug="ana", name="Ana", **of_dossier).pk,
            "merge": merge.pk,
            "proposal": proposal.pk,
            "invitation": Invitation.objects.filter(**of_dossier).first().pk,
            "comment": Comment.objects.filter(position__key="p0", **of_dossier).first().pk,
            "challenge": Challenge.objects.filter(status="open", **of_dossier).first().pk,
        }


def forms_seen(
    site: Site, role: str, *, at: Container[str] | None = None
) -> Iterator[tuple[str, Form]]:
    """Yield the forms that a person of this role sees, each with its page's name.

    They are those of all pages, or of the pages `at`. Of a page a slice is asked for: the forms in
    the frame around it, which are the same for all, are those of two pages.
    """
    for address in addresses():
        if address.name.startswith("admin:") or address.row.get is None:
            continue
        if at is not None and address.name not in at:
            continue
        url = site.url(address, role)
        page = site.client(role).get(url, headers={} if address.name in FRAMED else HTMX)
        if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
            for method in ("get", "post"):
                for form in forms_of(page.content.decode(), page=url, method=method):
                    yield address.name, form
