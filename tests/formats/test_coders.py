"""What coders of files are called."""

from astana.formats.coders import Coders
from astana.formats.package import Package


def test_two_of_the_same_name_at_different_addresses_are_two_in_two_files_and_no_address_is_kept():
    names = []
    for address in ("anna@a.example", "Anna@A.example ", "anna@b.example", "anna"):
        package = Package()
        Coders(package).slug(address)
        (row,) = package.cells("coders")
        names.append(row["name"].casefold())
    first, again, other, bare = names
    assert first == again
    assert len({first, other, bare}) == 3
    assert all(name.startswith("anna") and "example" not in name for name in names)
