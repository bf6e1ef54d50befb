"""The query string of the framing ledger."""

from django.utils.translation import gettext_lazy

from astana.models import Actor, Source
from astana.web.fields import SlugsField
from astana.web.named import ChooserForm


class FramingForm(ChooserForm):
    """Which actor, and in which source; each may be left open."""

    MODELS = {"actor": Actor, "source": Source}

    actor = SlugsField(most=1, label=gettext_lazy("Actor"))
    source = SlugsField(most=1, label=gettext_lazy("Source"))
