"""Which font is fallen back on: the user's, then the preferred; whole clusters, one family."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from cvforge.fonts.chain import Chain, FontFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Smith = Callable[..., Path]

ARABIC = "ابپ"


class Machine:
    """A system's folder, a user's and TeX's, with a cache."""

    def __init__(self, folder: Path) -> None:
        self.system, self.user, self.tree = (folder / name for name in ("system", "user", "tree"))
        self.cache = folder / "cache"
        self.cache.mkdir()
        self.asked = 0

    def trees(self) -> tuple[Path, ...]:
        self.asked += 1
        return (self.tree,)

    def chain(self) -> Chain:
        return Chain(
            [self.system],
            cache=self.cache,
            user=self.user,
            trees=self.trees,
            manager=lambda: "apt-get",
        )

    def family(self, cluster: str, *, script: str = "Arab", language: str = "ar") -> str | None:
        found = self.chain().find(cluster, script=script, language=language)
        return None if found is None else found.family


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_font_is_found_with_its_file(machine: Machine, smith: Smith) -> None:
    path = smith(machine.system / "a/b.ttf", ARABIC, family="Forge")
    assert machine.chain().find("ب", script="Arab", language="ar") == FontFile(
        path, 0, "Forge", is_bold=False, is_italic=False
    )
    assert machine.chain().find("ت", script="Arab", language="ar") is None


def test_the_preferred_family_comes_first_and_the_users_own_before_it(
    machine: Machine, smith: Smith
) -> None:
    smith(machine.system / "a.ttf", ARABIC, family="Anvil")
    assert machine.family("ب") == "Anvil"
    smith(machine.tree / "b.ttf", ARABIC, family="Scheherazade")
    assert machine.family("ب") == "Scheherazade"
    smith(machine.system / "sub/c.ttf", ARABIC, family="Amiri")
    assert machine.family("ب") == "Amiri"
    smith(machine.user / "d.ttf", "ب", family="Zebra")
    assert machine.family("ب") == "Zebra"
    assert machine.family("پ") == "Amiri"


def test_among_the_others_the_name_decides_and_letters_of_one_width_come_last(
    machine: Machine, smith: Smith
) -> None:
    for family in ("Aardvark Mono", "Tongs", "Bellows", "Amiri"):
        smith(machine.system / f"{family}.ttf", "ب" if family != "Amiri" else "ا", family=family)
    assert machine.family("ب") == "Bellows"
    (machine.system / "Bellows.ttf").unlink()
    (machine.system / "Tongs.ttf").unlink()
    assert machine.family("ب") == "Aardvark Mono"


def test_a_cluster_is_in_one_font_or_in_none(machine: Machine, smith: Smith) -> None:
    smith(machine.system / "a.ttf", "ب", family="Amiri")
    smith(machine.system / "b.ttf", "\u064e", family="Marks")
    assert machine.family("ب\u064e") is None
    smith(machine.system / "c.ttf", "ب\u064e", family="Both")
    assert machine.family("ب\u064e") == "Both"


@pytest.mark.parametrize(("written", "other"), [("≇", "≅\u0338"), ("\u212b", "Å")])
def test_a_font_must_have_a_character_as_it_is_written(
    machine: Machine, smith: Smith, written: str, other: str
) -> None:
    smith(machine.system / "a.ttf", other, family="Other")
    assert machine.family(written, script="Zsym") is None
    smith(machine.system / "b.ttf", written, family="Written")
    assert machine.family(written, script="Zsym") == "Written"


def test_what_has_no_shape_of_its_own_needs_no_glyph(machine: Machine, smith: Smith) -> None:
    smith(machine.system / "a.ttf", "👩❤ک", family="Noto Emoji")
    for cluster in ("❤\ufe0f", "👩\ufe0e", "ک\u200c", "ک\u200d"):
        assert machine.family(cluster, script="Zsye") == "Noto Emoji"


@pytest.mark.parametrize("cluster", ["👩\u200d💻", "🇩🇪", "1\ufe0f\u20e3", "👍🏽"])
def test_a_picture_of_several_characters_is_in_a_font_that_joins_them(
    machine: Machine, smith: Smith, cluster: str
) -> None:
    smith(machine.system / "a.ttf", cluster, family="Noto Emoji")
    assert machine.family(cluster, script="Zsye") is None
    names = " ".join(f"u{ord(c):X}" for c in cluster if c != "\ufe0f")
    rule = f"feature ccmp {{sub {names} by j1;}} ccmp;"
    smith(machine.system / "b.ttf", cluster, family="Zebra", features=rule)
    assert machine.family(cluster, script="Zsye") == "Zebra"


@pytest.mark.parametrize("cluster", ["葛\U000e0100", "侮\ufe00"])
def test_a_form_that_no_machine_reads_is_in_no_font(
    machine: Machine, smith: Smith, cluster: str
) -> None:
    smith(machine.system / "a.ttf", cluster, family="IPAmjMincho")
    assert machine.family(cluster, script="Hani", language="ja") is None
    assert machine.family(cluster[0], script="Hani", language="ja") == "IPAmjMincho"


def test_bold_and_italic_are_those_of_the_family_or_its_regular(
    machine: Machine, smith: Smith
) -> None:
    smith(machine.system / "r.ttf", ARABIC, family="Amiri")
    smith(machine.system / "l.ttf", ARABIC, family="Amiri", weight=300)
    smith(machine.system / "b.ttf", "اب", family="Amiri", weight=700)
    smith(machine.system / "i.ttf", ARABIC, family="Amiri", italic=True)
    smith(machine.system / "other.ttf", ARABIC, family="Zebra", weight=700, italic=True)
    chain = machine.chain()

    def name(cluster: str, *, bold: bool = False, italic: bool = False) -> str:
        found = chain.find(cluster, script="Arab", language="ar", bold=bold, italic=italic)
        assert found is not None
        return f"{found.path.name}{'B' * found.is_bold}{'I' * found.is_italic}"

    assert name("ا") == "r.ttf"
    assert name("ا", bold=True) == "b.ttfB"
    assert name("ا", italic=True) == "i.ttfI"
    assert name("ا", bold=True, italic=True) == "b.ttfB"
    assert name("پ", bold=True) == "r.ttf"


def test_the_form_of_han_follows_the_language(machine: Machine, smith: Smith) -> None:
    for family in ("IPAexMincho", "AR PL UMing CN", "AR PL UMing TW", "UnBatang"):
        smith(machine.system / f"{family}.ttf", "骨", family=family)
    expected = {"ja": "IPAexMincho", "zh": "AR PL UMing CN", "ko": "UnBatang"}
    for language, family in (expected | {"zh-TW": "AR PL UMing TW"}).items():
        assert machine.family("骨", script="Hani", language=language) == family
    assert machine.family("骨", script="Hani", language="en") == "AR PL UMing CN"


def test_another_form_of_han_is_better_than_none(machine: Machine, smith: Smith) -> None:
    smith(machine.system / "a.ttf", "骨", family="AR PL UMing CN")
    smith(machine.system / "b.ttf", "骨", family="Aardvark")
    assert machine.family("骨", script="Hani", language="ja") == "AR PL UMing CN"


def test_nothing_is_touched_before_the_first_lookup(machine: Machine) -> None:
    chain = machine.chain()
    assert chain.files_read() == ()
    assert machine.asked == 0
    assert list(machine.cache.iterdir()) == []
    chain.find("ب", script="Arab", language="ar")
    chain.find("ا", script="Arab", language="ar")
    assert machine.asked == 1


def test_what_a_lookup_depended_on_is_known(machine: Machine, smith: Smith) -> None:
    given = smith(machine.system / "sub/a.ttf", ARABIC, family="Amiri")
    smith(machine.system / "sub/b.ttf", "Z", family="Zebra")
    chain = machine.chain()
    chain.find("ب", script="Arab", language="ar")
    folders = {machine.system, machine.system / "sub", machine.user, machine.tree}
    assert set(chain.files_read()) == {given, *folders}
    own = smith(machine.user / "c.ttf", "Z", family="Own")
    chain = machine.chain()
    chain.find("ت", script="Arab", language="ar")
    assert set(chain.files_read()) == {own, *folders}


def test_a_users_file_that_is_no_font_is_named(machine: Machine, smith: Smith) -> None:
    smith(machine.user / "a.ttf", ARABIC)
    (machine.user / "b.ttf").write_text("this is a letter", "utf-8")
    smith(machine.system / "c.ttf", tables={"COLR": b"\0"})
    assert machine.chain().skipped() == (f'"{machine.user / "b.ttf"}": it is no font',)
    assert Chain([], cache=machine.cache).skipped() == ()


def test_a_font_that_is_written_over_is_seen_by_the_next_chain(
    machine: Machine, smith: Smith
) -> None:
    path = smith(machine.user / "a.ttf", "ب", family="Old")
    assert machine.family("ب") == "Old"
    status = machine.user.stat()
    smith(path, "بتث", family="New Family")
    os.utime(machine.user, ns=(0, status.st_mtime_ns))
    assert machine.family("ت") == "New Family"


def test_a_hint_names_the_package_that_is_not_installed_yet(machine: Machine, smith: Smith) -> None:
    by_hand = 'put a font that has it into the folder "fonts" beside the profile'
    assert machine.chain().hint("ب") == f"apt-get install fonts-hosny-amiri, or {by_hand}"
    smith(machine.system / "a.ttf", "ا", family="Amiri")
    assert machine.chain().hint("ب") == f"apt-get install fonts-noto-core, or {by_hand}"
    assert (
        machine.chain()
        .hint("骨", language="ja")
        .startswith("apt-get install fonts-ipaexfont-mincho,")
    )
    assert Chain([], cache=machine.cache).hint("ب") == by_hand
