#!/usr/bin/env bash
# What the published tools say where they are refused: one line, and never a stack.
set -uo pipefail
cd "$(dirname "$0")/../.."
bin=$PWD/artifacts/bin
if [[ $(id -u) != 0 ]]; then
    echo "skip refusals: needs root, to become somebody else"
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
mkdir -m 0700 "$folder/closed" && mkdir -m 0711 "$folder/entered"
echo 'type=TEST msg=audit(1.000:1): newest' >"$folder/entered/audit.log"
echo 'type=TEST msg=audit(1.000:0): older' >"$folder/entered/audit.log.1"
touch "$folder/closed/audit.log"
chmod 644 "$folder"/*/audit.log*

as_nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }

# expect NAME EXPECTED COMMAND…: ok when the command prints just that, on either stream.
expect() {
    local name=$1 expected=$2 said
    shift 2
    said=$(as_nobody "$@" </dev/null 2>&1 | grep -v "^NOTE - using logs in ")
    if [[ $said == "$expected" ]]; then echo "ok $name"; else echo "not ok $name: ${said//$'\n'/ | }"; fi
}

expect 'a directory that may not be entered' \
    "ausearch: cannot open $folder/closed/audit.log: Permission denied" "$bin/ausearch" -if "$folder/closed" --raw
expect 'a directory that may not be listed hides no older segment' \
    "$(cat "$folder/entered/audit.log.1" "$folder/entered/audit.log")" "$bin/ausearch" -if "$folder/entered" --raw
expect 'a missing file' \
    "ausearch: cannot open $folder/none: No such file or directory" "$bin/ausearch" -if "$folder/none" --raw
