#!/usr/bin/env bash
# Records EVENTS events made as fast as one unprivileged process can, Debian's auditd 3.0.9 and ours in turn.
#   benches/record.sh RUNS EVENTS
# Both get the same configuration (Debian's own but for the log's place and size), the same backlog of 8192 records and the
# kernel's backlog_wait_time, under which a process waits for room instead of losing records. Needs root and a free
# kernel audit; puts the kernel back on every way out.
set -uo pipefail
source "$(dirname "$0")/shared.sh"
runs=$(($1 < 3 ? $1 : 3)) events=$2
uid=61002
backlog=8192
[[ $(id -u) == 0 ]] || { echo "record: left out: needs root"; exit 0; }

# An account for the uid, so that both daemons enrich a name that exists: bound over /etc in a mount namespace of this script.
if [[ -z ${AKASHI_BENCH_NAMESPACE:-} ]]; then
    AKASHI_BENCH_NAMESPACE=1 exec unshare --mount --propagation private "$0" "$@"
fi
for list in passwd group; do
    cp "/etc/$list" "$work/$list"
    mount --bind "$work/$list" "/etc/$list"
done
echo "akashi-bench:x:$uid:$uid::/nonexistent:/usr/sbin/nologin" >>"$work/passwd"
echo "akashi-bench:x:$uid:" >>"$work/group"

yardsticks=$("$root/eng/yardsticks.sh") || exit 1
libraries=$(cat "$yardsticks/libraries")
kernel=$("$root/eng/compile-c.sh" "$root/eng/kernel-audit.c")
load=$("$root/eng/compile-c.sh" "$root/benches/load.c")
auditctl="$yardsticks/run/auditctl"
rule=(-F arch=b64 -S open,openat -F "uid=$uid" -F success=0 -k akashi-bench)

# Live audit is one for the machine: whoever uses it holds this lock. Descriptor 7 is not for the daemons.
exec 7>/run/akashi-audit.lock
flock -w 600 7 || { echo "record: left out: the kernel's audit is in use (/run/akashi-audit.lock)"; exit 1; }
"$kernel" free || { echo "record: left out: another daemon has the kernel's audit"; exit 0; }

daemon=
place="$work/record"
before="$work/kernel-before"
"$kernel" save "$before" || exit 1
restore() {
    trap '' INT TERM HUP
    stop_daemon
    "$kernel" restore "$before" || echo "record: the kernel's audit state is not restored; it stands in $before" >&2
    rm -rf "$place"
}
trap restore EXIT
trap 'exit 1' INT TERM HUP

# value NAME: of the kernel's status.
value() { "$kernel" status | awk -v name="$1" '$1 == name { print $2 }'; }

# until_true SECONDS command…: waits for a condition.
until_true() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        [[ $SECONDS -lt $deadline ]] || return 1
        read -rt 0.02 <> <(:) || true
    done
}
owned() { [[ $(value pid) != 0 ]]; }
drained() { [[ $(value backlog) == 0 ]]; }
ended() { ! kill -0 "$daemon" 2>/dev/null; }

# The daemon is a child of measure, which passes TERM on. One that does not end is killed, with its measure.
stop_daemon() {
    [[ -n $daemon ]] || return 0
    kill -TERM "$daemon" 2>/dev/null
    if ! until_true 30 ended; then
        kill -KILL $(cat "/proc/$daemon/task/$daemon/children" 2>/dev/null) 2>/dev/null
        echo "record: the daemon had to be killed" >&2
    fi
    wait "$daemon" 2>/dev/null
    daemon=
}

configure() {
    rm -rf "$place"
    mkdir -p -m 0750 "$place/log" "$place/plugins.d"
    # Debian's file, but for where the log is and how large it may grow: one file, so that all of it can be counted.
    sed -E "s#^log_file = .*#log_file = $place/log/audit.log#; s#^log_group = .*#log_group = root#
        s#^log_format = .*#log_format = $1#; s#^max_log_file = .*#max_log_file = 99999#
        s#^max_log_file_action = .*#max_log_file_action = IGNORE#; s#^plugin_dir = .*#plugin_dir = $place/plugins.d#
        s#^(space_left_action|admin_space_left_action) = .*#\1 = IGNORE#" \
        "$yardsticks/root/etc/audit/auditd.conf" >"$place/auditd.conf"
    chmod 0640 "$place/auditd.conf"
}

# How many of the load's events a log holds once and whole: SYSCALL, CWD, PATH and PROCTITLE under one stamp.
whole_events() {
    awk 'match($0, /audit\([0-9.]+:[0-9]+\)/) {
            stamp = substr($0, RSTART, RLENGTH)
            if (/^type=SYSCALL/ && / key="akashi-bench"/) records[stamp] = records[stamp] "S"
            else if (/^type=CWD/) records[stamp] = records[stamp] "C"
            else if (/^type=PATH/) records[stamp] = records[stamp] "P"
            else if (/^type=PROCTITLE/) records[stamp] = records[stamp] "T"
        }
        END { for (stamp in records) n += records[stamp] == "SCPT"; print n + 0 }' "$1"
}

# once WHO FORMAT PROGRAM: one recording; a line "events/s found lost cpu peak log-MB" to $work/figures/WHO-FORMAT.
once() {
    local who=$1 format=$2 program=$3 start end wall found
    configure "$format"
    "$auditctl" -b $backlog >/dev/null || return 1
    if [[ $who == original ]]; then
        LD_LIBRARY_PATH=$libraries "$measure" "$work/figures/last" "$place/out" "$program" -n -c "$place" 2>"$place/err" 7>&- &
    else
        "$measure" "$work/figures/last" "$place/out" "$program" -n -c "$place" 2>"$place/err" 7>&- &
    fi
    daemon=$!
    if ! until_true 15 owned; then
        echo "record: $who did not take the kernel's audit: $(tail -n 1 "$place/err")"
        stop_daemon
        return 1
    fi
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

programs=(original "$yardsticks/root/sbin/auditd")
if [[ -x $ours/auditd ]]; then programs+=(ours "$ours/auditd"); else echo "record: artifacts/bin/auditd isn't there yet: the original alone"; fi

column() { awk -v at="$2" '{ print $at }' "$work/figures/$1" | median; }
worst() { awk -v at="$2" '{ print $at }' "$work/figures/$1" | sort -g | tail -n 1; }
fewest() { awk -v at="$2" '{ print $at }' "$work/figures/$1" | sort -g | head -n 1; }
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
