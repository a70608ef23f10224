#!/bin/sh
# Installs Debian packages, as root or through sudo; says what to do where neither is possible.
set -eu
if ! command -v apt-get >/dev/null; then
    echo "Please install $* and try again." >&2
    exit 1
fi
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@"
