#!/usr/bin/env bash
# Checks the login server of tests/lab: a login gets auid and a ses of its own, and the machine's files stay as they are.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
[[ $(id -u) == 0 ]] || { echo 'skip logins: need root'; exit 0; }
"$root/eng/yardsticks.sh" >/dev/null || { echo "skip logins: Debian's packages cannot be had"; exit 0; }
exec 7>/run/akashi-audit.lock
flock -w 300 7 || { echo "skip logins: the kernel's audit is in use"; exit 0; }

work=$(mktemp -d)
chmod 0755 "$work"
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
state() { find /etc /var/log/lastlog /var/log/wtmp /run/sshd -printf '%p %s %m %T@\n' 2>/dev/null | LC_ALL=C sort | sha256sum; }
before=$(state)
coproc lab { exec "$root/tests/lab/sshd.sh" "$work/lab" 120 2>"$work/errors" 7>&-; }
server=$lab_PID
read -rt 30 ready _ <&"${lab[0]}" || ready=
if [[ $ready != ready ]]; then
    echo "not ok logins: the server does not start: $(tail -n 1 "$work/errors")"
    exit 0
fi
ids='echo $(cat /proc/self/loginuid) $(cat /proc/self/sessionid)'
read -r auid first < <("$work/lab/ssh" "$ids")
read -r _ second < <("$work/lab/ssh" "$ids")
if [[ ${auid:-} == 61001 ]]; then echo 'ok a login has its auid'; else echo "not ok a login has its auid: '${auid:-}'"; fi
if [[ ${first:-0} -gt 0 && ${second:-0} -gt 0 && $first != "$second" ]]; then
    echo 'ok each login has a ses of its own'
else
    echo "not ok each login has a ses of its own: '${first:-}' and '${second:-}'"
fi
if AKASHI_LAB_USER=nobody "$work/lab/ssh" -o BatchMode=yes true 2>/dev/null; then
    echo 'not ok nobody else is let in: nobody was'
else
    echo 'ok nobody else is let in'
fi
# A session still runs when the server is ended: it ends too, and its client with it.
exec 5< <(exec "$work/lab/ssh" 'echo started; exec sleep 100' 2>/dev/null)
client=$!
read -rt 20 started <&5
kill -TERM "$server"
wait "$server" 2>/dev/null
server=
if [[ ${started:-} == started ]] && timeout 10 tail --pid="$client" -f /dev/null; then echo 'ok sessions end with the server'; else echo 'not ok sessions end with the server'; kill "$client" 2>/dev/null; fi
if [[ $(state) == "$before" ]]; then echo 'ok /etc and the logs of logins are untouched'; else echo 'not ok /etc and the logs of logins are untouched'; fi
