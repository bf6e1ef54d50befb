"""No text that somebody types or pastes, however odd, holds the site up."""

import resource
import time

import pytest
from django.db import transaction

from tests.as_a_new_process import forget

pytestmark = pytest.mark.django_db

# So many tests share the forms, so that several processes can take them.
PARTS = 4
LONG = 100_000
# Of CPU; what a request costs beside the text is some hundredths of it.
MOST_SECONDS = 2
MOST_MEBIBYTES = 256

TEXTS = {
    "comments of HTML": "<!---->",
    "open tags": "<a ",
    "nested brackets": "([{“<",
    "closed brackets": ")]}”>",
    "one letter": "a",
    "one letter and a blank": "a ",
    "one word": "word-of-it",
    "combining marks": "e\u0301\u0327\u0328",
    "Hangul": "각",
    "Arabic": "الـ\u200f",
    "katakana with marks": "カ\u3099",
    "digits": "1,000.",
    "dashes": "—-–",
    "quotation marks": "“‘\"'",
    "entities": "&amp;&#x41;",
    "soft hyphens and joiners": "a\u00ad\u200b\u200d",
    "line breaks": "\r\n\n \t",
    "full stops": "Mr. A. ",
}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_text_in_any_field_takes_long(site, forms, part):
    client = site.client("owner")
    forms = [form for form in forms if form.method == "post" and form.words]
    assert len(forms) > 15
    slow, taken = [], 0
    for place, form in list(enumerate(forms))[part::PARTS]:
        action, data = form.sent()[0]
        # A form that refuses texts of this length refuses them all before it looks at them: every
        # sixth is enough, in turn. One that takes any is sent all.
        names = sorted(TEXTS, key=lambda name: (list(TEXTS).index(name) + place) % 6)
        most = len(TEXTS) // 6
        for number, name in enumerate(names):
            if number >= most:
                break
            unit = TEXTS[name]
            text = (unit * (LONG // len(unit) + 1))[:LONG]
            forget()
            with transaction.atomic():
                start, held = time.process_time(), _most_held()
                # As parts: to write and to read each letter of it as %C3%A9 takes longer than all.
                response = client.post(action, data | {field: [text] for field in form.words})
                spent = time.process_time() - start
                transaction.set_rollback(True)
            grown = _most_held() - held
            if response.status_code != 422:
                most = len(TEXTS)
            if spent > MOST_SECONDS or grown > MOST_MEBIBYTES or response.status_code >= 500:
                figures = f"{response.status_code}, {spent:.1f} s, {grown} MiB"
                slow.append(f"{name} in {action}: {figures}")
        taken += most == len(TEXTS)
    assert slow == []
    assert taken > 0


def _most_held() -> int:
    """Return the most memory that the process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
