"""What the machine refuses, runs out of or ends is one message, and the old PDF stays."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from robustness.conftest import Site

# Run a program without root's right to write where nobody may (Linux: prctl, PR_CAPBSET_DROP).
WITHOUT_RIGHTS = (
    "import ctypes, os, sys; prctl = ctypes.CDLL(None).prctl;"
    "[prctl(24, right, 0, 0, 0) for right in (1, 2)];"
    "os.execv(sys.argv[1], sys.argv[1:])"
)
UNWRITABLE = """\
error: "{}" cannot be written: {}
hint: make the file and its folder writable, or write to another folder

"""
FULL = """\
error: "{}" cannot be written: no space left on device
hint: make room on its disk, or write to another folder

"""
READY = "from cvforge.__main__ import main; print(flush=True); main()"
MOMENTS = 4
# Let the one file that a build is for be the first that may not be large.
SMALL_PDF = """
import resource
from cvforge import files
write = files.write_file
def limited(path, content):
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    write(path, content)
files.write_file = limited
"""
# A disk of KiB in a place of its own: mounted for this program and what it starts, then looked at.
TINY_DISK = """
size=$1 folder=$2 file=$3; shift 3
mount -t tmpfs -o size=${size}k tmpfs "$folder" || exit 99
if [ -n "$file" ]; then cp "$file" "$folder/" || exit 98; fi
"$@"; status=$?
if [ -n "$file" ]; then cmp "$file" "$folder/${file##*/}" || exit 97; fi
exit $status
"""
NAMESPACE = ["unshare", "-m" if os.geteuid() == 0 else "-Urm", "/bin/sh", "-c"]


def can_mount() -> bool:
    try:
        tried = subprocess.run(
            [*NAMESPACE, "mount -t tmpfs tmpfs /mnt"], capture_output=True, check=False
        )
    except FileNotFoundError:
        return False
    return tried.returncode == 0


# Where nothing may be mounted, limits of the process stand for the full disk alone.
DISKS = ["tmpfs"] if can_mount() else []


def assert_one_error(errors: str) -> None:
    assert errors.count("error: ") == 1, errors
    assert "Traceback" not in errors


def assert_untouched(site: Site, pdfs: dict[str, bytes]) -> None:
    assert site.pdf.read_bytes() == pdfs["old"]
    assert site.left_behind() == []
    assert site.has_ended()


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("kill -KILL $$", "signal 9|killed"),
        ("kill -XCPU $$", "signal 24|time"),
        ("kill -XFSZ $$", "signal 25|larger than"),
        ("kill -SEGV $$", "signal 11|crashed"),
        ("exit 3", "status 3"),
        ("exec /nowhere/tectonic", "status 127|not there"),
        ("dd if=/dev/zero of=cv.pdf bs=1024k count=999 2>/dev/null", "status 153|larger than"),
        ("exit 0", "wrote no PDF"),
        ("printf '%%PDF-1.5' >cv.pdf", "no readable PDF"),
        ('rm -rf "$PWD"', "wrote no PDF"),
        ("mkdir -p a/b; chmod 0 a; exit 1", "status 1"),
    ],
)
def test_an_engine_that_fails_is_one_message(
    site: Site, pdfs: dict[str, bytes], script: str, message: str
) -> None:
    engine = site.folder / "bin" / "tectonic"
    engine.parent.mkdir()
    engine.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    engine.chmod(0o755)
    path = f"PATH={engine.parent}:{os.environ['PATH']}"
    command = [*site.command("new"), "--engine", "tectonic"]
    done = subprocess.run(
        ["env", path, *command], env=site.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 8, done.stderr
    assert_one_error(done.stderr)
    assert re.search(message, done.stderr), done.stderr
    assert_untouched(site, pdfs)


@pytest.mark.parametrize(("folder", "status"), [("out", 10), ("tmp", 0), ("closed", 0)])
def test_a_folder_that_cannot_be_written(
    site: Site, pdfs: dict[str, bytes], folder: str, status: int
) -> None:
    closed = site.folder / folder
    closed.mkdir(exist_ok=True)
    closed.chmod(0o555)
    cache = site.cache if folder != "closed" else closed
    before = ("env", f"XDG_CACHE_HOME={cache}", sys.executable, "-c", WITHOUT_RIGHTS)
    ended, errors = site.build("new", *before)
    closed.chmod(0o755)
    assert ended == status
    assert site.pdf.read_bytes() == pdfs["new" if status == 0 else "old"]
    assert errors == ("" if status == 0 else UNWRITABLE.format(site.pdf, "permission denied"))
    assert site.left_behind() == []


def test_a_pdf_that_may_not_be_so_large_leaves_the_old_one(
    site: Site, pdfs: dict[str, bytes]
) -> None:
    command = site.command("new")
    command[2] = SMALL_PDF + command[2]
    done = subprocess.run(
        command, env=site.environment, capture_output=True, text=True, check=False
    )
    assert len(pdfs["new"]) > 4096
    assert done.returncode == 10
    assert done.stderr.startswith(f'error: "{site.pdf}" cannot be written: file too large\nhint: ')
    assert_untouched(site, pdfs)


def test_temporary_files_that_may_not_be_so_large_are_one_message(
    site: Site, pdfs: dict[str, bytes]
) -> None:
    status, errors = site.build("new", "/bin/sh", "-c", 'ulimit -S -f 8 && exec "$@"', "sh")
    assert status == 10
    assert "file too large" in errors
    assert_one_error(errors)
    assert_untouched(site, pdfs)


@pytest.mark.parametrize("disk", DISKS)
@pytest.mark.parametrize("size", [16, 44, 48, 52])
def test_a_full_disk_for_temporary_files(
    site: Site, pdfs: dict[str, bytes], disk: str, size: int
) -> None:
    assert disk == "tmpfs"
    before = [*NAMESPACE, TINY_DISK, "sh", str(size), str(site.temporary), ""]
    status, errors = site.build("new", *before)
    if status == 0:
        assert site.pdf.read_bytes() == pdfs["new"]
        return
    assert status in (8, 10)
    assert_one_error(errors)
    assert_untouched(site, pdfs)


@pytest.mark.parametrize("disk", DISKS)
def test_a_full_disk_for_the_pdf_leaves_the_old_one(
    site: Site, pdfs: dict[str, bytes], disk: str
) -> None:
    assert disk == "tmpfs"
    old = site.folder / "old" / site.pdf.name
    old.write_bytes(pdfs["old"])
    before = [*NAMESPACE, TINY_DISK, "sh", "12", str(site.output), str(old)]
    status, errors = site.build("new", *before)
    assert status == 10
    assert errors == FULL.format(site.pdf)


@pytest.mark.parametrize("disk", DISKS)
@pytest.mark.parametrize("size", [1000, pytest.param(40_000, marks=pytest.mark.soak)])
def test_a_full_disk_for_the_cache(
    cold: Site, pdfs: dict[str, bytes], disk: str, size: int
) -> None:
    assert disk == "tmpfs"
    status, errors = cold.build("new", *NAMESPACE, TINY_DISK, "sh", str(size), str(cold.cache), "")
    if status == 0:
        assert cold.pdf.read_bytes() == pdfs["new"]
        return
    assert_one_error(errors)
    assert_untouched(cold, pdfs)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_at_any_moment_leaves_nothing(
    site: Site, pdfs: dict[str, bytes], number: signal.Signals
) -> None:
    command = site.command("new")
    command[2] = READY
    before = time.monotonic()
    assert site.build("old") == (0, "")
    running = time.monotonic() - before
    for moment in range(MOMENTS):
        with subprocess.Popen(
            command,
            env=site.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(running * (moment + 1) / 2 / MOMENTS)
            process.send_signal(number)
            _, errors = process.communicate(timeout=60)
        assert process.returncode in (0, -number, 128 + number)
        assert errors == ""
        assert site.left_behind() == []
        assert site.has_ended()
        assert site.pdf.read_bytes() in pdfs.values()


@pytest.mark.parametrize(
    "shell",
    [
        'unset HOME; exec "$@"',
        pytest.param('HOME=/nowhere exec "$@"', marks=pytest.mark.soak),
        'TMPDIR=/nowhere exec "$@"',
        'exec "$@" <&-',
        'exec "$@" <&- >&- 2>&-',
        'cd "$TMPDIR" && rmdir "$TMPDIR" && exec "$@"',
    ],
)
def test_what_a_build_can_do_without(site: Site, pdfs: dict[str, bytes], shell: str) -> None:
    assert site.build("new", "/bin/sh", "-c", shell, "sh")[0] == 0
    site.temporary.mkdir(exist_ok=True)
    assert site.pdf.read_bytes() == pdfs["new"]
    assert site.left_behind() == []
