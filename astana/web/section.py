"""The addresses of one noun, together under one name."""

from django.urls import include, path


def section(prefix: str, name: str, *patterns: object) -> object:
    """Return the addresses of one noun, named `<name>:<page>`."""
    return path(prefix, include((list(patterns), name)))
