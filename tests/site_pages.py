"""Every page of the site, as the URLconf has it."""

import inspect
from collections.abc import Callable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# The pages of others, styled like ours or not, what is shown in them without our frame, and what
# programs read.
NOT_OURS = {"admin", "agents", "allauth.urls", "api", "embeds"}


def pages() -> dict[str, Callable]:
    """Return the view of every page by its name, such as `issues:detail`."""
    return {name: view for name, view in _pages(get_resolver(), "") if not _is_deed(view)}


def deeds() -> dict[str, Callable]:
    """Return, by its name, the view of every address that changes something and shows nothing."""
    return {name: view for name, view in _pages(get_resolver(), "") if _is_deed(view)}


def _is_deed(view: Callable | None) -> bool:
    """Return whether `require_POST` stands over a view; it is no page and has no template."""
    while view:
        if inspect.getclosurevars(view).nonlocals.get("request_method_list") == ["POST"]:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def _pages(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, Callable]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            # What ends like the name of a file is a file, and no page.
            if "." in str(pattern.pattern):
                continue
            yield f"{namespace}:{pattern.name}", pattern.callback
        elif not NOT_OURS & {pattern.namespace, getattr(pattern.urlconf_name, "__name__", "")}:
            yield from _pages(pattern, pattern.namespace or namespace)
