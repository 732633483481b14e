#!/usr/bin/env bash
# What ausearch and aureport take over grown logs, Debian's 3.0.9 and ours in turn (A B A B …), output to a file; a row each command.
#   benches/read.sh RUNS MB [WORDS]    only the rows that hold the words
# quiet: 5 events a second, busy: 200, dense: 4,000; files: quiet with 80,000 distinct names of files; strangers: quiet with 40,000 users that nobody knows.
set -uo pipefail
source "$(dirname "$0")/shared.sh"
runs=$1 mb=$2 word=${3:-}
yardsticks=$("$root/eng/yardsticks.sh") || exit 1
libraries=$(cat "$yardsticks/libraries")
row='%-9s %-26s %4s %9s %9s %9s %9s %7s %7s %6s %5s %5s  %s\n'
failed=0

# What Debian's takes longer for than half a minute isn't repeated; where it takes longer by squares it gets a part of the log.
compare() {
    local kind=$1 megabytes=$2 target=$3 pin=$4 times=$5 name=$6 log n limit=() same
    shift 6
    [[ "$kind $name $*${pin:+ pinned}" == *"$word"* ]] || return 0
    case $kind in
        quiet) log=$(grown quiet 5 "$megabytes") ;;
        busy) log=$(grown busy 200 "$megabytes") ;;
        dense) log=$(grown dense 4000 "$megabytes") ;;
        files) log=$(grown files 5 "$megabytes" files=80000) ;;
        strangers) log=$(grown strangers 5 "$megabytes" uids=40000) ;;
    esac
    [[ -n $pin ]] && limit=(taskset -c "$pin")
    forget_figures
    cat "$log" >/dev/null
    for ((n = 0; n < times; n++)); do
        LD_LIBRARY_PATH=$libraries run original "$work/original.out" "${limit[@]}" "$yardsticks/root/sbin/$name" "$@" -if "$log"
        run ours "$work/ours.out" "${limit[@]}" "$ours/$name" "$@" -if "$log"
        run wc "$work/wc.out" wc -l "$log"
    done
    # Formats changed between 3.0.9 and 4.2.2; what is equal is said.
    cmp -s "$work/original.out" "$work/ours.out" && same='same output' || same="$(wc -c <"$work/original.out") and $(wc -c <"$work/ours.out") bytes of output"
    print_row "$kind" "$megabytes" "$name $*${pin:+ pinned}" "$times" "$target" "$same"
}

# Decided by wall time; beside it stands processor time, which a busy machine disturbs less.
print_row() {
    local values
    values=$(awk -v owall="$(figure original wall)" -v ocpu="$(figure original cpu)" -v wall="$(figure ours wall)" -v cpu="$(figure ours cpu)" \
        -v peak="$(figure ours peak)" -v mb="$2" -v target="$5" 'BEGIN {
            miss = owall / wall < target || peak > 65536
            printf "%.0f %.0f %.0f %.0f %.0f %.2f %.2f %d %s", owall * 1000, ocpu * 1000, wall * 1000, cpu * 1000, mb / wall, owall / wall, ocpu / cpu, target,
                miss ? "MISS" : "pass" }')
    read -r owall ocpu wall cpu rate ratio cpuratio goal verdict <<<"$values"
    [[ $verdict == MISS ]] && failed=1
    printf "$row" "$1" "$3" "$4" "$owall" "$ocpu" "$wall" "$cpu" "$rate" "$(awk "BEGIN { printf \"%.1f\", $(figure ours peak) / 1024 }")" \
        "$ratio" "$cpuratio" "$goal" "$verdict; $6"
}

printf "$row" log command runs 'orig. ms' 'its cpu' 'ours ms' 'our cpu' 'MB/s' 'MiB' times cpu goal verdict
few=$((runs < 2 ? runs : 2))
small=$((mb < 20 ? mb : 20))
compare quiet "$mb" 4 '' "$runs" ausearch -k akashi-needle --raw
compare busy "$mb" 8 '' "$runs" ausearch -k akashi-needle --raw
compare dense "$mb" 150 '' "$few" ausearch -k akashi-needle --raw
for format in -i '--format csv' '--format text'; do
    # shellcheck disable=SC2086 # two words
    compare quiet "$mb" 5 '' "$runs" ausearch $format
    # shellcheck disable=SC2086
    compare quiet "$mb" 3 0 "$runs" ausearch $format
done
compare strangers "$small" 50 '' 1 ausearch -i
compare quiet "$mb" 15 '' "$runs" aureport --summary
compare quiet "$mb" 3 '' "$runs" aureport -x --summary
compare quiet "$mb" 4 '' "$runs" aureport -f --summary
compare dense "$mb" 100 '' "$few" aureport -x --summary
compare files "$mb" 200 '' 1 aureport --summary
compare files "$small" 200 '' 1 aureport -f --summary
echo "data: real events of testdata/logs.tar.gz repeated by benches/grow.awk; $small MB where Debian's takes an hour for the whole log"
echo "command: LC_ALL=C TZ=UTC TOOL … -if LOG >FILE; medians; peak is wait4's ru_maxrss"
exit "$failed"
