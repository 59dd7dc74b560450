#!/bin/sh
# Make the virtual environment, or see that it is up to date (well under a second).
#
#   sh scripts/setup.sh run|dev     "run": what the studio needs; "dev": that and the tools and tests
#
# Environment: VENV (default .venv), PYTHON (default: the first suitable one found), PIP_* as pip reads them.
set -eu
cd "$(dirname "$0")/.."

level=${1:-dev}
venv=${VENV:-.venv}
case $level in
    run) extras=heic needs=${DISPLAY:+window}${WAYLAND_DISPLAY:+ window} ;;
    dev) extras=dev needs=offscreen ;;
    *) echo "usage: sh scripts/setup.sh run|dev" >&2; exit 2 ;;
esac

wanted=$(cat pyproject.toml constraints.txt scripts/setup.sh | cksum)
is_ready() {
    [ -f "$venv/.ready-$1" ] && [ "$(cat "$venv/.ready-$1")" = "$wanted" ]
}
# An environment does not survive being moved: its commands name the folder they were made in.
is_moved() {
    [ -f "$venv/.made-in" ] && [ "$(cat "$venv/.made-in")" != "$PWD" ]
}
if ! is_moved && { is_ready "$level" || is_ready dev; } && "$venv/bin/python" -c '' 2>/dev/null; then
    exit 0
fi

# 3.15 and later: not all that constraints.txt pins comes as wheels.
is_suitable() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' >/dev/null 2>&1
}
python=
for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
    # Run it: a name on the PATH may be a stub that starts nothing.
    if is_suitable "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Color Studio needs Python 3.11, 3.12, 3.13 or 3.14${PYTHON:+ and $PYTHON is none}: install one (Debian," \
        "Ubuntu: apt-get install python3 python3-venv), or say where one is: make PYTHON=/path/to/python3." >&2
    exit 1
fi

if is_moved || ! is_suitable "$venv/bin/python" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    # shellcheck disable=SC2086  # none, one or several words
    "$python" scripts/system_packages.py venv $needs
    echo "Making $venv with $("$python" --version) ..."
    "$python" -m venv --clear "$venv"
    echo "$PWD" > "$venv/.made-in"
fi

echo "Installing Color Studio and what it needs into $venv (the first time takes a few minutes) ..."
rm -f "$venv"/.ready-*
"$venv/bin/python" -m pip install --no-input --disable-pip-version-check \
    --constraint constraints.txt --editable ".[$extras]"
echo "Compiling the kernels (half a minute, only this once) ..."
"$venv/bin/python" scripts/compile_kernels.py
echo "$wanted" > "$venv/.ready-$level"
