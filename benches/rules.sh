#!/usr/bin/env bash
# Loads 400 rules into the kernel with Debian's auditctl 3.0.9 and ours in turn (root), and checks a set of 1000 rules.
#   benches/rules.sh RUNS
# The rules are for a user that no process runs as. Each load begins with an empty list; the kernel is put back on every way out.
set -uo pipefail
source "$(dirname "$0")/shared.sh"
runs=$(($1 * 6))
yardsticks=$("$root/eng/yardsticks.sh") || exit 1
libraries=$(cat "$yardsticks/libraries")

# made COUNT: rules that differ in one value each, as large sets of the field do in key or path.
made() {
    local n
    for ((n = 1; n <= $1; n++)); do
        echo "-a always,exit -F arch=b64 -S openat,unlinkat -F uid=61003 -F a1=$n -F auid>=1000 -F auid!=unset -k bench-$((n % 20))"
    done
}

forget_figures
status=0
made 1000 >"$work/1000.rules"
for ((n = 0; n < runs; n++)); do
    run check "$work/check.out" "$ours/akashi" rules check "$work/1000.rules" # 1: it found something
    [[ $? -le 1 ]] || { status=1; break; }
done

loaded=
before="$work/kernel-before"
kernel=
load() {
    local name
    made 400 >"$work/400.rules"
    kernel=$("$root/eng/compile-c.sh" "$root/eng/kernel-audit.c")
    exec 7>/run/akashi-audit.lock
    flock -w 600 7 || { echo "rules: loading is left out: the kernel's audit is in use (/run/akashi-audit.lock)"; return 1; }
    "$kernel" free || { echo "rules: loading is left out: another daemon has the kernel's audit"; return 0; }
    "$kernel" save "$before" || return 1
    trap '"$kernel" restore "$before" || echo "rules: the kernel is not restored; its state stands in $before" >&2' EXIT
    trap 'exit 1' INT TERM HUP
    for ((n = 0; n < runs; n++)); do
        for name in original ours; do
            "$ours/auditctl" -D >/dev/null
            case $name in
                original) LD_LIBRARY_PATH=$libraries run original "$work/load.out" "$yardsticks/root/sbin/auditctl" -R "$work/400.rules" ;;
                ours) run ours "$work/load.out" "$ours/auditctl" -R "$work/400.rules" ;;
            esac || { echo "rules: $name failed"; return 1; }
            [[ $("$ours/auditctl" -l | wc -l) == 400 ]] || { echo "rules: $name has not loaded 400 rules"; return 1; }
        done
    done
    "$ours/auditctl" -D >/dev/null
    loaded=1
}
if [[ $(id -u) == 0 ]]; then load || status=1; else echo "rules: loading is left out: needs root"; fi

milliseconds() { awk "BEGIN { printf \"%.1f\", $(figure "$1" "$2") * 1000 }"; }
row='%-28s %6s %9s %9s  %s\n'
printf "$row" what runs 'wall ms' 'cpu ms' ''
if [[ -n $loaded ]]; then
    verdict=$(awk "BEGIN { print ($(figure ours cpu) < $(figure original cpu)) ? \"pass\" : \"MISS\" }")
    printf "$row" "400 rules, Debian's auditctl" "$runs" "$(milliseconds original wall)" "$(milliseconds original cpu)" ''
    printf "$row" '400 rules, auditctl' "$runs" "$(milliseconds ours wall)" "$(milliseconds ours cpu)" "less processor time than Debian's: $verdict"
fi
verdict=$(awk "BEGIN { print ($(figure check cpu) < 0.1) ? \"pass\" : \"MISS\" }")
printf "$row" '1000 rules, rules check' "$runs" "$(milliseconds check wall)" "$(milliseconds check cpu)" "target under 100 ms: $verdict"
echo "medians; processor time is user and system, the kernel's work on the rules included"
exit $status
