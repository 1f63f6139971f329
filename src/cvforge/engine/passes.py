"""Runs the passes of a job in a private folder: as many as have a reason, at most four."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.engine import log as tex_log
from cvforge.engine import sandbox
from cvforge.engine.base import MAX_PASSES, LogFinding, TexJob, TexPass, TexRun
from cvforge.engine.dialogue import MORE
from cvforge.engine.ending import failure
from cvforge.errors import EngineMissingError
from cvforge.frozen import dataclass
from cvforge.scratch import WorkFolder, read, require_room, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from cvforge.engine.sandbox import Finished
    from cvforge.engine.trace import Trace
    from cvforge.engine.wall import Wall

JOB_NAME = "cv"
MAX_LOG_BYTES = 16 * 1024 * 1024  # a hundred times what a long CV has
MAX_PDF_BYTES = 256 * 1024 * 1024  # more than a program may write
OUTPUT_NAME = f"{JOB_NAME}.out.txt"
ANSWER_NAME = "answer.tex"
# What ends the preamble, in every document that is made here.
OPENING = "\\begin{document}%\n"


@dataclass(frozen=True, slots=True)
class Program:
    """How an engine is started: ``{mode}`` in ``command`` stands for TeX's interaction mode."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    limits: sandbox.Limits
    kept_in: Path | None = None
    guard: Wall | Trace | None = None


def typeset(
    job: TexJob, program: Program, *, to_pdf: Callable[[Path], Finished] | None = None
) -> TexRun:
    """Typeset a job in passes until nothing asks for another; a job that asks takes one pass.

    ``to_pdf`` gets the job's folder; it is for engines that write a ``.xdv`` first.
    """
    with WorkFolder(kept_in=program.kept_in) as folder:
        write_files(folder, job.files)
        write_source(folder, job)
        kept = program.kept_in is not None
        return settle(folder, lambda: _one_pass(folder, job, program), to_pdf, is_kept=kept)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write what stands beside a document."""
    for file_name, content in files.items():
        write(folder / file_name, content)


def write_source(folder: Path, job: TexJob) -> None:
    """Write the document itself, and what it shows."""
    write(folder / f"{JOB_NAME}.tex", job.source.encode())
    write_shown(folder, job)


def write_shown(folder: Path, job: TexJob) -> None:
    """Write the pictures of a document, and copies of its fonts: its driver needs them, too.

    Links to the fonts would tell their paths, lead out of the folder, and be written through.
    """
    write_files(folder, job.pictures)
    for name, font in job.fonts.items():
        write(folder / name, _read_font(font))


def _read_font(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as cause:
        raise EngineMissingError.one(
            "no-font",
            f"the font {path} cannot be read: {cause.strerror}",
            hint="install it again, or remove it",
        ) from None


def answering(folder: Path, job: TexJob) -> Callable[[str], str]:
    """Return what answers the questions of a job: it writes the rest, and says where it is."""

    def answered(report: str) -> str:
        if job.answer is None:
            raise AssertionError("only a job with an answer is asked")
        made = job.answer(report)
        if made is None:
            return MORE
        preamble, opening, body = made.partition(OPENING)
        above = "%\n" * (preamble + opening).count("\n")  # so that lines keep their numbers
        write(folder / ANSWER_NAME, (above + body).encode())
        return f"\\input{{{ANSWER_NAME}}}"

    return answered


def _one_pass(folder: Path, job: TexJob, program: Program) -> Finished:
    mode = "nonstopmode" if job.answer is None else "scrollmode"
    command = [part.replace("{mode}", mode) for part in program.command]
    if job.answer is None:
        return sandbox.run(
            command,
            folder=folder,
            environment=program.environment,
            meanwhile=job.meanwhile,
            limits=program.limits,
            guard=program.guard,
        )
    return sandbox.converse(
        command,
        folder=folder,
        environment=program.environment,
        limits=program.limits,
        guard=program.guard,
        question=tex_log.QUESTION,
        answer=answering(folder, job),
        meanwhile=job.meanwhile,
    )


def settle(
    folder: Path,
    one_pass: Callable[[], Finished],
    to_pdf: Callable[[Path], Finished] | None,
    *,
    is_kept: bool = False,
) -> TexRun:
    """Run passes in a folder that holds a job, as long as one asks for the next.

    Where the folder is kept for somebody to look at, what the engine said is written there too.
    """
    passes: list[TexPass] = []
    reason: str | None = "the first pass"
    log = ""
    while reason is not None and len(passes) < MAX_PASSES:
        passes.append(TexPass(len(passes) + 1, reason))
        done = one_pass()
        if is_kept:
            write(folder / OUTPUT_NAME, done.output.encode())
        if done.refused is not None:  # what it has read may stand in its log
            return TexRun(None, tuple(passes), failure(done, ()))
        log = _read_log(folder) or done.output
        findings = tuple(tex_log.findings(log))
        if done.status != 0 or any(finding.is_error for finding in findings):
            require_room(folder)
            return TexRun(None, tuple(passes), failure(done, findings), log=log)
        reason = tex_log.rerun_reason(log)
    if reason is not None:
        unsettled = LogFinding("passes", f"not settled after {MAX_PASSES} passes: {reason}")
        return TexRun(None, tuple(passes), (*findings, unsettled), log=log)
    driven = None if to_pdf is None else to_pdf(folder)
    return delivered(folder, driven, tuple(passes), findings, log)


def delivered(
    folder: Path,
    driven: Finished | None,
    passes: tuple[TexPass, ...],
    findings: tuple[LogFinding, ...],
    log: str,
) -> TexRun:
    """Return a run that has set all pages, with the PDF in the folder, if its driver made one."""
    if driven is not None and driven.refused is not None:
        return TexRun(None, passes, failure(driven, ()))  # what TeX has read may stand in its log
    if driven is not None and driven.status != 0:
        require_room(folder)
        return TexRun(None, passes, failure(driven, findings), log=log + driven.output)
    content = read(folder / f"{JOB_NAME}.pdf", MAX_PDF_BYTES)
    if content is None or not content.rstrip().endswith(b"%%EOF"):
        require_room(folder)
    return TexRun(content, passes, findings, tex_log.pages(log), log)


def _read_log(folder: Path) -> str:
    path = folder / f"{JOB_NAME}.log"
    return (read(path, MAX_LOG_BYTES) or b"").decode("utf-8", "replace")
