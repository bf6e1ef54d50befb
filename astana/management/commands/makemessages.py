"""Collect what is to be translated, as Django does, and what files of other tools lose."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Also find the kinds of losses, which know no gettext (`astana.formats.package.Losses`)."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=lose"]
