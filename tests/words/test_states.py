"""A state is told of in other languages too."""

import pytest

from astana.words.masking import Hidden, mask_of
from astana.words.states import also_called, states_named


@pytest.mark.parametrize(
    ("state", "language", "text", "masked"),
    [
        ("Russia", "de-AT", "Moskau: russische Truppen aus Russland", "[A]: [A] Truppen aus [A]"),
        ("Russia", "fr", "Moscou et la Russie, un plan russe", "[A] et la [A], un plan [A]"),
        ("Syria", "de", "Damaskus, Syrien und syrische Kurden", "[A], [A] und [A] Kurden"),
        ("Turkey", "de", "die Türkei, türkische Stimmen", "die [A], [A] Stimmen"),
        ("United States", "ru", "из Соединённых Штатов", "из [A]"),
        ("United States", "zh-Hans", "美国同意", "[A]同意"),
        ("Iran", "fa", "تهران و ایران", "[A] و [A]"),
        ("Vatican", "it", "la Città del Vaticano", "la [A]"),
        ("Bosnia", "de", "Bosnien und Herzegowina", "[A]"),
        ("Russia", "no language", "Russland", "Russland"),
    ],
)
def test_what_a_language_calls_a_state_hides_it(state, language, text, masked):
    (known,) = states_named(state)
    words = [
        name
        for word in known.names + known.seats + known.people
        for name in also_called(word, language)
    ]
    assert mask_of(Hidden(word, "[A]") for word in words).apply(text) == masked
