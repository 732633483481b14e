#!/usr/bin/env bash
# A real login server for the live tests: Debian's sshd, unpacked, on a loopback port, with PAM setting auid and ses.
#   tests/lab/sshd.sh DIR [SECONDS]
# Runs in the foreground, as root. When it listens it prints one line, "ready PORT PID", and DIR/ssh logs in:
#   DIR/ssh [-tt] command…      as akashi-lab, uid 61001, whose home is /home/akashi-lab
#   AKASHI_LAB_USER=NAME DIR/ssh …   as somebody else, who is refused: nobody else has a key, and no password is right
# It ends after SECONDS (300), or on TERM; sessions that still run end with it. DIR must be empty or absent, and stays.
#
# All of it happens in a mount namespace: copies stand over /etc, /home and
# /var/log, so the machine's own are never written.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
name=akashi-lab uid=61001

[[ $# -ge 1 ]] || { echo "usage: tests/lab/sshd.sh DIR [SECONDS]" >&2; exit 2; }
[[ $(id -u) == 0 ]] || { echo "sshd lab: needs root" >&2; exit 1; }
if [[ -z ${AKASHI_LAB_NAMESPACE:-} ]]; then
    # Fetched outside: the copies of /etc must not stand before apt.
    yardsticks=$("$root/eng/yardsticks.sh") || exit 1
    AKASHI_LAB_NAMESPACE=$yardsticks exec unshare --mount --propagation private "$0" "$@"
fi
yardsticks=$AKASHI_LAB_NAMESPACE
unset AKASHI_LAB_NAMESPACE
seconds=${2:-300}
mkdir -p "$1"
lab=$(cd "$1" && pwd)
[[ -z $(ls -A "$lab") ]] || { echo "sshd lab: $lab is not empty" >&2; exit 1; }

# copy_over PATH: a copy in the lab stands in the place of PATH from here on.
copy_over() {
    mkdir -p "$lab$(dirname "$1")"
    cp -a "$1" "$lab$1"
    mount --bind "$lab$1" "$1"
}

make_accounts() {
    # The whole of it: account tools write more files there than the four that matter here.
    copy_over /etc
    echo "$name:x:$uid:$uid:Akashi's lab:/home/$name:/bin/bash" >>/etc/passwd
    echo "$name:*:20000:0:99999:7:::" >>/etc/shadow
    echo "$name:x:$uid:" >>/etc/group
    # The user of sshd's unprivileged half.
    grep -q '^sshd:' /etc/passwd || echo 'sshd:x:61003:65534::/run/sshd:/usr/sbin/nologin' >>/etc/passwd
    cat >/etc/pam.d/sshd <<'EOF'
auth     required pam_unix.so
account  required pam_unix.so
session  required pam_loginuid.so
session  required pam_unix.so
EOF
}

make_home() {
    # Real homes and logs are out of sight, and what a login writes (lastlog, wtmp) goes into the lab.
    mkdir -p "$lab/home/$name/.ssh" "$lab/log"
    "$yardsticks/run/ssh-keygen" -q -t ed25519 -N '' -C lab -f "$lab/key" </dev/null
    "$yardsticks/run/ssh-keygen" -q -t ed25519 -N '' -C host -f "$lab/host_key" </dev/null
    cp "$lab/key.pub" "$lab/home/$name/.ssh/authorized_keys"
    chown -R $uid:$uid "$lab/home/$name"
    chmod -R go-rwx "$lab/home/$name"
    : >"$lab/log/wtmp"
    : >"$lab/log/btmp"
    : >"$lab/log/lastlog"
    mount --bind "$lab/home" /home
    mount --bind "$lab/log" /var/log
    [[ ! -e /run/utmp ]] || copy_over /run/utmp
    # Where sshd's unprivileged half is locked in: its path is compiled in. The one thing made outside the lab.
    [[ -d /run/sshd ]] || { mkdir -m 0755 /run/sshd; made_run_sshd=1; }
}

write_settings() {
    local port=$1
    cat >"$lab/sshd_config" <<EOF
ListenAddress 127.0.0.1:$port
HostKey $lab/host_key
PidFile $lab/sshd.pid
UsePAM yes
PasswordAuthentication yes
KbdInteractiveAuthentication no
PrintMotd no
PrintLastLog no
UseDNS no
EOF
    echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 "$lab/host_key.pub")" >"$lab/known_hosts"
    cat >"$lab/ssh" <<EOF
#!/bin/sh
exec '$yardsticks/run/ssh' -F none -i '$lab/key' -o IdentitiesOnly=yes -o UserKnownHostsFile='$lab/known_hosts' \\
    -o GlobalKnownHostsFile=none -o StrictHostKeyChecking=yes -o LogLevel=ERROR -o User="\${AKASHI_LAB_USER:-$name}" -p $port 127.0.0.1 "\$@"
EOF
    chmod +x "$lab/ssh"
}

# The processes below one, deepest first.
descendants() {
    local child
    for child in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
        descendants "$child"
        echo "$child"
    done
}

server= made_run_sshd=
finish() {
    trap '' INT TERM HUP
    [[ -z $made_run_sshd ]] || rmdir /run/sshd 2>/dev/null || true
    [[ -n $server ]] || return 0
    local below
    below=$(descendants "$server")
    kill -TERM "$server" $below 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    kill -KILL $below 2>/dev/null || true
}

# Starts sshd on a port that is free; true once it listens.
listen() {
    local port=$((20000 + RANDOM % 12000)) deadline=$((SECONDS + 10))
    write_settings "$port"
    # Through exec, so that the pid is the server's own.
    (exec "$yardsticks/run/sshd" -D -f "$lab/sshd_config" -E "$lab/sshd.log") &
    server=$!
    while kill -0 "$server" 2>/dev/null && [[ $SECONDS -lt $deadline ]]; do
        if grep -q "^Server listening on" "$lab/sshd.log" 2>/dev/null; then
            echo "ready $port $server"
            return 0
        fi
        read -rt 0.05 <> <(:) || true
    done
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
    return 1
}

trap finish EXIT
trap 'exit 0' INT TERM HUP
make_accounts
make_home
for try in 1 2 3 4 5; do
    listen && break
    [[ $try != 5 ]] || { tail -n 3 "$lab/sshd.log" >&2; echo "sshd lab: sshd does not start" >&2; exit 1; }
    rm -f "$lab/sshd.log"
done
# Waits for its end or for SECONDS; wait, unlike read, lets a TERM through at once.
(exec sleep "$seconds") &
timer=$!
wait -n "$server" "$timer" || true
kill "$timer" 2>/dev/null || true
