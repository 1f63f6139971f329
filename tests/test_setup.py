"""scripts/setup.sh and the Makefile on machines that are made of stubs: nothing is installed."""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from cvforge.engine.texlive import FONT_FOLDERS

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "src/cvforge/engine/packages.txt"
SETUP = ROOT / "scripts/setup.sh"
APT = "apt-get install -y -q --no-install-recommends"
DNF = "dnf install -y --setopt=install_weak_deps=False"
PACMAN = "pacman -S --needed --noconfirm"
SHELL_TOOLS = ("sh", "awk", "sed", "dirname", "env", "touch", "chmod")


def rows(kind: str, *levels: str) -> list[str]:
    lines = (line.split() for line in TABLE.read_text("utf-8").splitlines())
    return [row[2] for row in lines if len(row) == 3 and row[0] == kind and row[1] in levels]


@dataclass(frozen=True)
class Machine:
    """A PATH of our own making; every stub writes its call into one log."""

    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "calls"

    def stub(self, name: str, script: str = ":") -> None:
        path = self.folder / "bin" / name
        path.unlink(missing_ok=True)
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.log}"\n{script}\n', "utf-8")
        path.chmod(0o755)

    def calls(self) -> list[str]:
        return self.log.read_text("utf-8").splitlines() if self.log.exists() else []

    def setup(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.folder / "bin"), "PYTHON": "python-here", "HOME": "/"}
        return subprocess.run(
            ["/bin/sh", SETUP, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def has_tex(self, *levels: str) -> None:
        """Give it all programs and files of these levels."""
        for name in rows("program", *levels):
            self.stub(name)
        names = rows("file", *levels) + rows("font", *levels)
        files = " ".join(f"/tree/{name}" for name in names)
        self.stub("kpsewhich", f'for f in {files}; do echo "$f"; done')

    def installs_tex(self, manager: str) -> None:
        """Let this manager bring what the level "user" needs."""
        source = self.folder / "bin"
        programs = " ".join(f'"{source}/{name}"' for name in rows("program", "user"))
        files = " ".join(rows("file", "user"))
        self.stub(
            manager,
            f'case "$*" in *install*|*-S*) ;; *) exit 0 ;; esac\n'
            f'for p in {programs}; do printf "#!/bin/sh\\n" > "$p"; chmod +x "$p"; done\n'
            f'for f in {files}; do echo "echo /tree/$f"; done >> "{source}/kpsewhich"',
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "bin").mkdir()
    made = Machine(tmp_path)
    for tool in SHELL_TOOLS:
        # A script, not a link: writing over a link would write over the system's own program.
        made.stub(tool, f'exec "{shutil.which(tool)}" "$@"')
    made.stub("id", "echo 0")
    made.stub("python-here", f'exec "{sys.executable}" "$@"')
    made.log.unlink(missing_ok=True)
    return made


def installed(machine: Machine) -> list[str]:
    """The calls of package managers, in order."""
    managers = ("apt-get ", "dnf ", "pacman ", "brew ", "tlmgr ")
    return [call for call in machine.calls() if call.startswith(managers)]


def test_the_table_has_three_columns_and_known_words() -> None:
    lines = [line.partition("#")[0].split() for line in TABLE.read_text("utf-8").splitlines()]
    table = [row for row in lines if row]
    assert len(table) > 40
    assert {len(row) for row in table} == {3}
    assert {row[1] for row in table} == {"venv", "user", "test"}
    managers = {"apt", "dnf", "pacman", "brew", "cask", "tlmgr"}
    assert {row[0] for row in table} == managers | {"program", "file", "font", "python"}


def test_what_the_class_files_load_is_looked_for() -> None:
    sources = [*ROOT.glob("latex_templates/**/*.cls"), *ROOT.glob("latex_templates/**/*.sty")]
    assert sources
    text = "\n".join(source.read_text("utf-8") for source in sources)
    text = re.sub(r"^%.*", "", text, flags=re.MULTILINE)
    fonts = set(re.findall(r"[\w-]+\.(?:otf|ttf|ttc)", text))
    loaded = re.findall(
        r"\\(?:RequirePackage(?:\[[^]]*\])?|CvDeclarePackages\{\w+\})\{([^}#]*)\}", text
    )
    packages = {f"{name.strip()}.sty" for names in loaded for name in names.split(",")}
    assert fonts
    looked_for = set(rows("file", "user"))
    assert fonts == {name for name in looked_for if name.endswith((".otf", ".ttf", ".ttc"))}
    assert {name for name in packages if not name.startswith("cvforge-")} <= looked_for


def test_a_complete_machine_is_left_alone_in_silence(machine: Machine) -> None:
    machine.stub("apt-get")
    machine.has_tex("user", "test")
    run = machine.setup("venv", "user", "test")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert installed(machine) == []


def test_fonts_are_looked_for_where_the_engine_looks(machine: Machine) -> None:
    machine.has_tex("user")
    machine.stub("kpsewhich", f'echo "$OSFONTDIR" > "{machine.folder}/seen"')
    machine.setup("user")
    seen = (machine.folder / "seen").read_text("utf-8").strip().split(":")
    assert seen == [folder.replace("~", "/") for folder in FONT_FOLDERS]


def test_one_missing_font_file_is_noticed(machine: Machine) -> None:
    machine.stub("apt-get")
    machine.has_tex("user")
    kpsewhich = machine.folder / "bin/kpsewhich"
    kpsewhich.write_text(kpsewhich.read_text("utf-8").replace("/tree/gkai00mp.ttf", ""), "utf-8")
    run = machine.setup("user")
    assert run.returncode == 1
    assert "file gkai00mp.ttf" in run.stdout + run.stderr
    assert "LinLibertine_R.otf" not in run.stdout + run.stderr


@pytest.mark.parametrize(("manager", "status"), [("apt-get", 1), ("dnf", 0)])
def test_the_fonts_of_the_tests_are_looked_for_where_their_names_are_known(
    machine: Machine, manager: str, status: int
) -> None:
    machine.stub(manager)
    machine.has_tex("user", "test")
    kpsewhich = machine.folder / "bin/kpsewhich"
    kpsewhich.write_text(kpsewhich.read_text("utf-8").replace("/tree/Norasi.otf", ""), "utf-8")
    run = machine.setup("user", "test")
    assert run.returncode == status
    assert ("font Norasi.otf" in run.stdout) == bool(status)


@pytest.mark.parametrize(
    ("manager", "kind", "first", "last"),
    [
        ("apt-get", "apt", "apt-get update -q", APT),
        ("dnf", "dnf", DNF, DNF),
        ("pacman", "pacman", PACMAN, PACMAN),
    ],
)
def test_root_installs_by_the_manager_that_is_here(
    machine: Machine, manager: str, kind: str, first: str, last: str
) -> None:
    machine.installs_tex(manager)
    run = machine.setup("user")
    assert run.returncode == 0, run.stderr
    calls = installed(machine)
    assert calls[0].startswith(first)
    assert calls[-1] == f"{last} {' '.join(rows(kind, 'user'))}"


def test_another_user_installs_by_sudo(machine: Machine) -> None:
    machine.stub("id", "echo 1000")
    machine.installs_tex("apt-get")
    machine.stub("sudo", 'exec "$@"')
    assert machine.setup("user").returncode == 0
    assert "sudo apt-get update -q" in machine.calls()


def test_without_sudo_the_exact_commands_are_printed(machine: Machine) -> None:
    machine.stub("id", "echo 1000")
    machine.stub("apt-get")
    run = machine.setup("user")
    assert run.returncode == 1
    assert "sudo apt-get update -q\n" in run.stderr
    assert " ".join(rows("apt", "user")) in run.stderr
    assert "file LinLibertine_R.otf" in run.stderr
    assert installed(machine) == []


def test_an_unknown_system_is_told_what_to_install(machine: Machine) -> None:
    run = machine.setup("user", "test")
    assert run.returncode == 1
    assert "program xetex" in run.stderr
    assert " ".join(rows("tlmgr", "user", "test")) in run.stderr
    assert " ".join(rows("apt", "user", "test")) in run.stderr


def test_homebrew_brings_basictex_and_tlmgr_the_rest(machine: Machine) -> None:
    machine.stub("id", "echo 501")
    machine.stub("brew")
    run = machine.setup("--print", "user", "test")
    assert run.stdout.splitlines() == [
        "brew install poppler",
        "brew install --cask basictex",
        "sudo /Library/TeX/texbin/tlmgr update --self",
        "sudo /Library/TeX/texbin/tlmgr install " + " ".join(rows("tlmgr", "user", "test")),
    ]


def test_homebrew_leaves_a_tex_that_is_there(machine: Machine) -> None:
    machine.stub("brew")
    machine.stub("kpsewhich")
    assert "--cask" not in machine.setup("--print", "user").stdout


def test_a_tex_from_elsewhere_is_completed_by_its_own_manager(machine: Machine) -> None:
    machine.stub("apt-get")
    machine.stub("kpsewhich")
    run = machine.setup("user")
    assert run.returncode == 1
    assert "tlmgr install " + " ".join(rows("tlmgr", "user")) in run.stderr
    assert installed(machine) == []


def test_a_failing_installation_is_a_failure(machine: Machine) -> None:
    machine.stub("apt-get", "exit 100")
    run = machine.setup("user")
    assert run.returncode == 1
    assert "failed" in run.stderr
    assert installed(machine) == ["apt-get update -q"]


def test_an_installation_that_brings_nothing_is_a_failure(machine: Machine) -> None:
    machine.stub("apt-get")
    run = machine.setup("user")
    assert run.returncode == 1
    assert "did not bring it" in run.stderr


def test_printing_runs_nothing(machine: Machine) -> None:
    machine.stub("apt-get")
    run = machine.setup("--print", "venv", "user")
    assert run.returncode == 0
    assert "python3-venv" in run.stdout
    assert installed(machine) == []


def test_the_list_is_the_table(machine: Machine) -> None:
    machine.stub("apt-get")
    assert machine.setup("--list", "user").stdout.split() == rows("apt", "user")
    assert machine.setup("--list", "test").stdout.split() == rows("apt", "test")


@pytest.mark.parametrize("arguments", [(), ("all",), ("--print",), ("--unknown", "user")])
def test_other_arguments_are_refused(machine: Machine, arguments: tuple[str, ...]) -> None:
    run = machine.setup(*arguments)
    assert run.returncode == 2
    assert run.stderr.startswith("usage:")


@pytest.mark.parametrize("version", ["2.7", "3.9", "3.10", "3.1"])
def test_an_old_python_is_refused_by_its_version(machine: Machine, version: str) -> None:
    machine.has_tex("user")
    machine.stub("python-here", f"echo {version}")
    run = machine.setup("venv", "user")
    assert run.returncode == 1
    assert f'needs Python 3.11 or later; "python-here" is {version}.' in run.stderr
    assert "PYTHON=python3.12" in run.stderr


@pytest.mark.parametrize("version", ["3.11", "3.14", "3.20"])
def test_a_later_python_is_taken(machine: Machine, version: str) -> None:
    machine.has_tex("user")
    machine.stub("python-here", f"echo {version}")
    assert machine.setup("venv", "user").returncode == 0


def test_an_absent_python_is_named(machine: Machine) -> None:
    (machine.folder / "bin/python-here").unlink()
    run = machine.setup("venv")
    assert run.returncode == 1
    assert 'there is no "python-here" here' in run.stderr


def test_the_package_asks_for_the_same_python() -> None:
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_python_without_ensurepip_gets_the_venv_package(machine: Machine) -> None:
    machine.has_tex("user")
    machine.stub("python-here", 'case "$*" in *print*) echo 3.11 ;; *) test -e "$0.whole" ;; esac')
    machine.stub("apt-get", f'touch "{machine.folder}/bin/python-here.whole"')
    assert machine.setup("venv").returncode == 0
    assert installed(machine)[-1].endswith(" python3-venv")


def dry_run(folder: Path, *arguments: str) -> list[str]:
    """Return what make would do in a clone with the profiles ada and bo."""
    (folder / "profiles").mkdir(exist_ok=True)
    for name in ("pyproject.toml", "profiles/ada.yaml", "profiles/bo.yaml"):
        (folder / name).touch()
    (folder / "profiles/ada.private.yaml").touch()
    command = ["make", "-n", "-f", str(ROOT / "Makefile"), *arguments]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    run = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.splitlines()


def test_make_alone_is_make_cv(tmp_path: Path) -> None:
    assert dry_run(tmp_path) == dry_run(tmp_path, "cv")


def test_make_cv_sets_up_and_then_builds_the_public_profiles(tmp_path: Path) -> None:
    steps = dry_run(tmp_path, "cv")
    assert steps[:2] == ["scripts/setup.sh venv user", "python3 -m venv --clear .venv"]
    assert steps[-1] == '.venv/bin/cvforge build --output "build"'


# Makes what venv and pip would; the cvforge that it installs writes down its arguments.
PYTHON_STUB = r"""#!/bin/sh
case "$*" in *venv*) ;; *) exit 0 ;; esac
mkdir -p .venv/bin
for name in pip python cvforge; do
    printf '#!/bin/sh\necho "%s $*" >> calls\n' "$name" > ".venv/bin/$name"
    chmod +x ".venv/bin/$name"
done
"""


def test_make_cv_works_in_a_folder_and_with_profiles_that_have_spaces(tmp_path: Path) -> None:
    clone = tmp_path / "my own cvs"
    (clone / "scripts").mkdir(parents=True)
    (clone / "profiles").mkdir()
    for name in ("pyproject.toml", "profiles/my cv.yaml"):
        (clone / name).touch()
    for name, script in (("scripts/setup.sh", "#!/bin/sh\n"), ("python-here", PYTHON_STUB)):
        (clone / name).write_text(script, "utf-8")
        (clone / name).chmod(0o755)
    shutil.copy(ROOT / "Makefile", clone)
    for goals in (["cv"], ["cv", "OUTPUT=my pdfs"]):
        subprocess.run(
            ["make", *goals, "PYTHON=./python-here"],
            cwd=clone,
            env={k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))},
            check=True,
            capture_output=True,
        )
    calls = (clone / "calls").read_text("utf-8").splitlines()
    assert [call for call in calls if call.startswith("cvforge")] == [
        "cvforge build --output build",
        "cvforge build --output my pdfs",
    ]


def test_the_interpreter_the_environment_and_the_output_may_be_named(tmp_path: Path) -> None:
    steps = dry_run(tmp_path, "cv", "PYTHON=python3.13", f"VENV={tmp_path}/v", "OUTPUT=out")
    assert steps[1] == f"python3.13 -m venv --clear {tmp_path}/v"
    assert steps[-1].startswith(f'{tmp_path}/v/bin/cvforge build --output "out"')


def test_make_test_sets_up_once_and_ends_with_pytest(tmp_path: Path) -> None:
    steps = dry_run(tmp_path, "test")
    assert [step for step in steps if "setup.sh" in step] == ["scripts/setup.sh venv user test"]
    tools = ["ruff check", "ruff format --check", "mypy", "pytest -n auto"]
    assert [step.partition(".venv/bin/")[2] for step in steps[-3:-1]] == tools[1:3]
    assert steps[-4].endswith(tools[0])
    assert steps[-1].endswith(tools[3])


def test_an_installed_environment_is_not_installed_again(tmp_path: Path) -> None:
    later = time.time() + 5
    (tmp_path / ".venv/bin").mkdir(parents=True)
    for made in (".venv/bin/pip", ".venv/.cv", ".venv/.test"):
        (tmp_path / made).touch()
        os.utime(tmp_path / made, (later, later))
    programs = [step.split()[0] for step in dry_run(tmp_path, "cv")]
    assert programs == ["scripts/setup.sh", ".venv/bin/cvforge"]
    assert not [step for step in dry_run(tmp_path, "test") if "pip" in step]


def test_a_change_of_the_dependencies_installs_again(tmp_path: Path) -> None:
    (tmp_path / ".venv/bin").mkdir(parents=True)
    for made in (".venv/bin/pip", ".venv/.cv"):
        (tmp_path / made).touch()
        os.utime(tmp_path / made, (0, 0))
    assert [step for step in dry_run(tmp_path, "cv") if "pip install" in step]


def test_continuous_integration_runs_make_test_and_nothing_else() -> None:
    lines = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == [
        "export CI=true # tests that search try the same examples every time",
        "make test",
    ]
    assert os.access(ROOT / ".ci/run", os.X_OK)
