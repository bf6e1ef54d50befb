"""A page declares its encoding in a tag, and nowhere else."""

import pytest

from astana.intake.declarations import encoding_of


@pytest.mark.parametrize(
    ("page", "label"),
    [
        (b'<!-- <meta charset="koi8-r"> --><meta charset=windows-1251>', "windows-1251"),
        (b"<script>'<meta charset=koi8-r>'</script><meta charset='utf-8'>", "utf-8"),
        (b'<meta name="description" content="charset=koi8-r"><meta charset="utf-8">', "utf-8"),
        (b'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=Big5">', "Big5"),
        (b'<?xml version="1.0" encoding="iso-8859-5"?><html>', "iso-8859-5"),
        (b"<p>The charset=koi8-r of a page</p>", ""),
        (b"<meta charset", ""),
    ],
)
def test_an_encoding_is_declared_by_a_tag(page, label):
    assert encoding_of(page) == label
