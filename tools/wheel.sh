#!/bin/sh
# Builds the wheel into build/wheel, installs it in an empty environment and runs its doctests there.
# Usage: sh tools/wheel.sh PYTHON
set -eu
python=$1
# What an earlier build left behind would be in this one.
rm -rf build/lib build/bdist.* build/wheel
$python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir build/wheel .
wheel=$(pwd)/$(ls build/wheel/*.whl)

elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
$python -m venv "$elsewhere/venv"
cd "$elsewhere"
venv/bin/python -m pip install --quiet --disable-pip-version-check "$wheel" pytest
if venv/bin/python -c "import streamlit" 2>/dev/null; then
    echo "The library brought Streamlit along." >&2
    exit 1
fi
venv/bin/python -m pytest -q -p no:cacheprovider --doctest-modules --pyargs honest_heatmaps \
    -o doctest_optionflags="NORMALIZE_WHITESPACE NUMBER"
echo "$wheel"
