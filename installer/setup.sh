#!/usr/bin/env bash
# Installs what is missing:   installer/setup.sh run|test [--no-install]
# `test` is `run` and more. With --no-install it only says what is missing, and fails when something is.
# The lists are in installer/packages; one question to dpkg when nothing is missing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
    echo "usage: installer/setup.sh run|test [--no-install]" >&2
    exit 2
}

what=${1:-} install=yes
case $what in run) lists=(run) ;; test) lists=(run test) ;; *) usage ;; esac
shift
for argument in "$@"; do
    case $argument in --no-install) install=no ;; *) usage ;; esac
done

[ -n "${ANDON_SKIP_SETUP:-}" ] && exit 0
release=$(. "${ANDON_OS_RELEASE:-/etc/os-release}" 2>/dev/null && echo "${ID:-unknown}-${VERSION_ID:-unknown}") || release=unknown
if [ ! -e "$here/packages/$release-run.txt" ]; then
    known=$(cd "$here/packages" && echo *-run.txt)
    echo "setup: no package list for '$release' (there are: ${known//-run.txt/}). Install what they name and set ANDON_SKIP_SETUP=1." >&2
    exit 1
fi
if ! command -v dpkg-query >/dev/null; then
    echo "setup: dpkg-query is not here although this is '$release'. Install what installer/packages names and set ANDON_SKIP_SETUP=1." >&2
    exit 1
fi

wanted=() # one entry per line of the lists: a name, or names that can stand for each other
for list in "${lists[@]}"; do
    while IFS= read -r line; do
        line=${line%%#*}
        read -ra names <<<"${line//|/ }"
        if ((${#names[@]})); then wanted+=("${names[*]}"); fi
    done <"$here/packages/$release-$list.txt"
done

declare -A installed=()
while read -r name status; do
    [ "$status" = installed ] && installed[$name]=1
done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' ${wanted[*]} 2>/dev/null || true)

missing=()
for names in "${wanted[@]}"; do
    for name in $names; do
        [ -n "${installed[$name]:-}" ] && continue 2
    done
    missing+=("$names")
done
((${#missing[@]})) || exit 0

if [ "$install" = no ]; then
    printf 'setup: these packages are missing and --no-install forbids to install them:\n' >&2
    printf '  %s\n' "${missing[@]// / | }" >&2
    exit 1
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        printf 'setup: neither root nor sudo. As root: apt-get install --no-install-recommends %s\n' "${missing[*]%% *}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "setup: installing ${missing[*]%% *}" >&2
"${as_root[@]}" apt-get update -qq
chosen=()
for names in "${missing[@]}"; do
    pick=${names%% *}
    for name in $names; do
        if apt-cache policy "$name" | grep -q 'Candidate: [^(]'; then
            pick=$name
            break
        fi
    done
    chosen+=("$pick")
done
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${chosen[@]}" >&2
