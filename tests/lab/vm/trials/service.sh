# A machine without auditd: akashi setup service, boot with audit=1, logins, what status, doctor, ausearch and aureport say,
# planned restarts under load, --undo.
trial() {
    local out
    machine_start audit=1 audit_backlog_limit=8192
    machine_await || return 1
    bring_programs || return 1
    machine_state >"$run/before"
    service_is_set_up
    service_is_confined
    machine_reboot || return 1
    service_is_there_after_boot
    logins_are_recorded
    everything_is_asked
    undo_leaves_nothing
}

service_is_set_up() {
    local out
    out=$(guest '/root/akashi/akashi setup service --yes') || true
    case_has "setup service: verified" '^verified: auditd \(process [0-9]+\) owns' "$out"
    # A rule of one's own, for the next boot.
    guest 'echo "-a always,exit -F arch=b64 -S execve -F auid>=1000 -F auid!=-1 -k people" >/etc/audit/rules.d/50-people.rules && augenrules --load' >/dev/null
    case_is "the classic name finds ours" /usr/local/sbin/auditctl "$(guest 'type -P auditctl')"
}

# What systemd and the kernel say of the daemon's process.
service_is_confined() {
    local out status
    out=$(guest 'systemd-analyze --no-pager verify auditd.service audit-rules.service; echo "verified $?"') || true
    case_is "systemd-analyze verify: nothing to say" "verified 0" "$out"
    out=$(guest 'systemd-analyze --no-pager security auditd.service audit-rules.service' | grep 'Overall') || true
    case_has "systemd-analyze security: figures of docs/setup.md" 'Overall exposure' "$out"
    echo "       $out"
    status=$(guest 'cat /proc/$(systemctl show -p MainPID --value auditd)/status; cat /proc/$(systemctl show -p MainPID --value auditd)/oom_score_adj')
    case_has "a seccomp filter is in force" '^Seccomp:\s2' "$status"
    case_lacks "it has no capability to administrate the system" '^CapEff:\s[0-9a-f]*[2367abef][0-9a-f]{5}$' "$status"
    grep -E '^(Seccomp|NoNewPrivs|Cap(Eff|Bnd)|VmHWM)' <<<"$status" | sed 's/^/       /'
    case_is "it isn't ended for memory" -1000 "$(tail -n 1 <<<"$status")"
}

service_is_there_after_boot() {
    local out
    out=$(guest 'systemctl is-active auditd audit-rules; systemctl is-system-running; systemctl --failed --no-legend' | paste -sd' ')
    case_is "both units are active, nothing failed" "active active running" "$out"
    out=$(guest 'systemctl status auditd audit-rules --no-pager') || true
    case_has "systemctl status names the unit" 'Audit daemon \(Akashi\)' "$out"
    case_is "the kernel's pid is the unit's" "$(guest 'systemctl show -p MainPID --value auditd')" \
        "$(guest "auditctl -s | awk '\$1 == \"pid\" { print \$2 }'")"
    out=$(guest 'auditctl -s')
    case_has "auditing is enabled" '^enabled 1' "$out"
    case_has "no record is lost" '^lost 0' "$out"
    case_has "the backlog is the rules'" '^backlog_limit 8192' "$out"
    case_has "the rules of rules.d are loaded" 'execve.*-F key=people' "$(guest 'auditctl -l')"
    out=$(guest 'journalctl -b --no-pager -u auditd -u audit-rules')
    case_lacks "their journal has no complaint" -i'(error|fail|warn|cannot|denied)' "$out"
    out=$(guest 'ausearch -m DAEMON_START,SYSTEM_BOOT,CONFIG_CHANGE,SERVICE_START -ts boot --raw')
    case_has "the trail begins with DAEMON_START" '^type=DAEMON_START .*res=success' "$out"
    case_has "SYSTEM_BOOT is in it" '^type=SYSTEM_BOOT ' "$out"
    case_has "a service that started before the daemon is in it" 'type=SERVICE_START .*unit=kmod-static-nodes' "$out"
    case_is "DAEMON_END stands before DAEMON_START: the reboot was orderly" 'DAEMON_END DAEMON_START' \
        "$(guest "ausearch -m DAEMON_START,DAEMON_END --raw | tail -n 2 | sed 's/^type=\([A-Z_]*\) .*/\1/'" | paste -sd' ')"
    case_lacks "nothing is said to be missing" 'op=loss' "$(guest 'ausearch -m DAEMON_ERR --raw 2>&1')"
}

logins_are_recorded() {
    local out
    out=$(login_as shota 'cat /proc/self/loginuid; echo; sudo id -u; /bin/true')
    # USER_LOGIN is sshd's record of a terminal's login: loginrec.c writes it.
    login_as '-tt shota' '/bin/true' >/dev/null
    case_is "a login sets the login user, sudo keeps it" "1000 0" "$(paste -sd' ' <<<"$out" | tr -s ' ')"
    out=$(guest 'ausearch -m USER_LOGIN,USER_START,USER_CMD,LOGIN -ts boot --raw')
    case_has "LOGIN sets auid 1000" '^type=LOGIN .*old-auid=4294967295 auid=1000 ' "$out"
    case_has "USER_LOGIN of sshd" '^type=USER_LOGIN .*sshd.*res=success' "$out"
    case_has "USER_CMD of sudo" '^type=USER_CMD .*auid=1000 .*cmd=' "$out"
    out=$(guest 'ausearch -k people -ts boot -i') || true
    case_has "what ran under sudo has the person's auid" 'auid=shota uid=root .*exe=/usr/bin/id' "$out"
    case_has "aureport -l shows the login" ' (shota|1000) 127\.0\.0\.1 .*sshd yes' "$(guest 'aureport -l -i -ts boot')"
    case_has "akashi report commands shows it" 'id -u' "$(guest 'akashi report commands --since boot 2>&1 || akashi report commands')"
}

# What the tools say of the whole machine; each finding was looked at once and is right for this one.
everything_is_asked() {
    local out
    out=$(guest 'akashi status')
    case_has "akashi status: recording" '^recording since ' "$out"
    case_has "it names the rule" 'people 1' "$out"
    out=$(guest 'akashi doctor') || true
    case_is "akashi doctor: what this machine has, and nothing else" "clock journal partition space" \
        "$(sed -nE 's/^(problem|warning|note) +([a-z-]+):.*/\2/p' <<<"$out" | sort | paste -sd' ')"
    case_lacks "nobody switched auditing off while it booted" 'audit_enabled=0' "$(guest 'ausearch -m CONFIG_CHANGE -ts boot --raw')"
    numbers_follow_each_other "no number is missing since the boot"
    case_has "masking the journal's socket, as the doctor says, leaves auditing on" '^enabled 1' \
        "$(guest 'systemctl mask --now systemd-journald-audit.socket 2>/dev/null; systemctl restart systemd-journald; sleep 2; auditctl -s')"
    case_lacks "and the doctor has no more to say of the journal" '^[a-z]+ +journal' "$(guest 'akashi doctor')"
    guest 'systemctl unmask systemd-journald-audit.socket' >/dev/null
}

undo_leaves_nothing() {
    local out
    guest 'rm /etc/audit/rules.d/50-people.rules' >/dev/null
    out=$(guest '/root/akashi/akashi setup service --undo --yes; echo "status $?"') || true
    case_has "--undo" '^status 0' "$out"
    machine_state >"$run/after"
    case_is "/etc and the units are what they were" "" "$(diff "$run/before" "$run/after")"
    case_has "nobody owns the kernel's audit" '^pid 0' "$(guest '/root/akashi/auditctl -s')"
    case_is "no program of ours is left" "" "$(guest 'ls /usr/local/sbin')"
    case_is "the trail is" /var/log/audit/audit.log "$(guest 'ls /var/log/audit/audit.log')"
    machine_reboot || return 1
    case_is "it boots as before" running "$(guest 'systemctl is-system-running')"
}
