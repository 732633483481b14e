# /var/log/audit on a file system of its own of 14 MB, for real: rotation keeps within it; disk_full_action suspend, single
# and halt; what is said of what was refused.
trial() {
    set_up_for_load || return 1
    guest 'truncate -s 14M /var/audit.img; mkfs.ext4 -q /var/audit.img; systemctl stop auditd
        echo "/var/audit.img /var/log/audit ext4 loop,nodev,nosuid,noexec 0 0" >>/etc/fstab; rm -rf /var/log/audit/*; systemctl daemon-reload; mount /var/log/audit; chmod 700 /var/log/audit
        mkdir /etc/systemd/system/lab-agent.service.d; printf "[Unit]\nIgnoreOnIsolate=yes\n" >/etc/systemd/system/lab-agent.service.d/stay.conf; systemctl daemon-reload' >/dev/null
    rotates_within_its_room
    machine_reboot || return 1
    begins_on_its_own_file_system
    suspends_where_it_is_full
    goes_on_where_there_is_room
    full_ends_in single 'systemctl is-active rescue.target' active || return 1
    full_switches_the_machine_off
}

# settings NAME=VALUE…: in auditd.conf, and read by a new daemon.
settings() {
    local setting
    for setting; do guest "sed -i '/^${setting%%=*} /d' /etc/audit/auditd.conf; echo '${setting%%=*} = ${setting#*=}' >>/etc/audit/auditd.conf" >/dev/null; done
}

opens() { guest_seconds=900 guest "setpriv --reuid 1001 --regid 1001 --clear-groups python3 /root/load.py $1 $2; sleep 2" >/dev/null; }

rotates_within_its_room() {
    settings max_log_file=2 num_logs=3 max_log_file_action=rotate space_left=3 admin_space_left=2 space_left_action=ignore admin_space_left_action=ignore
    guest 'systemctl restart auditd' >/dev/null
    opens 0 15000
    case_is "rotation: three segments, no more" 3 "$(guest 'ls /var/log/audit/audit.log* | wc -l')"
    case_at_least "there is room" 2000 "$(guest "df -k --output=avail /var/log/audit | tail -n 1 | tr -d ' '")"
    trail_said=$(trail)
    case_is "no line is bad, no open twice, none missing within" "0 0 0" "$(trail_word bad) $(trail_word twice) $(trail_word missing)"
    case_is "the last open is there" 14999 "$(trail_word last)"
}

begins_on_its_own_file_system() {
    case_is "after a boot: mounted, and auditd writes there" "/dev/loop0 active" \
        "$(guest 'findmnt -no SOURCE /var/log/audit; systemctl is-active auditd' | paste -sd' ')"
    case_has "the trail has this boot" 'SYSTEM_BOOT' "$(guest 'ausearch -m SYSTEM_BOOT -ts boot --raw')"
    case_lacks "the doctor asks for no partition" '^[a-z]+ +partition' "$(guest 'akashi doctor')"
}

suspends_where_it_is_full() {
    local out
    settings max_log_file_action=ignore disk_full_action=suspend

    # As the doctor says: a journal that takes every record too is minutes behind with what programs tell it.
    guest 'systemctl mask --now systemd-journald-audit.socket; systemctl restart systemd-journald; systemctl restart auditd' >/dev/null
    opens 0 12000
    case_is "disk full, suspend: the daemon lives" active "$(guest 'systemctl is-active auditd')"
    case_has "the system log says it" '[Ss]uspend' "$(guest 'journalctl -b -u auditd --no-pager; journalctl -b -t auditd --no-pager')"
    out=$(guest 'akashi status') || true
    case_has "akashi status says it isn't recording" '(not recording|suspended|refused)' "$out"
    head -n 12 <<<"$out" | sed 's/^/       /'
    case_has "akashi doctor has a problem with it" '^problem' "$(guest 'akashi doctor')"
}

goes_on_where_there_is_room() {
    guest 'rm -f /var/log/audit/audit.log.[0-9]*; ls -la /var/log/audit >&2; mv /var/log/audit/audit.log /var/full.log; systemctl reload auditd; auditctl --signal resume; sleep 3; touch /nope/x' >/dev/null
    opens 900000 500
    case_has "with room again it records, and says what was refused" 'op=loss source=disk count=[0-9]+ .*res=failed' "$(guest 'ausearch -m DAEMON_ERR -ts boot --raw')"
    trail_said=$(trail)
    case_is "what comes is recorded" 900499 "$(trail_word last)"
}

# full_ends_in ACTION QUESTION EXPECTED
full_ends_in() {
    settings "disk_full_action=$1"
    guest 'rm -f /var/log/audit/*; systemctl restart auditd' >/dev/null
    opens 0 16000
    guest_until 60 "[ \"\$($2)\" = $3 ]" >/dev/null
    case_is "disk full, $1" "$3" "$(guest "$2")"
    guest 'journalctl -b --no-pager | tail -n 40' >/dev/null
    guest 'sync; rm -f /var/log/audit/*; systemctl default' >/dev/null
    guest_until 60 'systemctl is-active multi-user.target auditd' >/dev/null
    case_is "systemctl default brings everything back" active "$(guest 'systemctl is-active auditd')"
}

full_switches_the_machine_off() {
    settings disk_full_action=halt
    guest 'rm -f /var/log/audit/*; systemctl restart auditd' >/dev/null
    load_in_background 10000000
    local status=0
    machine_gone 240 || status=1
    verdict "disk full, halt: the machine switches itself off" $status "$(tail -n 5 "$run/console")"
}
