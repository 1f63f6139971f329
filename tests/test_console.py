"""What is printed, where, and in which form."""

from __future__ import annotations

import errno
import io
import json
import sys

import pytest

from cvforge.console import MAX_SHOWN, Console
from cvforge.diagnostics import Diagnostic, Place, Severity
from cvforge.errors import BibliographyError, OutputError, ProfileError

ERROR = Diagnostic("code", "a message", Place("ada.yaml", 2, 3, 4, "  text"), "a hint")
WARNING = Diagnostic("code", "a warning", severity=Severity.WARNING)


def console(*, quiet: bool = False, json: bool = False, github: bool = False) -> Console:
    return Console(quiet=quiet, json=json, github=github)


Printed = pytest.CaptureFixture[str]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_findings_go_to_standard_error_with_an_empty_line_after_each(capsys: Printed) -> None:
    console().diagnostics([ERROR, WARNING])
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        "error: a message\n --> ada.yaml:2:3\n  |\n2 |   text\n  |   ^^^^\nhint: a hint\n\n"
        "warning: a warning\n\n"
    )


def test_results_go_to_standard_output(capsys: Printed) -> None:
    console().built("ada.pdf: 1 page\x1b[2J")
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("ada.pdf: 1 pageU+001B[2J\n", "")


def test_quiet_prints_errors_only(capsys: Printed) -> None:
    quiet = console(quiet=True)
    quiet.built("ada.pdf")
    with quiet.progress("building"):
        quiet.diagnostics([WARNING])
    quiet.close()
    assert capsys.readouterr() == ("", "")
    quiet.diagnostics([ERROR])
    assert capsys.readouterr().err.startswith("error: a message")


def test_json_prints_one_document_at_the_end_and_nothing_else(capsys: Printed) -> None:
    machine = console(json=True)
    with machine.progress("building"):
        machine.built("ada.pdf")
    machine.diagnostics([WARNING])
    machine.fail(ProfileError([ERROR]))
    machine.document({"profiles": ["ada"]})
    assert capsys.readouterr() == ("", "")
    machine.close()
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert printed.err == ""
    assert list(document) == ["diagnostics", "exit_status", "profiles"]
    assert [d["message"] for d in document["diagnostics"]] == ["a warning", "a message"]
    assert document["exit_status"] == 3


def test_annotations_follow_the_findings(capsys: Printed) -> None:
    console(github=True).diagnostics([ERROR])
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith(
        "\n\n::error file=ada.yaml,line=2,col=3,title=cvforge%3A code::a message%0Ahint: a hint\n"
    )


def test_the_first_error_decides_the_exit_status() -> None:
    made = console()
    assert made.exit_status == 0
    made.fail(BibliographyError([ERROR]))
    made.fail(ProfileError([ERROR]))
    assert made.exit_status == 4


def test_the_same_finding_is_shown_once(capsys: Printed) -> None:
    for made in (console(github=True), console(json=True)):
        made.diagnostics([WARNING, ERROR, ERROR])
        made.fail(ProfileError([ERROR]))
        made.close()
        assert made.exit_status == 3
    printed = capsys.readouterr()
    assert printed.err.count("error: a message") == printed.err.count("::error") == 1
    assert len(json.loads(printed.out)["diagnostics"]) == 2


def test_more_findings_than_can_be_read_are_counted(capsys: Printed) -> None:
    many = [Diagnostic("code", f"a warning, {n}", severity=Severity.WARNING) for n in range(107)]
    console().diagnostics(many)
    assert len(many) == MAX_SHOWN + 7
    printed = capsys.readouterr().err
    assert printed.count("a warning") == MAX_SHOWN
    assert printed.endswith("… and 7 more\n")


def test_progress_in_a_pipe_is_a_plain_line(capsys: Printed) -> None:
    with console().progress("building [/etc]"):
        pass
    assert capsys.readouterr() == ("", "building [/etc]\n")


def test_progress_on_a_terminal_shows_user_text_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    with console().progress("building [/etc]"):
        pass
    assert "building [/etc]" in terminal.getvalue()


def test_a_finding_on_a_terminal_is_coloured_and_shows_user_text_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    console().diagnostics([Diagnostic("code", "no [/etc] [bold]here", ERROR.place, "x")])
    printed = terminal.getvalue()
    assert "no [/etc] [bold]here" in printed
    assert "\x1b[1;31merror:" in printed


def test_what_the_encoding_cannot_write_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    console().built("许靖")
    assert raw.getvalue() == b"\\u8bb8\\u9756\n"


class Full(io.StringIO):
    """A stream on a disk without room."""

    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_standard_output_that_cannot_be_written_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for stream, reason in ((Full(), "no space left on device"), (None, "it is closed")):
        monkeypatch.setattr(sys, "stdout", stream)
        for say in (console().built, console().text):
            with pytest.raises(OutputError, match=f"^standard output cannot .*: {reason}$"):
                say("ada.pdf")


def test_a_json_document_that_cannot_be_written_is_an_error_on_the_other_stream(
    monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    made = console(json=True)
    made.fail(ProfileError([ERROR]))
    made.close()
    assert made.exit_status == 3
    assert capsys.readouterr().err == "error: standard output cannot be written: it is closed\n\n"


def test_standard_error_that_cannot_be_written_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    for stream in (Full(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        made = console()
        with made.progress("building"):
            made.fail(ProfileError([ERROR]))
        made.built("ada.pdf")
        assert made.exit_status == 3
    assert capsys.readouterr().out == "ada.pdf\nada.pdf\n"
