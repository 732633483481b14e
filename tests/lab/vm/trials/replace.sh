# A machine with Debian's auditd: setup service --replace-auditd; restart, reload, stop and service(8) as Debian's manual
# and articles have them; journald restarted; --undo brings Debian's back, at the next boot too.
trial() {
    machine_start audit=1 audit_backlog_limit=8192
    machine_await || return 1
    bring_programs && install_debian_auditd || return 1
    guest 'echo "-w /etc/passwd -p wa -k accounts" >/etc/audit/rules.d/60-accounts.rules; systemctl kill -s HUP auditd; augenrules --load' >/dev/null
    guest 'cat /lib/systemd/system/auditd.service' >/dev/null
    machine_state >"$run/before"
    ours_takes_its_place
    pasted_commands_work
    the_journal_switches_nothing_off
    machine_reboot || return 1
    ours_is_there_after_boot
    theirs_comes_back
    machine_reboot || return 1
    theirs_is_there_after_boot
}

kernel_pid() { guest "/root/akashi/auditctl -s | awk '\$1 == \"pid\" { print \$2 }'"; }
program_of() { guest "readlink /proc/$1/exe"; }

ours_takes_its_place() {
    local out
    case_is "Debian's auditd runs" /usr/sbin/auditd "$(program_of "$(kernel_pid)")"
    out=$(guest '/root/akashi/akashi setup service --yes') || true
    case_has "without --replace-auditd: refused, with the option named" 'replace-auditd' "$out"
    case_is "and nothing changed" "" "$(machine_state | diff "$run/before" -)"
    out=$(guest '/root/akashi/akashi setup service --replace-auditd --yes') || true
    case_has "with it: verified" '^verified: auditd \(process [0-9]+\) owns' "$out"
    case_is "ours runs" /usr/local/sbin/auditd "$(program_of "$(kernel_pid)")"
    case_has "the rules that were there are loaded" '-w /etc/passwd -p wa -k accounts' "$(guest 'auditctl -l')"
    case_is "Debian's ended as it should, ours began" "DAEMON_END DAEMON_START" \
        "$(guest "ausearch -m DAEMON_START,DAEMON_END --raw | tail -n 2 | sed 's/^type=\([A-Z_]*\) .*/\1/'" | paste -sd' ')"
}

# What people paste, and what init scripts did: story 1.
pasted_commands_work() {
    local before out
    before=$(kernel_pid)
    case_is "systemctl restart auditd" 0 "$(guest 'systemctl restart auditd >&2; echo $?' | tail -n 1)"
    case_lacks "gives another process" "^$before\$" "$(kernel_pid)"
    case_is "service auditd restart" 0 "$(guest 'service auditd restart >&2; echo $?' | tail -n 1)"
    before=$(kernel_pid)
    guest "sed -i 's/^flush.*/flush = DATA/' /etc/audit/auditd.conf" >/dev/null
    case_is "systemctl reload auditd" 0 "$(guest 'systemctl reload auditd >&2; echo $?' | tail -n 1)"
    guest_until 20 'ausearch -m DAEMON_CONFIG --raw | grep -q "op=reconfigure"' >/dev/null
    out=$(guest 'ausearch -m DAEMON_CONFIG --raw') || true
    case_has "is DAEMON_CONFIG in the trail" 'op=reconfigure .*res=success' "$out"
    case_is "auditctl --signal reload" 0 "$(guest 'auditctl --signal reload >&2; echo $?' | tail -n 1)"
    case_is "auditctl --signal rotate" 0 "$(guest 'auditctl --signal rotate >&2; echo $?' | tail -n 1)"
    guest_until 20 'test -e /var/log/audit/audit.log.1' >/dev/null
    case_is "makes a second segment" /var/log/audit/audit.log.1 "$(guest 'ls /var/log/audit/audit.log.1')"
    case_is "all in the same process" "$before" "$(kernel_pid)"
    case_is "akashi restart" 0 "$(guest 'akashi restart >&2; echo $?' | tail -n 1)"
    case_is "in the same process" "$before" "$(kernel_pid)"
    case_is "systemd takes it for the same too" "$before active" "$(guest 'systemctl show -p MainPID --value auditd; systemctl is-active auditd' | paste -sd' ')"
    case_is "service auditd stop" 0 "$(guest 'service auditd stop >&2; echo $?' | tail -n 1)"
    case_is "gives the kernel's audit back" 0 "$(kernel_pid)"
    case_is "service auditd start" 0 "$(guest 'service auditd start >&2; echo $?' | tail -n 1)"
    case_is "systemctl stop auditd" 0 "$(guest 'systemctl stop auditd >&2; echo $?' | tail -n 1)"
    case_is "systemctl start auditd" 0 "$(guest 'systemctl start auditd >&2; echo $?' | tail -n 1)"
    out=$(guest 'ausearch -m DAEMON_START,DAEMON_END --raw')
    case_has "who stopped it is in DAEMON_END" 'type=DAEMON_END .*op=terminate .*pid=1 ' "$out"
    case_lacks "nothing is said to be missing" 'op=loss' "$(guest 'ausearch -m DAEMON_ERR --raw 2>&1')"
}

# Debian's journald comes with Audit=no: each start of it would switch the kernel's audit off.
the_journal_switches_nothing_off() {
    guest 'systemctl restart systemd-journald; sleep 2' >/dev/null
    case_has "a restart of journald leaves auditing on" '^enabled 1' "$(guest 'auditctl -s')"
    case_lacks "the doctor has no problem" '^problem' "$(guest 'akashi doctor')"
}

ours_is_there_after_boot() {
    local out pid
    pid=$(kernel_pid)
    case_is "after a boot ours runs" /usr/local/sbin/auditd "$(program_of "$pid")"
    case_is "one daemon, the unit's" "$pid" "$(guest 'pidof auditd')"
    case_is "nothing failed" running "$(guest 'systemctl is-system-running')"
    case_has "the rules are loaded" '-w /etc/passwd -p wa -k accounts' "$(guest 'auditctl -l')"
    case_lacks "nobody switched auditing off while it booted" 'audit_enabled=0' "$(guest 'ausearch -m CONFIG_CHANGE -ts boot --raw')"
    out=$(guest 'ausearch -m SERVICE_START,SYSTEM_BOOT,DAEMON_START -ts boot --raw | head -n 40')
    case_has "SYSTEM_BOOT is in the trail" '^type=SYSTEM_BOOT' "$out"
    numbers_follow_each_other "no number is missing since the boot"
}

theirs_comes_back() {
    local out
    # What the trial itself changed goes first.
    guest "sed -i 's/^flush.*/flush = INCREMENTAL_ASYNC/' /etc/audit/auditd.conf" >/dev/null
    out=$(guest '/root/akashi/akashi setup service --undo --yes; echo "status $?"') || true
    case_has "--undo" '^status 0' "$out"
    machine_state >"$run/after"
    case_is "/etc and the units are what they were" "" "$(diff "$run/before" "$run/after")"
    case_is "Debian's runs again" /usr/sbin/auditd "$(program_of "$(kernel_pid)")"
}

theirs_is_there_after_boot() {
    case_is "after a boot Debian's runs" /usr/sbin/auditd "$(program_of "$(kernel_pid)")"
    case_is "nothing failed" running "$(guest 'systemctl is-system-running')"
    case_has "its rules are loaded" '-w /etc/passwd -p wa -k accounts' "$(guest '/usr/sbin/auditctl -l')"
}
