"""A report is read as it was written."""

import pytest

from cvforge.batch.job import Form
from cvforge.standby.report import Report


def test_a_report_is_read_as_it_was_written() -> None:
    report = Report(
        {"A": "b", "\udcfe": "\udcff"},
        {("a.yaml", "full"): Form("classic", frozenset({"math", "10pt"})), ("b", "x"): Form()},
        ("json", "re"),
    )
    assert Report.read(b"\n" + report.written()) == report


@pytest.mark.parametrize("heard", [b"", b"\n", b'\n[{"A'])
def test_one_that_is_cut_is_refused(heard: bytes) -> None:
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        Report.read(heard)
