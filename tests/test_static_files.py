"""Static files as they are served."""

from django.core.management import call_command

from astana import static_files


def test_files_are_compressed_under_the_names_that_are_asked_for(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": f"{static_files.__name__}.Storage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    with_hash = {file.name for file in (tmp_path / "css").glob("astana.*.css*")}
    assert {name.rpartition(".")[2] for name in with_hash} == {"css", "br", "gz"}
    assert {file.name for file in tmp_path.glob("css/astana.css*")} == {"astana.css"}
    # Pages of others name this one.
    assert (tmp_path / "js" / "embed.js.br").exists()
