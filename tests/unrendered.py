"""Answers without words, for the walks in which their status alone is looked at."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.template.base import Template
from django.utils.safestring import SafeString
from template_partials.templatetags.partials import TemplateProxy

from tests.as_a_new_process import forget


@contextmanager
def unrendered() -> Iterator[None]:
    """Leave all templates empty meanwhile: views decide before them who is let in."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in (Template, TemplateProxy):
            patch.setattr(kind, "render", lambda _template, _context: SafeString(""))
        yield
    forget()
