# The daemon killed, the reset button, the mains cut, sysrq-b, each under load: what is there afterwards, and what the next
# start says is missing; then akashi restart under load, which may miss nothing.
trial() {
    set_up_for_load || return 1
    restarted_under_load
    killed_under_load
    machine_goes_down "reset button" machine_reset || return 1
    machine_goes_down "sysrq-b" sysrq_b || return 1
    machine_goes_down "mains cut" cut_and_start || return 1
}

# What was recorded so far goes: the numbers begin anew too.
begins_anew() { guest 'auditctl --signal rotate; sleep 3; rm -f /var/log/audit/audit.log.*' >/dev/null; }

restarted_under_load() {
    local before after
    before=$(guest 'systemctl show -p MainPID --value auditd')
    guest_seconds=900 guest 'setpriv --reuid 1001 --regid 1001 --clear-groups python3 /root/load.py 0 15000 & load=$!
        for round in 1 2 3 4 5; do sleep 1; akashi restart || echo failed; done; wait $load; sleep 2' >"$run/restarts"
    case_lacks "five planned restarts under load succeed" failed "$(<"$run/restarts")"
    case_is "in one process" "$before" "$(guest 'systemctl show -p MainPID --value auditd')"
    trail_said=$(trail)
    case_is "every open is there, once, whole" "15000 0 0 0 0" "$(trail_word opens) $(trail_word twice) $(trail_word missing) $(trail_word torn) $(trail_word bad)"
    case_has "the kernel dropped nothing" '^lost 0' "$(guest 'auditctl -s')"
    case_lacks "nothing is said to be missing" 'op=loss' "$(guest 'ausearch -m DAEMON_ERR --raw 2>&1')"
    begins_anew
}

killed_under_load() {
    local before
    before=$(guest 'systemctl show -p MainPID --value auditd')
    guest "auditctl --reset-lost" >/dev/null
    guest_seconds=900 guest "setpriv --reuid 1001 --regid 1001 --clear-groups python3 /root/load.py 0 8000 & load=\$!; sleep 1; kill -9 $before; wait \$load; sleep 3" >/dev/null
    guest_until 60 "systemctl is-active auditd && test \$(systemctl show -p MainPID --value auditd) != $before" >/dev/null
    case_lacks "kill -9: systemd starts it again" "^($before|0)\$" "$(guest 'systemctl show -p MainPID --value auditd')"
    trail_said=$(trail)
    echo "       $trail_said"
    case_is "no line is bad, no open there twice" "0 0" "$(trail_word bad) $(trail_word twice)"
    case_at_least "most opens are there" 5000 "$(trail_word opens)"
    guest 'ausearch -m DAEMON_ERR --raw' >"$run/said-kill" || true
    case_has "the absence is said" 'op=loss source=absence' "$(<"$run/said-kill")"
    case_has "akashi status says it too" 'nobody recorded from' "$(guest 'akashi status')"
    begins_anew
}

sysrq_b() { printf '%s\n' "$(base64 -w 0 <<<'echo 1 >/proc/sys/kernel/sysrq; echo b >/proc/sysrq-trigger')" >&5; say "gets sysrq-b"; }
cut_and_start() { machine_cut; machine_start audit=1 audit_backlog_limit=8192; }

# machine_goes_down NAME HOW: under load, a while after it began.
machine_goes_down() {
    local given
    begins_anew
    load_in_background 10000000
    guest 'sleep 8; cat /var/given' >/dev/null
    "$2"
    machine_await || return 1
    case_is "$1: auditd runs after it" active "$(guest 'systemctl is-active auditd')"
    given=$(guest 'cat /var/given' | tail -n 1)
    trail_said=$(trail)
    echo "       $trail_said; certainly given out: $given"
    # What the disk did not have yet may be gone, and its end may be torn; nothing is twice, nothing before the end is bad.
    case_is "no open is there twice, none missing within" "0 0" "$(trail_word twice) $(trail_word missing)"
    case_is "at most the last line is bad" 1 "$(( $(trail_word bad) <= 1 ))"
    case_at_least "there are opens in the trail" 1000 "$(trail_word opens)"
    guest 'ausearch -m DAEMON_ERR -ts boot --raw' >"$run/said-$1" || true
    case_has "it says since when nothing is known" 'op=loss source=absence .*count=unknown' "$(<"$run/said-$1")"
    case_is "ausearch reads the trail" 0 "$(guest 'ausearch -k load --raw >/dev/null 2>&1; echo $?')"
    case_lacks "nothing failed" '^FAILED' "$(guest 'systemctl --failed --no-legend')"
}
