#!/usr/bin/env bash
# What a recorded session costs, beside util-linux's script of this machine, in turn (A B A B …): echo of a key, cat of a large file, start, memory.
#   benches/recordings.sh RUNS
# Targets (issue 5): a key's echo at most 20 µs later than under script (medians of the runs' medians); cat of 100 MB at 0.8 of script's rate; start under 15 ms above
# the shell alone; under 8 MB of private memory (Private_Clean and Private_Dirty of smaps_rollup), after 10 MB were shown.
set -uo pipefail
source "$(dirname "$0")/shared.sh"
runs=$1 status=0
terminal=$("$root/eng/compile-c.sh" "$root/benches/terminal.c")
theirs=/usr/bin/script akashi=$ours/akashi
[[ -x $theirs ]] || { echo "recordings: util-linux's script isn't installed" >&2; exit 1; }
export SHELL=/bin/sh TERM=xterm
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

# recorded WHO COMMAND: the words that run COMMAND recorded, into $words.
recorded() {
    case $1 in
        plain) words=(/bin/sh -c "$2") ;;
        theirs) words=("$theirs" -q -c "$2" -T "$place/time" "$place/log") ;;
        script) words=("$ours/script" -q -c "$2" -T "$place/time" "$place/log") ;;
        record) words=("$akashi" record -q --overwrite -c "$2" "$place/cast") ;;
        input) words=("$akashi" record -q --overwrite --input -c "$2" "$place/cast") ;;
    esac
}
names=(plain theirs script record input)
label() {
    case $1 in
        plain) echo "not recorded" ;;
        theirs) echo "util-linux script" ;;
        script) echo "script" ;;
        record) echo "akashi record" ;;
        input) echo "akashi record --input" ;;
    esac
}

# verdict VALUE OPERATOR LIMIT TEXT
verdict() {
    if awk "BEGIN { exit !($1 $2 $3) }"; then echo "target $2 $3 $4: pass"; else echo "target $2 $3 $4: MISS"; fi
}

declare -A figure
forget_figures
for ((n = 0; n < runs; n++)); do
    for name in "${names[@]}"; do
        recorded "$name" 'echo READY; exec cat'
        "$terminal" echo 300 "${words[@]}" >>"$work/figures/echo-$name" || status=1
    done
done
echo "echo of a key, median of $runs medians of 300:"
for name in "${names[@]}"; do
    figure[$name]=$(median <"$work/figures/echo-$name")
    more=$(awk "BEGIN { printf \"%.1f\", ${figure[$name]} - ${figure[theirs]:-0} }")
    case $name in
        plain | theirs) note= ;;
        *) note="$(printf '%+.1f' "$more") µs; $(verdict "$more" '<=' 20 'µs above script')" ;;
    esac
    printf '  %-22s %8.1f µs  %s\n' "$(label "$name")" "${figure[$name]}" "$note"
    [[ $note != *MISS ]] || status=1
done

awk 'BEGIN { for (line = 0; bytes < 100000000; line++) { text = sprintf("%08d The quick brown fox jumps over the lazy dog, plainly %d\n", line, line * 7); printf "%s", text; bytes += length(text) } }' >"$place/large"
cat "$place/large" >/dev/null
for ((n = 0; n < runs; n++)); do
    for name in "${names[@]}"; do
        recorded "$name" "exec cat $place/large"
        "$terminal" drain "${words[@]}" >>"$work/figures/cat-$name" || status=1
    done
done
echo "cat of 100 MB, medians:"
for name in "${names[@]}"; do
    wall=$(awk '{ print $2 }' "$work/figures/cat-$name" | median)
    cpu=$(awk '{ print $3 + $4 }' "$work/figures/cat-$name" | median)
    [[ $name != theirs ]] || rate=$wall
    case $name in
        plain | theirs) note= ;;
        *) ratio=$(awk "BEGIN { printf \"%.2f\", $rate / $wall }"); note="${ratio} of script's rate; $(verdict "$ratio" '>=' 0.8 "of script's rate")" ;;
    esac
    # Who records keys draws all that is shown: no target is set for that.
    [[ $name != input ]] || note=${note%; *}
    printf '  %-22s %8.2f s  %6.0f MB/s, %5.2f s of processor time  %s\n' "$(label "$name")" "$wall" "$(awk "BEGIN { print 100 / $wall }")" "$cpu" "$note"
    [[ $note != *MISS ]] || status=1
done

for ((n = 0; n < runs * 10; n++)); do
    for name in "${names[@]}"; do
        recorded "$name" true
        "$terminal" drain "${words[@]}" >>"$work/figures/start-$name" || status=1
    done
done
echo "start and end of a session, medians of $((runs * 10)):"
for name in "${names[@]}"; do
    ms=$(awk '{ print $2 * 1000 }' "$work/figures/start-$name" | median)
    [[ $name != plain ]] || bare=$ms
    more=$(awk "BEGIN { printf \"%.1f\", $ms - $bare }")
    note=
    [[ $name == plain || $name == theirs ]] || note=$(verdict "$more" '<' 15 'ms above the shell')
    printf '  %-22s %8.1f ms  %+6.1f ms  %s\n' "$(label "$name")" "$ms" "$more" "$note"
    [[ $note != *MISS ]] || status=1
done

head -c 10000000 "$place/large" >"$place/ten"
echo "private memory after 10 MB were shown:"
for name in theirs script record input; do
    for ((n = 0; n < runs; n++)); do
        recorded "$name" "cat $place/ten; echo READY; read x"
        "$terminal" memory "${words[@]}" >>"$work/figures/memory-$name" || status=1
    done
    kib=$(median <"$work/figures/memory-$name")
    note=
    [[ $name == theirs ]] || note=$(verdict "$kib" '<' 8192 KiB)
    printf '  %-22s %8.0f KiB  %s\n' "$(label "$name")" "$kib" "$note"
    [[ $note != *MISS ]] || status=1
done

exit $status
