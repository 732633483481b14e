#!/usr/bin/env bash
# akashi setup service on an image: its units pass systemd's own check, its programs run without memory that is written and run, undo leaves nothing.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
bin=$root/artifacts/bin
if [[ $(id -u) != 0 ]]; then
    echo "skip setup of an image: needs root, to make files of root"
    exit 0
fi
image=$(mktemp -d)
trap 'rm -rf "$image"' EXIT
mkdir -p "$image/etc"

# check NAME COMMAND…: ok when the command succeeds and says nothing.
check() {
    local name=$1 said
    shift
    if said=$("$@" 2>&1) && [[ -z $said ]]; then echo "ok $name"; else echo "not ok $name: ${said//$'\n'/ }"; fi
}

set_up() { "$bin/akashi" setup service --root "$image" --yes >"$image.log" 2>&1 || cat "$image.log"; rm -f "$image.log"; }
is_linked() { local name; for name in $("$bin/akashi" --tool-names); do [[ $image/usr/local/sbin/$name -ef $image/usr/local/sbin/akashi ]] || echo "$name"; done; }
again() { "$bin/akashi" setup service --root "$image" --yes 2>/dev/null | grep -v -e '^nothing to change' -e 'no running machine'; true; }
# The programs are looked for where the units say: below the image.
verify() {
    mkdir -p "$image/units"
    local unit
    for unit in auditd audit-rules; do
        sed "s#=/usr/local/#=$image/usr/local/#" "$image/etc/systemd/system/$unit.service" >"$image/units/$unit.service"
    done
    systemd-analyze verify "$image"/units/*.service
}
# exposed UNIT MAX: systemd's figure of what a unit leaves open, tenths of 0 (nothing) to 100.
exposed() {
    local found
    found=$(systemd-analyze security --offline=true "$image/units/$1" | sed -n 's/.*exposure level for [^:]*: \([0-9]*\)\.\([0-9]*\).*/\1\2/p')
    [[ $found -le $2 ]] || echo "$found of 100, expected at most $2"
}
mdwe=$("$root/eng/compile-c.sh" "$root/eng/mdwe.c") || exit 1
without() { "$mdwe" "$image/usr/local/sbin/$1" "${@:2}" >/dev/null; }
undone() { "$bin/akashi" setup service --root "$image" --yes --undo >/dev/null; find "$image" -type f -o -type l | grep -v /units/; true; }

# Killed at moments of its run: what has its name is whole, and the same setup again makes all of it.
killed() {
    local moment program=$bin/akashi
    for moment in 0.00{2,4,6,8} 0.0{10..40..3}; do
        timeout -s KILL "$moment" "$program" setup service --root "$image" --yes >/dev/null 2>&1
        local name
        for name in "$image"/usr/local/sbin/*; do [[ ! -e $name ]] || cmp -s "$name" "$bin/${name##*/}" || echo "half of $name"; done
        for name in "$image"/etc/systemd/system/*.service; do [[ ! -e $name ]] || tail -n1 "$name" | grep -q '^WantedBy=' || echo "half of $name"; done
        "$program" setup service --root "$image" --yes >"$image.log" 2>&1 || cat "$image.log"
        "$program" setup service --root "$image" --yes --undo >/dev/null
        find "$image" -type f -o -type l
    done
    rm -f "$image.log"
}
check 'killed at any moment it leaves files whole, and can be done and undone' killed
check 'setup service on an image' set_up
check 'each classic name of the image is a hard link' is_linked
check 'the login shell of recorded sessions is there' cmp "$image/usr/local/sbin/akashi-login-shell" "$bin/akashi-login-shell"
check 'people find it without sbin' test "$(readlink "$image/usr/local/bin/akashi")" = ../sbin/akashi
check 'a second setup changes nothing' again
if command -v systemd-analyze >/dev/null; then
    check 'the units pass systemd-analyze verify' verify
    check 'auditd.service leaves at most 4.0 of 10 open' exposed auditd.service 40
    check 'audit-rules.service leaves at most 3.0 of 10 open' exposed audit-rules.service 30
else
    echo 'skip the units pass systemd-analyze verify: systemd-analyze is not installed'
fi
if "$mdwe" --self-test 2>/dev/null; then
    check 'ausearch runs without memory that is written and run' without ausearch -if testdata/sample-trail/audit.log -i
    check 'aureport runs without memory that is written and run' without aureport -if testdata/sample-trail/audit.log --summary
    check 'akashi runs without memory that is written and run' without akashi report commands --trail testdata/sample-trail/audit.log
    check 'auditd starts without memory that is written and run' without auditd -h
    check 'rules are checked without memory that is written and run' without akashi rules explain -a always,exit -F arch=b64 -S execve -k x
else
    echo 'skip memory that is written and run: the kernel has no PR_SET_MDWE (6.3)'
fi
check 'undo leaves no file' undone
