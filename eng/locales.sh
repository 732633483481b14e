#!/usr/bin/env bash
# Compiles the locales that dates are compared in into artifacts/locales, once; prints that path, for LOCPATH.
# Nothing of the system changes: the package locales has their sources (eng/packages-tests.txt).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
place="$root/artifacts/locales"
wanted=(en_US ja_JP de_DE)
if ! command -v localedef >/dev/null || [[ ! -d /usr/share/i18n/locales ]]; then
    echo "locales: localedef or its sources are missing" >&2
    echo "hint: as root: apt-get install locales" >&2
    exit 1
fi
mkdir -p "$place"
exec 8>"$place/.lock"
flock 8
for name in "${wanted[@]}"; do
    [[ -d $place/$name.UTF-8 ]] && continue
    localedef --no-archive -i "$name" -f UTF-8 "$place/$name.new"
    mv "$place/$name.new" "$place/$name.UTF-8"
done
echo "$place"
