"""Migrations of a new database that do not have all models rendered again at each step."""

from django.db import migrations


class OneAtATime(migrations.Migration):
    """From here on, only the model that a step changes is rendered again.

    Django renders all that are related to it by any number of others, which here is all there are:
    of the time that a new database took, nine parts in ten went there. A step changes one table,
    and reads of others only the names of tables and keys. It holds for those of other apps that
    follow, too, in this run of `migrate`; data is not changed by ours, and theirs get their models
    rendered in full.
    """

    def apply(self, project_state, *args, **options):
        """Change the database, and return the state after it, of which nothing is rendered."""
        project_state._find_reload_model = lambda app, model, delay=False: {(app, model)}
        state = super().apply(project_state, *args, **options)
        state.is_delayed = True
        state.clear_delayed_apps_cache()
        return state
