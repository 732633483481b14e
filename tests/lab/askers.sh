#!/usr/bin/env bash
# Runs a command where the programs that ask for passwords do it for real: su, passwd and Debian's sudo, unpacked.
#   tests/lab/askers.sh DIR command…
# As root. In a mount namespace of its own: copies stand over /etc, /usr/libexec and /var/log, so the machine's own are never written. The account
# akashi-lab (uid 61001) has the password "lab-horse-lab" and may use sudo. DIR must be empty or absent, and stays. AKASHI_LAB_SUDO is sudo's path.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
name=akashi-lab uid=61001 password=lab-horse-lab

[[ $# -ge 2 ]] || { echo "usage: tests/lab/askers.sh DIR command..." >&2; exit 2; }
[[ $(id -u) == 0 ]] || { echo "askers lab: needs root" >&2; exit 1; }
if [[ -z ${AKASHI_LAB_NAMESPACE:-} ]]; then
    # Fetched outside: the copies of /etc must not stand before apt.
    yardsticks=$("$root/eng/yardsticks.sh") || exit 1
    AKASHI_LAB_NAMESPACE=$yardsticks exec unshare --mount --propagation private "$0" "$@"
fi
yardsticks=$AKASHI_LAB_NAMESPACE
unset AKASHI_LAB_NAMESPACE
mkdir -p "$1"
lab=$(cd "$1" && pwd)
shift
[[ -z $(ls -A "$lab") ]] || { echo "askers lab: $lab is not empty" >&2; exit 1; }

# copy_over PATH: a copy in the lab stands in the place of PATH from here on.
copy_over() {
    mkdir -p "$lab$(dirname "$1")"
    cp -a "$1" "$lab$1"
    mount --bind "$lab$1" "$1"
}

copy_over /etc
copy_over /usr/libexec
mkdir -p "$lab/log"
mount --bind "$lab/log" /var/log
rm -rf /usr/libexec/sudo
cp -a "$yardsticks/root/usr/libexec/sudo" /usr/libexec/sudo
echo "$name:x:$uid:$uid:Akashi's lab:/:/bin/bash" >>/etc/passwd
echo "$name:$(openssl passwd -6 "$password"):20000:0:99999:7:::" >>/etc/shadow
echo "$name:x:$uid:" >>/etc/group
# No time stamp, no lecture: nothing is written outside of the lab.
printf 'Defaults timestamp_timeout=0, lecture=never, !syslog, !fqdn\n%s ALL=(ALL) ALL\n' "$name" >/etc/sudoers
chmod 0440 /etc/sudoers
rm -rf /etc/sudoers.d /etc/sudo.conf
for service in sudo su passwd; do
    printf 'auth required pam_unix.so\naccount required pam_unix.so\npassword required pam_unix.so\nsession required pam_permit.so\n' >/etc/pam.d/$service
done
# A copy of its own: what an archive unpacks may have lost its rights.
install -m 4755 "$yardsticks/root/usr/bin/sudo" "$lab/sudo"
chmod 0755 "$lab"
export AKASHI_LAB_SUDO="$lab/sudo"
"$@"
