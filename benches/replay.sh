#!/usr/bin/env bash
# What drawing costs: plain output of MB megabytes as a typescript and as a recording, drawn to its last screen; and verifying. CPU time (user + system), median.
#   benches/replay.sh RUNS MB
# Target (issue 5): the emulator draws at least 100 MB/s of plain output.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
runs=$1 mb=$2 akashi=$root/artifacts/bin/akashi status=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk -v mb="$mb" -v timing="$work/time" 'BEGIN {
    printf "Script started on 2026-11-21 12:00:00+00:00 [TERM=\"xterm\" COLUMNS=\"80\" LINES=\"24\"]\n"
    for (line = 0; bytes < mb * 1000000; line++) {
        text = sprintf("%08d The quick brown fox jumps over the lazy dog, plainly %d\r\n", line, line * 7)
        printf "%s", text
        bytes += length(text); block += length(text)
        if (block > 4000) { printf "0.010000 %d\n", block > timing; block = 0 }
    }
    printf "0.010000 %d\n", block > timing
}' >"$work/script"
"$akashi" recordings convert --to akashi --timing "$work/time" "$work/script" "$work/cast"

# cost NAME COMMAND...: MB a second of processor time, median of the runs.
cost() {
    local name=$1 run; shift
    for ((run = 0; run < runs; run++)); do
        ( TIMEFORMAT='%U %S'; time "$@" >"$work/out" ) 2>&1 | awk '{ print $1 + $2 }'
    done | sort -n | awk -v name="$name" -v mb="$mb" '{ value[NR] = $1 } END { middle = value[int((NR + 1) / 2)]; printf "%-28s %6.2f s %8.0f MB/s\n", name, middle, mb / middle }'
}
cost "draw a typescript" "$akashi" replay --at 99999999 --text "$work/script" "$work/time" | tee "$work/drawn"
cost "draw a recording" "$akashi" replay --at 99999999 --text "$work/cast"
cost "as text" "$akashi" replay --text "$work/cast"
cost "verify" "$akashi" recordings verify "$work/cast"
awk '{ exit $(NF - 1) < 100 }' "$work/drawn" || status=1
exit $status
