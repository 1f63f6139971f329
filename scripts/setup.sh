#!/bin/sh
# Install what cvforge needs from the system: a small TeX, four font families, python3-venv.
#
#   scripts/setup.sh LEVEL...          install what is missing; silent when nothing is
#   scripts/setup.sh --print LEVEL...  print the commands instead of running them
#   scripts/setup.sh --list LEVEL...   print the packages of this system, one a line
#
# LEVEL is venv, user or test; each stands for itself alone, so that the tests need "user test".
# The names are in src/cvforge/engine/packages.txt. PYTHON names the interpreter (python3).
# Exit status: 0 everything is there, 1 something is missing and could not be installed, 2 usage.
set -eu

table=$(dirname "$0")/../src/cvforge/engine/packages.txt
python=${PYTHON:-python3}
newline='
'
# Where systems keep fonts: the folders of src/cvforge/engine/texlive.py.
home=${HOME:-/}
OSFONTDIR=/usr/share/fonts//:/usr/local/share/fonts//:$home/.local/share/fonts//:$home/.fonts//
OSFONTDIR=$OSFONTDIR:/Library/Fonts//:$home/Library/Fonts//:/opt/homebrew/share/fonts//
export OSFONTDIR
# Where BasicTeX puts its programs; a shell that was open before its installation does not know.
PATH=$PATH:/Library/TeX/texbin

usage() {
    echo "usage: setup.sh [--print|--list] venv|user|test ..." >&2
    exit 2
}

# The names of one kind at the chosen levels.
names() {
    awk -v kind="$1" -v levels=" $levels " \
        '$1 == kind && index(levels, " " $2 " ") { print $3 }' "$table"
}

# The same on one line, each with a space before it.
words() {
    names "$1" | awk '{ printf " %s", $0 }'
}

package_manager() {
    for manager in apt-get dnf pacman brew; do
        if command -v "$manager" >/dev/null; then
            echo "$manager"
            return
        fi
    done
}

# What is absent, one a line: looked for itself, because a package's name says little.
missing() {
    for module in $(names python); do
        "$python" -c "import $module" >/dev/null 2>&1 || echo "Python module $module"
    done
    for program in $(names program); do
        command -v "$program" >/dev/null || echo "program $program"
    done
    unfound file
    if [ "$(package_manager)" = apt-get ]; then
        unfound font
    fi
}

# The names of one kind that kpsewhich does not find.
unfound() {
    files=$(names "$1")
    # shellcheck disable=SC2086 # one argument a name
    found=$(kpsewhich $files 2>/dev/null || :)
    for file in $files; do
        case "$newline$found$newline" in
            *"/$file$newline"* | *"$newline$file$newline"*) ;;
            *) echo "$1 $file" ;;
        esac
    done
}

# "sudo " where the commands need it.
as_root() {
    if [ "$(id -u)" != 0 ]; then
        echo "sudo "
    fi
}

print_packages() {
    case "$(package_manager)" in
        apt-get) names apt ;;
        dnf) names dnf ;;
        pacman) names pacman ;;
        brew) names brew && names cask && names tlmgr ;;
    esac
}

brew_commands() {
    if [ -n "$(names brew)" ]; then
        echo "brew install$(words brew)"
    fi
    if [ -n "$(names cask)" ] && ! command -v kpsewhich >/dev/null; then
        echo "brew install --cask$(words cask)"
    fi
    if [ -n "$(names tlmgr)" ]; then
        tlmgr=$(command -v tlmgr || echo /Library/TeX/texbin/tlmgr)
        echo "$(as_root)$tlmgr update --self"
        echo "$(as_root)$tlmgr install$(words tlmgr)"
    fi
}

# The commands that install the levels on this system, one a line.
commands() {
    case "$(package_manager)" in
        apt-get)
            echo "$(as_root)apt-get update -q"
            echo "$(as_root)env DEBIAN_FRONTEND=noninteractive" \
                "apt-get install -y -q --no-install-recommends$(words apt)"
            ;;
        dnf) echo "$(as_root)dnf install -y --setopt=install_weak_deps=False$(words dnf)" ;;
        pacman) echo "$(as_root)pacman -S --needed --noconfirm$(words pacman)" ;;
        brew) brew_commands ;;
    esac
}

complain() {
    echo "cvforge needs what this system does not have:" >&2
    echo "$1" | sed 's/^/  /' >&2
    echo >&2
}

# What a person must do when this script cannot.
instruct() {
    if [ -n "$(package_manager)" ]; then
        echo "Install it, as root where the command says sudo, and try again:" >&2
        commands | sed 's/^/  /' >&2
        return
    fi
    echo "No apt-get, dnf, pacman or brew is here. On Debian these packages hold it all:" >&2
    echo " $(words apt)" >&2
    echo "and TeX Live's own manager has it as:" >&2
    echo "  tlmgr install$(words tlmgr)" >&2
}

may_install() {
    [ -n "$(package_manager)" ] || return 1
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null
}

# A TeX that did not come from the system's packages does not see what they would add.
refuse_foreign_tex() {
    [ "$(package_manager)" != brew ] || return 0
    case "$1:$(command -v kpsewhich || :)" in
        *file*:/usr/bin/* | *file*:/bin/* | *:) ;;
        *file*:*)
            complain "$1"
            echo "The TeX on PATH ($(command -v kpsewhich)) is not the system's. Add to it:" >&2
            echo "  tlmgr install$(words tlmgr)" >&2
            exit 1
            ;;
    esac
}

install() {
    echo "cvforge: missing here:"
    echo "$1" | sed 's/^/  /'
    echo "cvforge: installing it by:"
    commands | sed 's/^/  /'
    sh -ec "$(commands)" || {
        echo "cvforge: that failed; the last lines above say why." >&2
        instruct
        exit 1
    }
    absent=$(missing)
    if [ -n "$absent" ]; then
        complain "$absent"
        echo "The packages above are installed and did not bring it." >&2
        exit 1
    fi
}

require_python() {
    case " $levels " in *" venv "*) ;; *) return 0 ;; esac
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || :)
    case "$version" in
        3.1[1-9] | 3.[2-9][0-9]) return 0 ;;
        "") echo "cvforge needs Python 3.11 or later; there is no \"$python\" here." >&2 ;;
        *) echo "cvforge needs Python 3.11 or later; \"$python\" is $version." >&2 ;;
    esac
    echo "Install one and name it, for example: make cv PYTHON=python3.12" >&2
    exit 1
}

mode=install
case "${1:-}" in
    --print) mode=print && shift ;;
    --list) mode=list && shift ;;
esac
[ $# -gt 0 ] || usage
for level in "$@"; do
    case "$level" in venv | user | test) ;; *) usage ;; esac
done
levels=$*

case "$mode" in
    print) commands && exit 0 ;;
    list) print_packages && exit 0 ;;
esac
require_python
absent=$(missing)
[ -n "$absent" ] || exit 0
refuse_foreign_tex "$absent"
if may_install; then
    install "$absent"
else
    complain "$absent"
    instruct
    exit 1
fi
