#!/usr/bin/env bash
# What the daemon costs: Debian's auditd 3.0.9, a C program that throws every record away, and ours, in turn.
#   benches/daemon.sh RUNS EVENTS
# flood    EVENTS failing opens as fast as one process can, ENRICHED, flush incremental_async
# steady   1,000 programs started a second for 20 s
# start    from the daemon's start to the kernel's first record in its log
# Same rules, load, backlog and backlog_wait_time for all. Needs root and a free kernel audit; puts the kernel back on every way out.
set -uo pipefail
source "$(dirname "$0")/shared.sh"
part=daemon
runs=$(($1 < 3 ? $1 : 3)) events=$2
arguments=("$@")
source "$(dirname "$0")/audit.sh"
discard=$("$root/eng/compile-c.sh" "$root/benches/discard.c")
first=$("$root/eng/compile-c.sh" "$root/benches/first-record.c")
steady=20000 rate=1000

# command_of WHO: fills command.
command_of() {
    case $1 in
        original) command=("$yardsticks/root/sbin/auditd" -n -c "$place") ;;
        ours) command=("$ours/auditd" -n -c "$place") ;;
        discard) command=("$discard") ;;
    esac
}

# once WHO LOAD: one recording; a line "events/s found lost cpu-us-per-event peak-MiB" to $work/figures/WHO-LOAD.
once() {
    local who=$1 kind=$2 start end found=- count=$events made=("$uid" "$events") wanted=("${rule[@]}") command
    [[ $kind == flood ]] || { count=$steady made=("$uid" $steady $rate) wanted=("${exec_rule[@]}"); }
    configure ENRICHED
    command_of "$who"
    "$auditctl" -b $backlog >/dev/null || return 1
    start_daemon "$who" "${command[@]}" || return 1
    "$kernel" reset-counts
    "$auditctl" -a always,exit "${wanted[@]}" >/dev/null || return 1
    start=$EPOCHREALTIME
    "$load" "${made[@]}" >"$work/figures/load" || return 1
    until_true 120 drained || echo "daemon: $who left $(value backlog) records in the kernel's queue"
    end=$EPOCHREALTIME
    "$auditctl" -d always,exit "${wanted[@]}" >/dev/null
    local lost
    lost=$(value lost)
    stop_daemon
    if [[ $who != discard ]]; then
        if [[ $kind == flood ]]; then found=$(whole_events "$place/log/audit.log"); else found=$(grep -c '^type=EXECVE' "$place/log/audit.log"); fi
    fi
    awk -v wall="$(awk "BEGIN { print $end - $start }")" -v events="$count" -v found="$found" -v lost="$lost" \
        '{ printf "%.0f %s %d %.2f %.1f\n", events / wall, found, lost, ($2 + $3) / events * 1e6, $4 / 1024 }' \
        "$work/figures/last" >>"$work/figures/$who-$kind"
}

row='%-8s %-9s %5s %9s %9s %7s %9s %9s  %s\n'
echo "backlog limit $backlog, backlog_wait_time $(value backlog_wait_time) ticks; flood: $events failing opens; steady: $steady programs, $rate a second; uid $uid"
printf "$row" load who runs 'events/s' found lost 'us/event' 'peak MiB' target
status=0

# judge KIND COUNT: what ours has to reach beside the others, in words; status becomes 1 where it doesn't.
judge() {
    local kind=$1 count=$2
    awk -v kind="$kind" -v rate="$(column ours-$kind 1)" -v original="$(column original-$kind 1)" -v bare="$(column discard-$kind 1)" \
        -v cost="$(column ours-$kind 4)" -v cost_original="$(column original-$kind 4)" -v peak="$(worst ours-$kind 5)" \
        -v lost="$(worst ours-$kind 3)" -v found="$(fewest ours-$kind 2)" -v count="$count" '
        function verdict(ok) { if (!ok) missed = 1; return ok ? "pass" : "MISS" }
        BEGIN {
            if (kind == "flood")
                text = sprintf("%.2f of discard, target 0.9: %s; %.2f of the original, target 1: %s; ", rate / bare, verdict(rate / bare >= 0.9), rate / original, verdict(rate >= original))
            text = text sprintf("cpu %.2f of the original, target 0.5: %s; peak under 20: %s; ", cost / cost_original, verdict(cost / cost_original <= 0.5), verdict(peak < 20))
            text = text sprintf("0 lost, all found: %s", verdict(lost == 0 && found == count))
            print text
            exit missed
        }'
}

for kind in flood steady; do
    forget_figures
    for ((n = 0; n < runs; n++)); do
        for who in original discard ours; do
            once $who $kind || status=1
        done
    done
    for who in original discard ours; do
        name=$who-$kind
        [[ -s $work/figures/$name ]] || continue
        target=
        if [[ $who == ours ]]; then
            count=$events
            [[ $kind == flood ]] || count=$steady
            target=$(judge $kind $count) || status=1
        fi
        printf "$row" $kind $who "$(wc -l <"$work/figures/$name")" "$(column $name 1)" "$(fewest $name 2)" "$(worst $name 3)" \
            "$(column $name 4)" "$(column $name 5)" "$target"
    done
done

forget_figures
for ((n = 0; n < 5 * runs; n++)); do
    for who in original ours; do
        configure ENRICHED
        command_of $who
        # Switched on before, so that the kernel records who takes it.
        "$auditctl" -e 1 >/dev/null || status=1
        path=
        [[ $who != original ]] || path=$libraries
        LD_LIBRARY_PATH=$path "$first" "$place/log/audit.log" "${command[@]}" >>"$work/figures/$who" 2>"$place/err" 7>&- || status=1
        "$kernel" restore "$before"
    done
done
printf 'start    %-9s %5s first record of the kernel after %s ms\n' original "$(wc -l <"$work/figures/original")" "$(column original 1)"
printf 'start    %-9s %5s first record of the kernel after %s ms; target under 30: %s\n' ours "$(wc -l <"$work/figures/ours")" \
    "$(column ours 1)" "$(awk -v t="$(column ours 1)" 'BEGIN { print t < 30 ? "pass" : "MISS" }')"
echo "found is the fewest and counts whole events; lost the most of all runs, the rest medians; us/event is the daemon's user and sys time"
exit $status
