#!/usr/bin/env bash
# Records EVENTS events made as fast as one unprivileged process can, Debian's auditd 3.0.9 and ours in turn.
#   benches/record.sh RUNS EVENTS
# Both get the same configuration (Debian's own but for the log's place and size), the same backlog of 8192 records and the
# kernel's backlog_wait_time, under which a process waits for room instead of losing records. Needs root and a free
# kernel audit; puts the kernel back on every way out.
set -uo pipefail
source "$(dirname "$0")/shared.sh"
part=record
runs=$(($1 < 3 ? $1 : 3)) events=$2
arguments=("$@")
source "$(dirname "$0")/audit.sh"

# once WHO FORMAT PROGRAM: one recording; a line "events/s found lost cpu peak log-MB" to $work/figures/WHO-FORMAT.
once() {
    local who=$1 format=$2 program=$3 start end wall found
    configure "$format"
    "$auditctl" -b $backlog >/dev/null || return 1
    start_daemon "$who" "$program" -n -c "$place" || return 1
    "$kernel" reset-counts
    "$auditctl" -a always,exit "${rule[@]}" >/dev/null || return 1
    start=$EPOCHREALTIME
    "$load" $uid "$events" >"$work/figures/load" || return 1
    until_true 120 drained || echo "record: $who left $(value backlog) records in the kernel's queue"
    end=$EPOCHREALTIME
    "$auditctl" -d always,exit "${rule[@]}" >/dev/null
    local lost
    lost=$(value lost)
    stop_daemon
    found=$(whole_events "$place/log/audit.log")
    wall=$(awk "BEGIN { print $end - $start }")
    awk -v wall="$wall" -v events="$events" -v found="$found" -v lost="$lost" \
        -v bytes="$(stat -c %s "$place/log/audit.log")" \
        '{ printf "%.0f %d %d %.2f %.1f %.1f\n", events / wall, found, lost, $2 + $3, $4 / 1024, bytes / 1e6 }' \
        "$work/figures/last" >>"$work/figures/$who-$format"
}

row='%-9s %-9s %5s %9s %9s %7s %8s %9s %8s  %s\n'
echo "backlog limit $backlog, backlog_wait_time $(value backlog_wait_time) ticks, $events events by uid $uid"
printf "$row" daemon format runs 'events/s' found lost 'cpu s' 'peak MiB' 'log MB' target
status=0
for format in RAW ENRICHED; do
    forget_figures
    for ((n = 0; n < runs; n++)); do
        for ((at = 0; at < ${#programs[@]}; at += 2)); do
            once "${programs[at]}" $format "${programs[at + 1]}" || status=1
        done
    done
    for who in original ours; do
        figures="$work/figures/$who-$format"
        [[ -s $figures ]] || continue
        target=
        if [[ $who == ours && -s $work/figures/original-$format ]]; then
            target=$(awk "BEGIN { r = $(column ours-$format 1) / $(column original-$format 1)
                ok = r >= 1 && $(worst ours-$format 3) == 0 && $(fewest ours-$format 2) == $events
                printf \"%.2f times the original's rate, target 1, 0 lost: %s\", r, ok ? \"pass\" : \"MISS\" }")
        fi
        name=$who-$format
        printf "$row" "$who" "$format" "$(wc -l <"$figures")" "$(column "$name" 1)" "$(fewest "$name" 2)" \
            "$(worst "$name" 3)" "$(column "$name" 4)" "$(column "$name" 5)" "$(column "$name" 6)" "$target"
    done
done
echo "command: auditd -n -c DIR, Debian's auditd.conf with one log file; events/s until the kernel's queue is empty; found counts"
echo "events with all four records and is the fewest, lost the most of all runs, the rest medians; cpu is the daemon's user and sys"
exit $status
