"""All names of the actors of a dossier."""

import pytest

from astana.models.names import names_in
from astana.pages.shared.options import actors_named

pytestmark = pytest.mark.django_db


def test_a_list_filtered_by_name_leaves_the_names_as_they_are(a_dossier, an_actor):
    russia = an_actor("russia")
    assert actors_named("russ", a_dossier()) == [russia.pk]
    assert [name.normalised for name in names_in([a_dossier()])] == ["russia"]
    assert actors_named("russ", a_dossier()) == [russia.pk]
