#!/usr/bin/env bash
# Checks eng/kernel-audit.c, which puts the kernel back after the bench: settings and rules, in their order.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
[[ $(id -u) == 0 ]] || { echo "skip the kernel's state: needs root"; exit 0; }
yardsticks=$("$root/eng/yardsticks.sh") || { echo "skip the kernel's state: Debian's packages cannot be had"; exit 0; }
kernel=$("$root/eng/compile-c.sh" "$root/eng/kernel-audit.c") || exit 1
auditctl="$yardsticks/run/auditctl"
exec 7>/run/akashi-audit.lock
flock -w 300 7 || { echo "skip the kernel's state: in use"; exit 0; }
why=$("$kernel" free 2>&1) || { echo "skip the kernel's state: $why"; exit 0; }

work=$(mktemp -d)
"$kernel" save "$work/before" || exit 1
trap '"$kernel" restore "$work/before"; rm -rf "$work"' EXIT
set -e
# Rules that nobody matches: no process has this uid.
"$auditctl" -D >/dev/null
"$auditctl" -b 512 -r 7 --backlog_wait_time 100 >/dev/null
"$auditctl" -a always,exit -F arch=b64 -S open -F uid=61009 -k one >/dev/null
"$auditctl" -a always,exit -F arch=b64 -S openat -F uid=61009 -F path=/nonexistent-akashi -k two >/dev/null
"$auditctl" -a never,user -F uid=61009 >/dev/null
"$auditctl" -l >"$work/rules"
"$kernel" status >"$work/status"
"$kernel" save "$work/state"
"$auditctl" -D >/dev/null
"$auditctl" -b 64 -r 0 --backlog_wait_time 200 >/dev/null
"$auditctl" -a always,exit -F arch=b64 -S close -F uid=61009 >/dev/null
"$kernel" restore "$work/state"
set +e
if "$auditctl" -l | cmp -s - "$work/rules" && [[ $(wc -l <"$work/rules") == 3 ]]; then
    echo 'ok rules are put back in their order'
else
    echo "not ok rules are put back in their order: $("$auditctl" -l | paste -sd';')"
fi
settings() { grep -vE '^(lost|backlog|backlog_wait_time_actual) ' "$1"; }
"$kernel" status >"$work/status-after"
if [[ $(settings "$work/status") == "$(settings "$work/status-after")" ]]; then
    echo 'ok settings are put back'
else
    echo "not ok settings are put back: $(settings "$work/status-after" | paste -sd';')"
fi
