#!/usr/bin/env bash
# Every field of every record of a grown log, by the C# API and by a C program with Debian's libauparse 3.0.9 in turn (A B A B …), one thread each.
#   benches/api.sh RUNS MB
# raw: values as they stand; words: interpreted. Target three times as fast.
# c-raw, c-words, c-feed: the same C program, unchanged, with our libauparse.so.0 instead; c-feed by auparse_feed in pieces of 4 KB. Target no slower.
set -uo pipefail
source "$(dirname "$0")/shared.sh"
source "$root/eng/dotnet.sh"
runs=$1 mb=$2
yardsticks=$("$root/eng/yardsticks.sh") || exit 1
libraries=$(cat "$yardsticks/libraries")
IFS=: read -ra folders <<<"$libraries"
library=$(find "${folders[@]}" -name libauparse.so.0 | head -n 1)
original=$("$root/eng/compile-c.sh" "$root/benches/auparse.c" "-I$yardsticks/root/usr/include" "$library" "-Wl,-rpath-link,${libraries//:/,-rpath-link,}") || exit 1
options=(-c Release -r "$rid" -v quiet -clp:NoSummary -p:DebugType=none)
grep -q avx2 /proc/cpuinfo && [[ $rid == linux-x64 ]] && options+=(-p:AkashiInstructionSet=x86-x64-v3)
quiet_dotnet publish "$root/benches/reader/reader.csproj" "${options[@]}" -o "$work/reader" || exit 1
"$root/eng/publish-library.sh" || exit 1

# What both found: 3.0.9 ends an event at a LOGIN record, 4.0 and ours don't.
compared() {
    local events records ourevents ourrecords logins
    read -r events _ records _ <"$work/original.out"
    read -r ourevents _ ourrecords _ <"$work/ours.out"
    logins=$(grep -ac '^type=LOGIN ' "$1")
    if [[ $records != "$ourrecords" ]]; then
        echo "MISS: $records and $ourrecords records"
    elif [[ $events == "$ourevents" ]]; then
        echo "same events and records"
    elif ((events - ourevents > 0 && events - ourevents <= logins)); then
        echo "same records; 3.0.9 cuts $((events - ourevents)) events behind LOGIN, of $logins such records"
    else
        echo "MISS: $events and $ourevents events"
    fi
}

row='%-6s %-7s %4s %9s %9s %9s %9s  %s\n'
printf "$row" log mode runs 'their ms' 'our ms' 'MB/s' 'peak MiB' 'what'
failed=0
for kind in "quiet 5" "dense 4000"; do
    read -r name rate <<<"$kind"
    log=$(grown "$name" "$rate" "$mb")
    for mode in raw words c-raw c-words c-feed; do
        forget_figures
        target=3
        [[ $mode != c-* ]] || target=1
        cat "$log" >/dev/null
        for ((n = 0; n < runs; n++)); do
            # The C# API reads large logs ahead on another thread; both get one processor.
            LD_LIBRARY_PATH=$libraries run original "$work/original.out" taskset -c 0 "$original" "${mode#c-}" "$log" || exit 1
            if [[ $mode == c-* ]]; then
                LD_LIBRARY_PATH=$root/artifacts/lib/akashi run ours "$work/ours.out" taskset -c 0 "$original" "${mode#c-}" "$log" || exit 1
            else
                run ours "$work/ours.out" taskset -c 0 "$work/reader/reader" "$mode" "$log" || exit 1
            fi
        done
        said=$(tail -n 1 "$work/figures/stderr")
        same=$(compared "$log")
        printf "$row" "$name" "$mode" "$runs" $(awk -v owall="$(figure original wall)" -v wall="$(figure ours wall)" -v bytes="$(stat -c %s "$log")" \
            -v peak="$(figure ours peak)" 'BEGIN { printf "%.0f %.0f %.0f %.1f", owall * 1000, wall * 1000, bytes / 1e6 / wall, peak / 1024 }') \
            "$(awk -v owall="$(figure original wall)" -v wall="$(figure ours wall)" -v ocpu="$(figure original cpu)" -v cpu="$(figure ours cpu)" -v target="$target" \
                'BEGIN { printf "%.1f times as fast (cpu %.1f), target %d: %s", owall / wall, ocpu / cpu, target, (owall / wall >= target) ? "pass" : "MISS" }'); $same; $said"
        awk -v owall="$(figure original wall)" -v wall="$(figure ours wall)" -v target="$target" 'BEGIN { exit owall / wall < target }' || failed=1
    done
done
exit $failed
