#!/usr/bin/env bash
# Builds what is measured, says what machine it is, and runs the parts of the bench (see ./bench -h).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runs=5 mb=200 events=300000 save=
parts=()
# What a number option was given: anything else would go into arithmetic and file names.
number() {
    [[ $2 =~ ^[1-9][0-9]*$ ]] || { echo "bench: $1 needs a number from 1, not '$2'" >&2; exit 2; }
    echo "$2"
}
while [[ $# -gt 0 ]]; do
    case $1 in
        --runs) runs=$(number "$1" "${2:-}"); shift ;;
        --size) mb=$(number "$1" "${2:-}"); shift ;;
        --events) events=$(number "$1" "${2:-}"); shift ;;
        --save) save=1 ;;
        search | read | seek | record | daemon | start | rules | replay | recordings | recorder | api | remote) parts+=("$1") ;;
        *) echo "bench: unknown argument '$1'" >&2; echo "hint: ./bench -h" >&2; exit 2 ;;
    esac
    shift
done
all=(search read seek record daemon start rules replay recordings recorder api remote)
[[ ${#parts[@]} -gt 0 ]] || parts=("${all[@]}")

"$root/build"

processor=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)
describe() {
    local commit
    commit=$(git -C "$root" describe --always --dirty 2>/dev/null) || commit=unknown
    echo "Akashi $commit, $(date -u '+%Y-%m-%d %H:%M UTC')"
    echo "machine: ${processor:-unknown}, $(nproc) processors, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)"
    echo "kernel: $(uname -r), $(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)"
    echo "command: ./bench --runs $runs --size $mb --events $events ${parts[*]}"
    echo "load before: $(cut -d' ' -f1-3 /proc/loadavg)"
}

measure() {
    describe
    local part status=0
    for part in "${parts[@]}"; do
        echo
        echo "== $part"
        case $part in
            search) "$root/benches/search.sh" "$runs" "$mb" || status=1 ;;
            read) "$root/benches/read.sh" "$runs" "$mb" || status=1 ;;
            seek) "$root/benches/seek.sh" "$runs" "$mb" || status=1 ;;
            record) "$root/benches/record.sh" "$runs" "$events" || status=1 ;;
            daemon) "$root/benches/daemon.sh" "$runs" "$events" || status=1 ;;
            remote) "$root/benches/remote.sh" "$runs" || status=1 ;;
            rules) "$root/benches/rules.sh" "$runs" || status=1 ;;
            start) "$root/benches/start.sh" "$runs" || status=1 ;;
            replay) "$root/benches/replay.sh" "$runs" "$mb" || status=1 ;;
            recordings) "$root/benches/recordings.sh" "$runs" || status=1 ;;
            recorder) "$root/benches/recorder.sh" "$runs" || status=1 ;;
            api) "$root/benches/api.sh" "$runs" "$mb" || status=1 ;;
        esac
    done
    return $status
}

if [[ -n $save ]]; then
    place="$root/benches/results/$(tr -cs 'A-Za-z0-9._-' '-' <<<"$processor" | sed 's/^-//; s/-$//')"
    mkdir -p "$place"
    # Parts by themselves don't take the place of the whole.
    [[ ${#parts[@]} -eq ${#all[@]} ]] && name= || name=-$(IFS=-; echo "${parts[*]}")
    measure | sed "s,[[:blank:]]*\$,," | tee "$place/$(date -u +%F)$name.txt"
else
    measure
fi
