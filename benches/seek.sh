#!/usr/bin/env bash
# Searches from a time on, and checkpoint runs with nothing new: over 10 segments and over one file, Debian's 3.0.9 and ours in turn (A B A B …).
#   benches/seek.sh RUNS MB
# Logs of 10 × MB at 200 events a second, and one five times as short. Targets (issue 2): -ts for the last 1 % with -k KEY --raw
# 10 times as fast over 10 segments and 30 times in one file, a trail 5 times as long under 1.2 times; a checkpoint run
# with nothing new 20 and 100 times, at most 3 ms above --version.
set -uo pipefail
source "$(dirname "$0")/shared.sh"
runs=$1 mb=$(($2 * 10))
yardsticks=$("$root/eng/yardsticks.sh") || exit 1
original="$yardsticks/root/sbin/ausearch"
libraries=$(cat "$yardsticks/libraries")
status=0
row='%-34s %5s %12s %12s %9s %9s  %s\n'

# cut_up LOG COUNT: a directory with the log in that many segments, the oldest with the highest number.
cut_up() {
    local log=$1 count=$2 place="${1%.log}-$2" number
    if [[ ! $place/audit.log -nt $log ]]; then
        rm -rf "$place"
        mkdir -p "$place"
        split -n "l/$count" -d -a 3 "$log" "$place/part."
        for ((number = 0; number < count; number++)); do
            mv "$place/part.$(printf %03d $number)" "$place/audit.log$( ((count - 1 - number)) && echo ".$((count - 1 - number))")"
        done
        # Split lets all have one time; the newest must be newer than the log it was made of.
        touch "$place/audit.log"
    fi
    echo "$place"
}

# since LOG PERMILLE: the date and time from which on the last so many of a thousand events are.
since() {
    local first last
    first=$(head -n 1 "$1" | grep -oE 'audit\([0-9]+' | grep -oE '[0-9]+')
    last=$(tail -n 1 "$1" | grep -oE 'audit\([0-9]+' | grep -oE '[0-9]+')
    date -u -d "@$((last - (last - first) * $2 / 1000))" '+%m/%d/%y %H:%M:%S'
}

# pair NAME TARGET RUNS words…: ausearch with these words, both in turn; the ratio of medians and whether the output is the same.
pair() {
    local name=$1 target=$2 times=$3 n
    shift 3
    forget_figures
    for ((n = 0; n < times; n++)); do
        prepare original
        LD_LIBRARY_PATH=$libraries run original "$work/original.out" "$original" "${@//CHECKPOINT/$work/checkpoint-original}"
        original_code=$?
        prepare ours
        run ours "$work/ours.out" "$ours/ausearch" "${@//CHECKPOINT/$work/checkpoint-ours}"
        ours_code=$?
    done
    local same='same output'
    cmp -s "$work/original.out" "$work/ours.out" && [[ $original_code == "$ours_code" ]] || { same="OUTPUT DIFFERS (exit $original_code and $ours_code)"; status=1; }
    local wall cpu verdict
    wall=$(awk "BEGIN { printf \"%.1f\", $(figure original wall) / $(figure ours wall) }")
    cpu=$(awk "BEGIN { printf \"%.1f\", $(figure original cpu) / $(figure ours cpu) }")
    verdict=$(awk "BEGIN { print ($wall >= $target) ? \"pass\" : \"MISS\" }")
    [[ $verdict == pass ]] || status=1
    printf "$row" "$name" "$times" "$(milliseconds original)" "$(milliseconds ours)" "${wall}x" "${cpu}x" "target ${target}x: $verdict; $same"
}

# Before each run; both programs find what their last run left.
prepare() { :; }

milliseconds() { awk "BEGIN { printf \"%.1f\", $(figure "$1" wall) * 1000 }"; }

long=$(grown seek 200 "$mb") short=$(grown seek 200 $((mb / 5)))
ten=$(cut_up "$long" 10) two=$(cut_up "$short" 2)
cat "$long" "$ten"/* "$short" "$two"/* >/dev/null
read -r day hour <<<"$(since "$long" 10)"
printf "$row" measure runs 'original ms' 'ours ms' wall cpu ''
pair 'last 1 %, 10 segments' 10 "$runs" -if "$ten" -ts "$day" "$hour" -k akashi-needle --raw
pair 'last 1 %, one file' 30 "$runs" -if "$long" -ts "$day" "$hour" -k akashi-needle --raw

# As many events as the last 1 % of the long trail, at the end of one a fifth as long.
long_ms=() short_ms=()
read -r short_day short_hour <<<"$(since "$short" 50)"
for layout in segments file; do
    [[ $layout == segments ]] && from=("$ten" "$two") || from=("$long" "$short")
    forget_figures
    for ((n = 0; n < 2 * runs; n++)); do
        run long "$work/ours.out" "$ours/ausearch" -if "${from[0]}" -ts "$day" "$hour" -k akashi-needle --raw
        run short "$work/ours.out" "$ours/ausearch" -if "${from[1]}" -ts "$short_day" "$short_hour" -k akashi-needle --raw
    done
    ratio=$(awk "BEGIN { printf \"%.2f\", $(figure long wall) / $(figure short wall) }")
    cpu=$(awk "BEGIN { printf \"%.2f\", $(figure long cpu) / $(figure short cpu) }")
    verdict=$(awk "BEGIN { print ($ratio < 1.2) ? \"pass\" : \"MISS\" }")
    [[ $verdict == pass ]] || status=1
    printf "$row" "5 times as long, $layout" $((2 * runs)) "$(milliseconds short)" "$(milliseconds long)" "${ratio}x" "${cpu}x" "target under 1.2x: $verdict (ours: short, long)"
done

for layout in segments file; do
    [[ $layout == segments ]] && { from=$ten target=20; } || { from=$long target=100; }
    rm -f "$work"/checkpoint-*
    LD_LIBRARY_PATH=$libraries "$original" -if "$from" --checkpoint "$work/checkpoint-original" -k akashi-needle --raw >"$work/original.out" 2>/dev/null </dev/null
    "$ours/ausearch" -if "$from" --checkpoint "$work/checkpoint-ours" -k akashi-needle --raw >"$work/ours.out" 2>/dev/null </dev/null
    cmp -s "$work/original.out" "$work/ours.out" && cmp -s "$work/checkpoint-original" "$work/checkpoint-ours" || { echo "seek: first checkpoint runs differ"; status=1; }
    pair "checkpoint, nothing new, $layout" $target "$runs" -if "$from" --checkpoint CHECKPOINT --raw
    forget_figures
    for ((n = 0; n < 4 * runs; n++)); do
        run version "$work/ours.out" "$ours/ausearch" --version
        run nothing "$work/ours.out" "$ours/ausearch" -if "$from" --checkpoint "$work/checkpoint-ours" --raw
    done
    above=$(awk "BEGIN { printf \"%+.2f\", ($(figure nothing wall) - $(figure version wall)) * 1000 }")
    verdict=$(awk "BEGIN { print ($above <= 3) ? \"pass\" : \"MISS\" }")
    [[ $verdict == pass ]] || status=1
    printf "$row" "the same above --version, $layout" $((4 * runs)) "$(milliseconds version)" "$(milliseconds nothing)" "$above" - "target at most 3 ms: $verdict (ours: --version, checkpoint)"
done
echo "data: ${long##*/} $(stat -c %s "$long") bytes, ${short##*/} $(stat -c %s "$short") bytes, and the same cut into 10 and 2 segments"
echo "command: ausearch -if LOG -ts $day $hour -k akashi-needle --raw; ausearch -if LOG --checkpoint FILE --raw; medians of wall time"
exit $status
