"""Who may do what at which address: one row for each, and a test that walks them all.

A row is `Row(get, post)`: the least role that may read and the least that may write there, in this
order: anonymous, outsider (signed in, but no member of the dossier), reader, coder, reviewer,
owner, admin (of the site). `seen` is whoever may see the dossier: anybody of a public one, its
members of a private one. `public` is anybody of a public one, and nobody of a private one. None is
a method that the address does not know. `but` names roles that are refused although they are high
enough. `nobody` may come there without something that the walk does not have, such as half a sign-
in. What one may do only to what is one's own is a row for whose own it is: each person of the walk
has one of everything.
"""

from dataclasses import dataclass

from django.core.signing import Signer

ORDER = ["anonymous", "outsider", "reader", "coder", "reviewer", "owner", "admin", "nobody"]


@dataclass(frozen=True)
class Row:
    """The least role that may read, and that may write, at one address."""

    get: str | None
    post: str | None = None
    but: tuple[str, ...] = ()


READ = Row("seen")
# What is shown to whoever asks, and knows nobody.
SHOWN = Row("public")
# The way out of digests for a user who is gone.
OF_NOBODY = Signer(salt="astana.digest").sign("0")

TABLE = {
    "home:index": Row("anonymous"),
    "search:index": Row("anonymous"),
    "method:index": Row("anonymous"),
    "method:glossary": Row("anonymous"),
    "method:files": Row("anonymous"),
    "method:licence": Row("anonymous"),
    "method:api": Row("anonymous"),
    "cards:site": Row("anonymous"),
    "cards:dossier": READ,
    "catalogue:site": Row("anonymous"),
    "catalogue:dossier": READ,
    "sitemaps:overall": Row("anonymous"),
    "sitemaps:section": Row("anonymous"),
    "sitemaps:robots": Row("anonymous"),
    # A message is a POST and is only read, for nobody in particular.
    "agents:mcp": Row(None, "anonymous"),
    "agents:llms": Row("anonymous"),
    "embeds:compare": SHOWN,
    "embeds:issue": SHOWN,
    "embeds:timeline": SHOWN,
    "embeds:oembed": Row("anonymous"),
    # What a dossier shows to whoever may see it.
    "dossiers:detail": READ,
    "compare:matrix": READ,
    "blind:index": READ,
    "blind:worksheet": READ,
    "blind:key": READ,
    "issues:index": READ,
    "issues:detail": READ,
    "actors:index": READ,
    "actors:detail": READ,
    "articles:index": READ,
    "articles:detail": READ,
    "positions:index": READ,
    "positions:detail": READ,
    "events:index": READ,
    "events:detail": READ,
    "documents:index": READ,
    "documents:detail": READ,
    "timeline:index": READ,
    "agreement:index": READ,
    "agreement:graphml": READ,
    "agreement:statements": READ,
    "agreement:statements_graphml": READ,
    "sources:index": READ,
    "sources:detail": READ,
    "framing:index": READ,
    "coverage:index": READ,
    "answers:index": READ,
    "common_ground:index": READ,
    "brief:index": READ,
    "citations:index": READ,
    "exports:compare": READ,
    "exports:compare_wide": READ,
    "exports:agreement": READ,
    "exports:statements": READ,
    "exports:brief": READ,
    "exports:positions": READ,
    "exports:issues": READ,
    "exports:actors": READ,
    "exports:articles": READ,
    "exports:events": READ,
    "exports:dossier": READ,
    "exports:annotation": READ,
    # What programs read.
    "api:index": Row("anonymous"),
    "api:openapi": Row("anonymous"),
    "api:dossiers": Row("anonymous"),
    "api:dossier": READ,
    "api:table": READ,
    "feeds:index": READ,
    "feeds:dossier": READ,
    "feeds:actor": READ,
    "feeds:issue": READ,
    "challenges:new": Row("seen", "seen"),
    # The coding desk.
    "articles:new": Row("coder", "coder"),
    "codings:article": Row("coder", "coder"),
    "codings:suggestions": Row(None, "coder"),
    "codings:edit": Row("coder", "coder"),
    "codings:step": Row(None, "coder"),
    "codings:remove": Row(None, "coder"),
    "links:of_position": Row("coder", "coder"),
    "links:remove": Row(None, "coder"),
    "coding:index": Row("coder", "coder"),
    "coding:position": Row("coder"),
    "coding:step": Row(None, "coder"),
    "coding:delete": Row(None, "coder"),
    "comments:of_position": Row("coder", "coder"),
    "comments:of_article": Row("coder", "coder"),
    "comments:resolve": Row(None, "coder"),
    "comments:reopen": Row(None, "coder"),
    "assignments:index": Row("reviewer", "reviewer"),
    "assignments:finish": Row(None, "coder"),
    "assignments:reopen": Row(None, "coder"),
    "assignments:remove": Row(None, "reviewer"),
    "review:index": Row("reviewer", "reviewer"),
    "review:decide": Row(None, "reviewer"),
    "challenges:index": Row("reviewer"),
    "challenges:answer": Row("reviewer", "reviewer"),
    "rounds:index": Row("coder"),
    "rounds:detail": Row("reviewer"),
    "rounds:accept": Row(None, "reviewer"),
    "rounds:decide": Row(None, "reviewer"),
    "rounds:close": Row(None, "reviewer"),
    "rounds:write": Row("reviewer", "reviewer"),
    "outcomes:index": Row("coder"),
    "coder_agreement:index": Row("coder"),
    "coder_agreement:confusion": Row("coder"),
    "coder_agreement:file": Row("coder"),
    "history:index": Row("coder"),
    "history:detail": Row("coder"),
    "history:revert": Row(None, "coder"),
    "history:restore": Row(None, "coder"),
    "issues:new": Row("reviewer", "reviewer"),
    "issues:edit": Row("reviewer", "reviewer"),
    "setup:index": Row("reviewer", "reviewer"),
    "setup:codebook": Row("reviewer", "reviewer"),
    "setup:records": Row("reviewer"),
    "setup:new": Row("reviewer", "reviewer"),
    "setup:edit": Row("reviewer", "reviewer"),
    "setup:remove": Row("reviewer", "reviewer"),
    "setup:move": Row(None, "reviewer"),
    "passages:index": Row("coder"),
    "passages:mend": Row(None, "coder"),
    "passages:mend_together": Row(None, "coder"),
    "passages:text": Row("coder", "coder"),
    "looked_for:article": Row("coder", "coder"),
    "looked_for:document": Row("coder", "coder"),
    "proposals:index": Row("reviewer"),
    "proposals:decide": Row(None, "reviewer"),
    "merges:index": Row("reviewer"),
    "merges:new": Row("reviewer", "reviewer"),
    "merges:undo": Row(None, "reviewer"),
    # Who works on a dossier.
    "dossiers:new": Row("outsider", "outsider"),
    "dossiers:settings": Row("owner", "owner"),
    "members:index": Row("owner", "owner"),
    "members:change": Row(None, "owner"),
    "members:match": Row(None, "owner"),
    "members:remove": Row(None, "owner"),
    "members:withdraw": Row(None, "owner"),
    # An admin of the site is no member: there is nothing to hand over or to leave.
    "members:hand_over": Row(None, "owner", but=("admin",)),
    "members:leave": Row(None, "reader", but=("admin",)),
    "invitations:detail": Row("anonymous", "anonymous"),
    # What is one's own.
    "notices:index": Row("outsider"),
    # Whoever has the mail has the signature in its address.
    "notices:unsubscribe": Row("anonymous", "anonymous"),
    "notices:read": Row(None, "outsider"),
    "notices:read_all": Row(None, "outsider"),
    "comparisons:index": Row("outsider"),
    "comparisons:new": Row("outsider", "outsider"),
    "comparisons:detail": Row("outsider"),
    "comparisons:edit": Row("outsider", "outsider"),
    "comparisons:delete": Row("outsider", "outsider"),
    # A class: whoever has the code joins, its teacher sees what was guessed.
    "classes:join": Row("anonymous"),
    "classes:reading": Row("anonymous", "anonymous"),
    "classes:index": Row("outsider"),
    "classes:new": Row("outsider", "outsider"),
    "classes:detail": Row("outsider"),
    "classes:end": Row("outsider", "outsider"),
    "accounts:index": Row("outsider", "outsider"),
    # The doors, which are allauth's. They lead those home who have come in already.
    "account_login": Row("anonymous", "anonymous"),
    "account_logout": Row("anonymous", "anonymous"),
    "account_inactive": Row("anonymous"),
    "account_signup": Row("anonymous", "anonymous"),
    "account_email_verification_sent": Row("anonymous"),
    "account_confirm_email": Row("anonymous", "nobody"),
    "account_reset_password": Row("anonymous", "anonymous"),
    "account_reset_password_done": Row("anonymous"),
    "account_reset_password_from_key": Row("anonymous", "anonymous"),
    "account_reset_password_from_key_done": Row("anonymous"),
    "account_confirm_login_code": Row("outsider", "outsider"),
    "account_reauthenticate": Row("outsider", "outsider"),
    "account_email": Row("outsider", "outsider"),
    "account_change_password": Row("outsider", "outsider"),
    "account_set_password": Row("outsider", "outsider"),
    "mfa_index": Row("outsider"),
    "mfa_authenticate": Row("outsider", "outsider"),
    "mfa_reauthenticate": Row("outsider", "outsider"),
    "mfa_activate_totp": Row("outsider", "outsider"),
    "mfa_deactivate_totp": Row("nobody", "nobody"),
    "mfa_view_recovery_codes": Row("nobody"),
    "mfa_generate_recovery_codes": Row("outsider", "outsider"),
    "mfa_download_recovery_codes": Row("nobody"),
    "mfa_list_webauthn": Row("outsider"),
    "mfa_add_webauthn": Row("outsider", "outsider"),
    "mfa_reauthenticate_webauthn": Row("outsider", "outsider"),
    "mfa_remove_webauthn": Row("outsider", "outsider"),
    "mfa_edit_webauthn": Row("outsider", "outsider"),
    "mfa_login_webauthn": Row("outsider", "outsider"),
    "usersessions_list": Row("outsider", "outsider"),
    "socialaccount_connections": Row("outsider", "outsider"),
    "socialaccount_login_cancelled": Row("anonymous"),
    "socialaccount_login_error": Row("anonymous"),
    "socialaccount_signup": Row("nobody", "nobody"),
    "openid_connect_login": Row("nobody", "nobody"),
    "openid_connect_callback": Row("nobody", "nobody"),
    # Older addresses of allauth, which only lead to the newer ones.
    "accounts/social/login/cancelled/": Row("anonymous", "anonymous"),
    "accounts/social/login/error/": Row("anonymous", "anonymous"),
    "accounts/social/signup/": Row("anonymous", "anonymous"),
    "accounts/social/connections/": Row("anonymous", "anonymous"),
    # The admin has no door of its own; it is for staff, by Django's permissions (tests/admin).
    "admin:logout": Row("anonymous", "anonymous"),
    "admin:*": Row("admin", "admin"),
}

# What the parts of an address stand for, unless a row says otherwise. `own-...` and numbers are
# filled in by tests/a_watched_site.py for whoever asks.
VALUES = {
    "issue": "issue-0",
    "source": "source-0",
    "actor": "actor-0",
    "article": "article-0",
    "position": "p0",
    "event": "event-0",
    "document": "document-0",
    "suffix": "csv",
    "noun": "position",
    "record": "p0",
    "kind": "events",
    "app_label": "astana",
}
# What an address has to ask for to be answered.
ASKED = {
    "exports:brief": "side=actor-0&side=person",
    # What is nowhere in a private dossier is the page of a public one that the walk has too.
    "embeds:oembed": "url=http://testserver/dossiers/open/compare/",
}
VALUES_OF = {
    "api:table": {"rows": "positions.csv"},
    "codings:edit": {"position": "own-draft"},
    "codings:step": {"position": "own-draft"},
    "codings:remove": {"position": "own-draft"},
    "links:of_position": {"position": "own-draft"},
    "links:remove": {"position": "own-draft"},
    "coding:position": {"position": "own-draft"},
    "coding:step": {"position": "own-draft"},
    "coding:delete": {"position": "own-draft"},
    "review:decide": {"position": "waiting-0"},
    "rounds:write": {"position": "r0"},
    "proposals:decide": {"noun": "event"},
    "history:revert": {"record": "own-draft"},
    "setup:edit": {"record": "event-0"},
    "setup:remove": {"record": "event-0"},
    "setup:move": {"record": "issue-0"},
    "notices:unsubscribe": {"token": OF_NOBODY},
    "passages:mend": {"noun": "evidence"},
    "sitemaps:section": {"section": "dossiers"},
    "account_confirm_email": {"key": "none"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "none"},
    "openid_connect_login": {"provider_id": "oidc"},
    "openid_connect_callback": {"provider_id": "oidc"},
}
