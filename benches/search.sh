#!/usr/bin/env bash
# ausearch -k over grown logs, Debian's 3.0.9 and ours in turn (A B A B …), output to a file.
#   benches/search.sh RUNS MB
# quiet: 5 events a second, target at least as fast; dense: 4,000 a second, target 50 times as fast.
set -uo pipefail
source "$(dirname "$0")/shared.sh"
runs=$1 mb=$2
yardsticks=$("$root/eng/yardsticks.sh") || exit 1
original="$yardsticks/root/sbin/ausearch"
libraries=$(cat "$yardsticks/libraries")
have_ours=
[[ -x $ours/ausearch ]] && have_ours=1
[[ -n $have_ours ]] || echo "search: artifacts/bin/ausearch isn't there yet: the original alone"

row='%-7s %-15s %-6s %9s %9s %10s %9s  %s\n'

# One log, one key: both programs in turn, then a row each.
compare() {
    local kind=$1 log=$2 key=$3 target=$4 times=$5 n bytes same=
    bytes=$(stat -c %s "$log")
    forget_figures
    cat "$log" >/dev/null
    for ((n = 0; n < times; n++)); do
        # Exit code 1 is "no matches".
        LD_LIBRARY_PATH=$libraries run original "$work/original.out" "$original" -k "$key" -if "$log"
        original_code=$?
        if [[ -n $have_ours ]]; then
            run ours "$work/ours.out" "$ours/ausearch" -k "$key" -if "$log"
            ours_code=$?
        fi
        run wc "$work/wc.out" wc -l "$log"
        run true "$work/wc.out" /bin/true
    done
    print_row "$kind" "$key" original "$bytes" "$times" "$(grep -c '^time->' "$work/original.out") events, exit $original_code"
    if [[ -n $have_ours ]]; then
        cmp -s "$work/original.out" "$work/ours.out" && [[ $original_code == "$ours_code" ]] && same='same output' ||
            same="OUTPUT DIFFERS (exit $original_code and $ours_code; $(wc -c <"$work/original.out") and $(wc -c <"$work/ours.out") bytes)"
        print_row "$kind" "$key" ours "$bytes" "$times" "$same; $(verdict "$target")"
    fi
    print_row "$kind" '' wc "$bytes" "$times" 'wc -l'
    print_row "$kind" '' true 0 "$times" '/bin/true'
}

print_row() {
    local wall
    wall=$(figure "$3" wall)
    printf "$row" "$1" "$2" "$5" "$(awk "BEGIN { printf \"%.1f\", $wall * 1000 }")" \
        "$(awk "BEGIN { printf \"%.1f\", $(figure "$3" cpu) * 1000 }")" \
        "$(awk "BEGIN { if ($4) printf \"%.1f\", $4 / 1e6 / $wall; else print \"-\" }")" \
        "$(awk "BEGIN { printf \"%.1f\", $(figure "$3" peak) / 1024 }")" "$3: $6"
}

# Decided by wall time; beside it stands processor time, which a busy machine disturbs less.
verdict() {
    awk -v target="$1" -v wall="$(awk "BEGIN { print $(figure original wall) / $(figure ours wall) }")" \
        -v cpu="$(awk "BEGIN { print $(figure original cpu) / $(figure ours cpu) }")" 'BEGIN {
            printf "%.2f times as fast (cpu %.2f), target %d: %s", wall, cpu, target, (wall >= target) ? "pass" : "MISS" }'
}

printf "$row" log key runs 'wall ms' 'cpu ms' 'MB/s' 'peak MiB' 'who: what'
quiet=$(grown quiet 5 "$mb") dense=$(grown dense 4000 "$mb")
compare quiet "$quiet" akashi-needle 1 "$runs"
compare quiet "$quiet" not-there 1 "$runs"
# The original needs some 17 s for 200 MB of this.
few=$((runs < 3 ? runs : 3))
compare dense "$dense" akashi-needle 50 "$few"
compare dense "$dense" not-there 50 "$few"
echo "data: ${quiet##*/} $(stat -c %s "$quiet") bytes, ${dense##*/} $(stat -c %s "$dense") bytes, grown by benches/grow.awk from testdata/logs.tar.gz"
echo "command: LC_ALL=C TZ=UTC ausearch -k KEY -if LOG >FILE; medians; peak is wait4's ru_maxrss and counts mapped file pages"
