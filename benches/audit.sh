# Sourced by the parts of the bench that measure daemons, after shared.sh; they set part (their name) and arguments (what
# they were called with). Takes the kernel's audit for this script and puts it back on every way out: an account for the
# load, the lock, the kernel's state before, Debian's auditd and ours.
uid=61002
backlog=8192
[[ $(id -u) == 0 ]] || { echo "$part: left out: needs root"; exit 0; }

# An account for the uid, so that both daemons enrich a name that exists: bound over /etc in a mount namespace of this script.
if [[ -z ${AKASHI_BENCH_NAMESPACE:-} ]]; then
    AKASHI_BENCH_NAMESPACE=1 exec unshare --mount --propagation private "$0" "${arguments[@]}"
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
exec_rule=(-F arch=b64 -S execve -F "uid=$uid" -F success=1 -k akashi-bench)

# Live audit is one for the machine: whoever uses it holds this lock. Descriptor 7 is not for the daemons.
exec 7>/run/akashi-audit.lock
flock -w 600 7 || { echo "$part: left out: the kernel's audit is in use (/run/akashi-audit.lock)"; exit 1; }
"$kernel" free || { echo "$part: left out: another daemon has the kernel's audit"; exit 0; }

daemon=
place="$work/$part"
before="$work/kernel-before"
"$kernel" save "$before" || exit 1
restore() {
    trap '' INT TERM HUP
    stop_daemon
    "$kernel" restore "$before" || echo "$part: the kernel's audit state is not restored; it stands in $before" >&2
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
        echo "$part: the daemon had to be killed" >&2
    fi
    wait "$daemon" 2>/dev/null
    daemon=
}

# start_daemon WHO command…: in the background under measure, until the kernel says that it's owned.
start_daemon() {
    local who=$1 path=
    shift
    [[ $who != original ]] || path=$libraries
    LD_LIBRARY_PATH=$path "$measure" "$work/figures/last" "$place/out" "$@" 2>"$place/err" 7>&- &
    daemon=$!
    until_true 15 owned && return
    echo "$part: $who did not take the kernel's audit: $(tail -n 1 "$place/err")"
    stop_daemon
    return 1
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

# whole_events LOG: how many of the flood's events it holds once and whole: SYSCALL, CWD, PATH and PROCTITLE under one stamp.
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

programs=(original "$yardsticks/root/sbin/auditd")
if [[ -x $ours/auditd ]]; then programs+=(ours "$ours/auditd"); else echo "$part: artifacts/bin/auditd isn't there yet: the original alone"; fi

column() { awk -v at="$2" '{ print $at }' "$work/figures/$1" | median; }
worst() { awk -v at="$2" '{ print $at }' "$work/figures/$1" | sort -g | tail -n 1; }
fewest() { awk -v at="$2" '{ print $at }' "$work/figures/$1" | sort -g | head -n 1; }
