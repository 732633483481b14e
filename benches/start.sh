#!/usr/bin/env bash
# What a tool costs before it does anything: start, memory, size.
#   benches/start.sh RUNS
set -uo pipefail
source "$(dirname "$0")/shared.sh"
runs=$(($1 * 20))
unpack_logs
tiny="$work/logs/articles.log"
yardsticks=$("$root/eng/yardsticks.sh") || exit 1
libraries=$(cat "$yardsticks/libraries")

forget_figures
names=(true)
[[ ! -x $ours/akashi ]] || names+=(akashi)
[[ ! -x $ours/ausearch ]] || names+=(ausearch)
names+=(original)
for ((n = 0; n < runs; n++)); do
    for name in "${names[@]}"; do
        case $name in
            true) run true "$work/start.out" /bin/true ;;
            akashi) run akashi "$work/start.out" "$ours/akashi" --version ;;
            ausearch) run ausearch "$work/start.out" "$ours/ausearch" -k not-there -if "$tiny" ;;
            original) LD_LIBRARY_PATH=$libraries run original "$work/start.out" "$yardsticks/root/sbin/ausearch" -k not-there -if "$tiny" ;;
        esac
    done
done

row='%-10s %6s %9s %9s %9s  %s\n'
printf "$row" who runs 'wall ms' 'cpu ms' 'peak MiB' command
true_ms=$(awk "BEGIN { print $(figure true wall) * 1000 }")
for name in "${names[@]}"; do
    case $name in
        true) command=/bin/true ;;
        akashi) command='akashi --version' ;;
        *) command="ausearch -k not-there -if articles.log ($(stat -c %s "$tiny") bytes)" ;;
    esac
    wall=$(awk "BEGIN { print $(figure "$name" wall) * 1000 }")
    [[ $name == true || $name == original ]] || command+=$(awk "BEGIN { limit = 6 * $true_ms > 5 ? 6 * $true_ms : 5
        printf \"; target under %.1f ms: %s\", limit, ($wall < limit) ? \"pass\" : \"MISS\" }")
    printf "$row" "$name" "$runs" "$(printf %.2f "$wall")" \
        "$(awk "BEGIN { printf \"%.2f\", $(figure "$name" cpu) * 1000 }")" \
        "$(awk "BEGIN { printf \"%.1f\", $(figure "$name" peak) / 1024 }")" "$command"
done
if [[ -x $ours/akashi ]]; then
    size=$(stat -c %s "$ours/akashi")
    echo "size of akashi: $size bytes, target under 15000000: $([[ $size -lt 15000000 ]] && echo pass || echo MISS)"
fi
echo "original: Debian's ausearch 3.0.9, its libraries by LD_LIBRARY_PATH; medians"
