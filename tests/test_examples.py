"""The files that other repositories copy: the make fragment, the CI jobs, the pre-commit hook."""

import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
TABLE = ROOT / "src/cvforge/engine/packages.txt"

# Writes down each call and a PDF, as cvforge would.
STUB = """#!/bin/sh
echo "$*" >> calls
for last; do :; done
mkdir -p build
name=$(basename "$last")
touch "build/${name%.*}-full.pdf"
"""


@dataclass(frozen=True)
class Repository:
    """Somebody's repository with two profiles that includes the fragment."""

    folder: Path

    def write(self, name: str, text: str = "") -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def touch(self, name: str) -> None:
        """Make a file newer than anything that make has just written."""
        later = time.time() + 5
        os.utime(self.folder / name, (later, later))

    def make(self, *arguments: str) -> list[str]:
        """Run make and return the calls of cvforge."""
        calls = self.folder / "calls"
        calls.unlink(missing_ok=True)
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
        subprocess.run(
            ["make", *arguments], cwd=self.folder, env=environment, capture_output=True, check=True
        )
        return calls.read_text("utf-8").splitlines() if calls.exists() else []


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    made.write("stub", STUB)
    (tmp_path / "stub").chmod(0o755)
    made.write("Makefile.cv", (EXAMPLES / "Makefile.cv").read_text("utf-8"))
    made.write("Makefile", "CVFORGE = ./stub\ninclude Makefile.cv\n")
    made.write("profiles/ada.yaml", "bibliography: ada.bib\n")
    made.write("profiles/ada.bib")
    made.write("profiles/bo.yaml", 'bibliography: ["../shared/bo.bib", more.bib]\n')
    made.write("profiles/more.bib")
    made.write("shared/bo.bib")
    return made


ADA = "build --output build profiles/ada.yaml"
BO = "build --output build profiles/bo.yaml"


def test_every_profile_is_built_once(repository: Repository) -> None:
    assert sorted(repository.make("cv")) == [ADA, BO]
    assert repository.make("cv") == []


def test_the_fragment_is_the_default_goal_of_a_makefile_that_is_nothing_else(
    repository: Repository,
) -> None:
    assert sorted(repository.make()) == [ADA, BO]


@pytest.mark.parametrize(
    ("changed", "built"),
    [
        ("profiles/ada.yaml", [ADA]),
        ("profiles/ada.bib", [ADA]),
        ("profiles/bo.yaml", [BO]),
        ("profiles/more.bib", [BO]),
        ("shared/bo.bib", [BO]),
    ],
)
def test_a_change_builds_the_profile_that_it_belongs_to(
    repository: Repository, changed: str, built: list[str]
) -> None:
    repository.make("cv")
    repository.touch(changed)
    assert repository.make("cv") == built


def test_a_private_overlay_is_no_profile_but_builds_its_own_again(repository: Repository) -> None:
    repository.make("cv")
    repository.write("profiles/ada.private.yaml", "name: Ada Quill\n")
    assert repository.make("cv") == [ADA]
    assert repository.make("cv") == []
    repository.touch("profiles/ada.private.yaml")
    assert repository.make("cv") == [ADA]


def test_a_profile_may_be_named_yml_and_has_an_overlay_too(repository: Repository) -> None:
    repository.write("profiles/zoe.yml")
    repository.write("profiles/zoe.private.yml")
    assert sorted(repository.make("cv")) == [ADA, BO, "build --output build profiles/zoe.yml"]
    assert repository.make("cv") == []
    repository.touch("profiles/zoe.private.yml")
    assert repository.make("cv") == ["build --output build profiles/zoe.yml"]


def test_a_name_with_a_space_is_refused_by_name(repository: Repository) -> None:
    repository.write("profiles/my cv.yaml")
    with pytest.raises(subprocess.CalledProcessError) as failed:
        repository.make("cv")
    assert b"name it without spaces" in failed.value.stderr


def test_removing_the_overlay_takes_it_out_of_the_pdf(repository: Repository) -> None:
    repository.make("cv")
    repository.write("profiles/ada.private.yaml")
    repository.make("cv")
    (repository.folder / "profiles/ada.private.yaml").unlink()
    assert repository.make("cv") == [ADA]


def test_a_deleted_pdf_is_built_again(repository: Repository) -> None:
    repository.make("cv")
    (repository.folder / "build/bo-full.pdf").unlink()
    assert repository.make("cv") == [BO]


def test_a_failed_build_is_tried_again(repository: Repository) -> None:
    repository.write("stub", "#!/bin/sh\nexit 1\n")
    with pytest.raises(subprocess.CalledProcessError):
        repository.make("cv")
    repository.write("stub", STUB)
    assert sorted(repository.make("cv")) == [ADA, BO]


def test_the_variables_are_the_repositorys_to_set(repository: Repository) -> None:
    repository.write("photo.png")
    settings = "CV_PROFILES=profiles/bo.yaml", "CV_FLAGS=--variant full", "CV_INPUTS=photo.png"
    expected = ["build --output build --variant full profiles/bo.yaml"]
    assert repository.make("cv", *settings) == expected
    repository.touch("photo.png")
    assert repository.make("cv", *settings) == expected


def apt_packages() -> set[str]:
    rows = (line.split() for line in TABLE.read_text("utf-8").splitlines())
    return {row[2] for row in rows if row[:2] == ["apt", "user"]}


def installed_packages(script: str) -> set[str]:
    commands = re.sub(r"\\\n", " ", script).splitlines()
    [install] = [line for line in commands if "apt-get install" in line]
    words = install.split()[2:]
    assert [word for word in words if word.startswith("-")] == ["-y", "--no-install-recommends"]
    return {word for word in words if not word.startswith("-")}


def read(name: str) -> Any:
    # The base loader keeps "on" a word; YAML 1.1 would make it True.
    return yaml.load((EXAMPLES / name).read_text("utf-8"), yaml.BaseLoader)  # noqa: S506


def test_the_github_workflow_builds_on_a_change_of_a_profile_and_keeps_the_pdfs() -> None:
    workflow = read("github-actions.yml")
    assert "profiles/**" in workflow["on"]["push"]["paths"]
    assert "profiles/**" in workflow["on"]["pull_request"]["paths"]
    job = workflow["jobs"]["build"]
    upload = job["steps"][-1]
    assert upload["uses"].startswith("actions/upload-artifact@")
    assert upload["with"]["path"] == "build/*.pdf"
    assert upload["with"]["if-no-files-found"] == "error"
    script = "\n".join(step.get("run", "") for step in job["steps"])
    assert "cvforge build profiles/*.yaml --output build" in script
    assert installed_packages(script) == apt_packages()


def test_the_gitlab_job_builds_on_a_change_of_a_profile_and_keeps_the_pdfs() -> None:
    job = read("gitlab-ci.yml")["cv"]
    assert "profiles/**/*" in job["rules"][0]["changes"]
    assert job["artifacts"]["paths"] == ["build/*.pdf"]
    assert job["script"] == ["cvforge build profiles/*.yaml --output build"]
    assert installed_packages("\n".join(job["before_script"])) == apt_packages()


@pytest.mark.parametrize("name", ["github-actions.yml", "gitlab-ci.yml"])
def test_the_jobs_say_where_cvforge_comes_from(name: str) -> None:
    # The registry's "cvforge" is a program of other people.
    text = (EXAMPLES / name).read_text("utf-8")
    assert re.findall(r"pip install (.*)", text) == ['"$CVFORGE"']
    assert 'CVFORGE: "cvforge @ https://' in text


def test_the_hook_validates_public_profiles() -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["id"], hook["entry"]) == ("cvforge-validate", "cvforge validate")
    assert hook["language"] == "python"

    def taken(path: str) -> bool:
        return bool(re.search(hook["files"], path)) and not re.search(hook["exclude"], path)

    assert taken("profiles/ada.yaml")
    assert taken("people/profiles/ada.yaml")
    assert not taken("profiles/ada.private.yaml")
    assert not taken("profiles/ada.bib")
    assert not taken("myprofiles/ada.yaml")
    assert not taken("profiles/old/ada.yaml")
