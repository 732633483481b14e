# What can't be tried on a machine that others use: rules locked by -e 2, and a kernel that stops the machine where it can't
# record (-f 2).
trial() {
    set_up_for_load || return 1
    guest 'echo "-e 2" >/etc/audit/rules.d/99-lock.rules; augenrules --load' >/dev/null
    locked "at once"
    machine_reboot || return 1
    locked "after a boot"
    restarts_while_locked
    guest 'rm /etc/audit/rules.d/99-lock.rules' >/dev/null
    machine_reboot || return 1
    unlocked_by_a_boot
    stops_the_machine || return 1
}

locked() {
    local out
    case_has "-e 2 $1: auditctl -s says so" '^enabled 2' "$(guest 'auditctl -s')"
    out=$(guest 'auditctl -D; echo "status $?"')
    case_has "$1: auditctl -D is refused" 'Operation not permitted|immutable' "$out"
    case_has "$1: and fails" '^status (1|4|255)' "$out"
    case_has "$1: a new rule is refused" '^status (1|4|255)' "$(guest 'auditctl -w /etc/hosts -p wa; echo "status $?"')"
    case_has "$1: auditctl -e 0 is refused" '^status (1|4|255)' "$(guest 'auditctl -e 0; echo "status $?"')"
    case_has "$1: the rules are there" 'key=load' "$(guest 'auditctl -l')"
    case_has "$1: the doctor says that they're locked" '^note +immutable' "$(guest 'akashi doctor')"
    case_has "$1: akashi setup says that they're locked" 'locked|until the next boot|immutable' "$(guest 'akashi setup files /etc/hosts --yes 2>&1; akashi setup files --undo --yes 2>&1')"
    case_is "$1: both units are well" "active active" "$(guest 'systemctl is-active auditd audit-rules' | paste -sd' ')"
}

restarts_while_locked() {
    case_is "locked: systemctl restart auditd" 0 "$(guest 'systemctl restart auditd >&2; echo $?' | tail -n 1)"
    case_is "locked: akashi restart" 0 "$(guest 'akashi restart >&2; echo $?' | tail -n 1)"
    guest 'systemctl restart audit-rules; systemctl status audit-rules --no-pager' >/dev/null
    case_has "locked: still enabled 2, and ours" '^enabled 2' "$(guest 'auditctl -s')"
    case_is "locked: it records" 0 "$(guest 'setpriv --reuid 1001 --regid 1001 --clear-groups python3 /root/load.py 0 5; sleep 1; ausearch -k load -ts boot --raw >/dev/null; echo $?')"
}

unlocked_by_a_boot() {
    case_has "a boot without it: unlocked" '^enabled 1' "$(guest 'auditctl -s')"
    case_lacks "the doctor says no more of it" '^note +immutable' "$(guest 'akashi doctor')"
}

stops_the_machine() {
    local before
    before=$(grep -c 'Kernel panic' "$run/console") || true
    guest 'auditctl -f 2; auditctl -b 20; auditctl --backlog_wait_time 0' >/dev/null
    case_has "-f 2: the doctor says what it does" 'stops the machine \(-f 2\)' "$(guest 'akashi doctor')"
    # Asked for and gone: the machine may stop before it can answer.
    printf '%s\n' "$(base64 -w 0 <<<'kill -STOP $(pidof auditd); setpriv --reuid 1001 --regid 1001 --clear-groups python3 /root/load.py 0 100000')" >&5
    machine_await || return 1
    case_is "records lost under -f 2: the kernel stops, once" "$((before + 1))" "$(grep -c 'Kernel panic' "$run/console")"
    case_has "by audit" 'Kernel panic - not syncing: audit' "$(grep 'Kernel panic' "$run/console")"
    case_has "the next start says since when nothing is known" 'op=loss source=absence' "$(guest 'ausearch -m DAEMON_ERR -ts boot --raw')"
    case_is "and is as the files say" "failure 1 enabled 1" "$(guest "auditctl -s | awk '/^(failure|enabled)/ { print \$1, \$2 }' | sort -r" | paste -sd' ')"
}
