"""Zips and folders that try to reach out, or to fill the memory."""

import stat
import zipfile

import pytest

from astana.exchange import files
from astana.exchange.files import read_files
from astana.exchange.problems import BrokenPackage


def a_zip(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def refusal_of(path) -> str:
    with pytest.raises(BrokenPackage) as refusal:
        read_files(path)
    return str(refusal.value)


@pytest.mark.parametrize(
    "name", ["../sources.csv", "/etc/sources.csv", "a/../../sources.csv", "..\\sources.csv"]
)
def test_a_zip_with_a_name_that_leads_out_is_refused(tmp_path, name):
    path = a_zip(tmp_path / "x.zip", {"datapackage.json": "{}", name: "slug"})
    assert "leads out of the package" in refusal_of(path)


def test_a_zip_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 1_000_000)
    path = a_zip(tmp_path / "x.zip", {"sources.csv": "x" * 600_000, "actors.csv": "x" * 600_000})
    assert path.stat().st_size < 5_000
    assert "larger than 1000000 bytes" in refusal_of(path)


def test_a_zip_that_lies_about_its_size_is_not_read_beyond_what_it_states(tmp_path):
    path = a_zip(tmp_path / "x.zip", {"sources.csv": "x" * 600_000})
    content = path.read_bytes()
    size = (600_000).to_bytes(4, "little")
    assert content.count(size) == 2
    path.write_bytes(content.replace(size, (10).to_bytes(4, "little")))
    assert "cannot be read" in refusal_of(path)


def test_a_zip_with_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_FILES", 3)
    path = a_zip(tmp_path / "x.zip", {f"texts/{number}.txt": "x" for number in range(4)})
    assert "more than 3 files" in refusal_of(path)


def test_a_link_in_a_zip_is_refused(tmp_path):
    link = zipfile.ZipInfo("sources.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "It is a link" in refusal_of(tmp_path / "x.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_a_file_twice_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("sources.csv", "slug")
        archive.writestr("sources.csv", "name")
    assert "It contains a file twice" in refusal_of(tmp_path / "x.zip")


def test_a_damaged_zip_is_refused(tmp_path):
    path = a_zip(tmp_path / "x.zip", {"sources.csv": "slug,name" * 100})
    content = bytearray(path.read_bytes())
    content[45:50] = b"\0\1\2\3\4"
    path.write_bytes(bytes(content))
    assert "cannot be read" in refusal_of(path)


def test_an_encrypted_zip_is_refused(tmp_path):
    path = a_zip(tmp_path / "x.zip", {"sources.csv": "slug"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(bytes(content))
    assert "It is encrypted" in refusal_of(path)


def test_other_files_of_a_zip_are_passed_over(tmp_path):
    members = {
        "talks/datapackage.json": "{}",
        "talks/sources.csv": "slug",
        "talks/texts/a.full.en.txt": "Words.",
        "talks/notes.docx": "x",
        "__MACOSX/talks/._sources.csv": "x",
    }
    assert read_files(a_zip(tmp_path / "x.zip", members)) == {
        "datapackage.json": b"{}",
        "sources.csv": b"slug",
        "texts/a.full.en.txt": b"Words.",
    }


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "secrets.txt").write_text("secret")
    package = tmp_path / "package"
    (package / "texts").mkdir(parents=True)
    (package / "texts" / "a.full.en.txt").symlink_to(tmp_path / "secrets.txt")
    assert refusal_of(package).startswith("texts/a.full.en.txt: It is not a file of this folder.")


def test_a_folder_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 1_000)
    (tmp_path / "actors.csv").write_text("x" * 600)
    (tmp_path / "sources.csv").write_text("x" * 600)
    assert "larger than 1000 bytes" in refusal_of(tmp_path)


def test_what_other_systems_put_beside_a_package_is_passed_over(tmp_path):
    files = {"datapackage.json": "{}", "sources.csv": "slug", "texts/a.full.en.txt": "Words."}
    beside = {"._sources.csv": "\0", "texts/._a.full.en.txt": "\0", ".hidden.csv": "x"}
    older = {f"backup/{name}": "older" for name in files}
    expected = {name: content.encode() for name, content in files.items()}
    for number, members in enumerate(
        (
            files | beside | older,
            {f"deeper/{name}": content for name, content in (files | beside | older).items()},
        )
    ):
        assert read_files(a_zip(tmp_path / f"{number}.zip", members)) == expected
        windows = {name.replace("/", "\\"): content for name, content in members.items()}
        assert read_files(a_zip(tmp_path / f"{number}w.zip", windows)) == expected
        for name, content in members.items():
            path = tmp_path / str(number) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        assert read_files(tmp_path / str(number)) == expected


def test_of_two_packages_beside_each_other_none_is_taken(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "datapackage.json").write_text("{}")
    assert "There is another one, " in refusal_of(tmp_path)
