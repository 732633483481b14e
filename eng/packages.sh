#!/usr/bin/env bash
# Installs the packages of a list (default eng/packages.txt) that are missing: as root by apt-get, else says which.
#   eng/packages.sh [LIST]
set -euo pipefail
list="${1:-$(dirname "$0")/packages.txt}"
mapfile -t wanted < <(sed 's/#.*//; s/[[:space:]]*$//; /^$/d' "$list")

missing=()
for package in "${wanted[@]}"; do
    # Asked one by one: dpkg-query prints nothing at all for a package it has never heard of.
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $status == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    echo "build: missing packages: ${missing[*]}" >&2
    echo "hint: as root: apt-get install ${missing[*]}" >&2
    exit 1
fi
echo "build: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
install=(apt-get install -y -q --no-install-recommends "${missing[@]}")
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The package lists of a fresh machine are empty or old: fetched only when the first try fails.
if ! "${install[@]}" >"$log" 2>&1 && ! { apt-get update -q && "${install[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "build: cannot install ${missing[*]}: see above" >&2
    exit 1
fi
