"""Where a passage stands that a coder chose: found by its place and its words."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from astana.evidence.anchor import Passage, find, passage_of
from astana.models import Rendition
from astana.words.line_ends import plain

LONGEST_PASSAGE = 5_000


class PassageForm(forms.Form):
    """Where a passage is in a rendition, in code points, with its words as a check.

    `exact` are the words that were chosen; with `cut` they are only the first of them. Offsets at
    which other words stand are not trusted: the words are looked for instead.
    """

    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    exact = forms.CharField(
        required=False, strip=False, widget=forms.HiddenInput, max_length=LONGEST_PASSAGE
    )
    prefix = forms.CharField(required=False, strip=False, widget=forms.HiddenInput, max_length=64)
    suffix = forms.CharField(required=False, strip=False, widget=forms.HiddenInput, max_length=64)
    cut = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, rendition: Rendition) -> None:
        super().__init__(data)
        self.rendition = rendition
        self.passage: Passage | None = None
        self.is_found_elsewhere = False

    def clean(self) -> dict[str, Any]:
        """Find the passage; `passage` has no white space at its ends."""
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if start is None or end is None:
            return cleaned
        text = self.rendition.text
        exact = plain(cleaned.get("exact") or "")
        words = text[start:end] if start < end <= len(text) else ""
        there = plain(words)
        stands = (
            there.startswith(exact) and self._ends_there(end)
            if cleaned.get("cut")
            else (there == exact)
        )
        if exact and not stands:
            start, end = self._elsewhere(exact)
            words = text[start:end]
        start, end = _trimmed(words, start)
        if start >= end:
            raise forms.ValidationError(
                _("There are no words at this place. Choose the passage again.")
            )
        if end - start > LONGEST_PASSAGE:
            raise forms.ValidationError(
                _("A passage has at most %(most)s characters. Choose the words that matter.")
                % {"most": LONGEST_PASSAGE}
            )
        self.passage = passage_of(text, start, end)
        return cleaned

    def _ends_there(self, end: int) -> bool:
        """Return whether words whose end was not sent end there: what follows them is what did."""
        follows = self.rendition.text[end:]
        suffix = plain(self.cleaned_data.get("suffix") or "")
        following = plain(follows[: 2 * len(suffix)])
        return following.startswith(suffix) if suffix else not follows[:1].strip()

    def _elsewhere(self, exact: str) -> tuple[int, int]:
        """Return the one place of words that do not stand where they were said to."""
        refusal = forms.ValidationError(
            _("These words are not in this text, or occur more than once. Choose them again.")
        )
        if not exact.strip() or self.cleaned_data.get("cut"):
            raise refusal
        text = self.rendition.text
        sought = Passage(
            None,
            None,
            exact if exact in text else exact.replace("\n", "\r\n"),
            plain(self.cleaned_data.get("prefix") or ""),
            plain(self.cleaned_data.get("suffix") or ""),
        )
        found = find(sought, text)
        if found.start is None or found.end is None:
            raise refusal
        self.is_found_elsewhere = True
        return found.start, found.end


def _trimmed(words: str, start: int) -> tuple[int, int]:
    """Return start and end of words without the white space around them."""
    first = start + len(words) - len(words.lstrip())
    return first, first + len(words.strip())
