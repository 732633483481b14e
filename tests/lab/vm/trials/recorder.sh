# Sessions recorded under the real systemd: akashi setup sessions, logins by sshd and at consoles (tty1, ttyS0), the service restarted, killed and
# stopped while people work (degrade, strict), a reboot and the reset button under a live session, --undo.
trial() {
    machine_start audit=1 audit_backlog_limit=8192
    machine_await || return 1
    bring_programs || return 1
    guest 'echo shota:Kn0ts+Sheep | chpasswd; /root/akashi/akashi setup service --yes &&
        echo "-a always,exit -F arch=b64 -S execve,execveat -F auid>=1000 -F auid!=-1 -k people" >/etc/audit/rules.d/50-people.rules && augenrules --load' >/dev/null || return 1
    machine_state >"$run/before"
    sessions_are_set_up || return 1
    a_login_is_recorded
    sessions_outlive_a_restart
    sessions_outlive_a_kill
    where_nothing_takes_claims
    consoles_are_recorded
    a_session_meets_a_reboot || return 1
    a_session_meets_the_reset_button || return 1
    undo_leaves_the_recordings
}

# session_begin NAME: shota logs in with a terminal; what is typed comes from /run/NAME.in, what is shown goes to /run/NAME.out.
session_begin() {
    guest "mkfifo /run/$1.in; setsid bash -c 'exec 3<>/run/$1.in; ssh -tt -i /root/.ssh/id_ed25519 -o StrictHostKeyChecking=accept-new -o LogLevel=ERROR shota@127.0.0.1 <&3 >/run/$1.out 2>&1; echo \$? >/run/$1.status' >/dev/null 2>&1 &" >/dev/null
    session_shows "$1" 'PS=1' "echo P''S=1"
}

# session_shows NAME TEXT LINE: types the line, and waits for what it shows.
session_shows() {
    guest "echo $(printf %q "$3") >/run/$1.in" >/dev/null
    guest_until 60 "grep -q $(printf %q "$2") /run/$1.out"
}

session_end() {
    guest "echo exit >/run/$1.in" >/dev/null
    guest_until 60 "test -s /run/$1.status" || true
}

# session_case WHAT NAME TEXT LINE
session_case() { local status=0; session_shows "$2" "$3" "$4" || status=1; verdict "$1" $status "$(guest "tail -n 5 /run/$2.out")"; }

# The last recording: its state, exit status and doubt; its name; what verifying and replaying it print.
last_recording() { guest "akashi recordings --json | tail -n 1" | sed -E 's/.*"state":"([a-z]*)","doubt":(null|"[^"]*"),"exit":(null|"[0-9]*").*/\1 \3 \2/'; }
last_shows() { guest 'name=$(akashi recordings --json | tail -n 1 | sed "s/.*\"name\":\"\([^\"]*\)\".*/\1/"); akashi recordings verify $name; akashi replay --text $name' || true; }
recordings_count() { guest 'akashi recordings --json | wc -l'; }
finished() { guest_until 60 '! akashi recordings --json | grep -q "\"live\""'; }

sessions_are_set_up() {
    local out
    out=$(guest '/root/akashi/akashi setup sessions --users shota --yes 2>&1; echo "status $?"') || true
    case_has "setup sessions: a second login was tried" '^tried: shota logs in by ssh with a terminal, without one, and for sftp' "$out"
    case_has "it succeeds" '^status 0' "$out"
    case_is "both units are active" "active active" "$(guest 'systemctl is-active akashi-recorder.service akashi-recorder.socket' | paste -sd' ')"
    out=$(guest 'systemd-analyze --no-pager verify akashi-recorder.service akashi-recorder.socket 2>&1; echo "verified $?"') || true
    case_is "systemd-analyze verify: nothing to say" "verified 0" "$out"
    out=$(guest 'cat /proc/$(systemctl show -p MainPID --value akashi-recorder)/status')
    case_has "a seccomp filter is in force" '^Seccomp:\s2' "$out"
    grep -E '^(Seccomp|NoNewPrivs|Cap(Eff|Bnd)|VmHWM)' <<<"$out" | sed 's/^/       /'
    case_lacks "its journal has no complaint" -i'(error|fail|warn|cannot|denied)' "$(guest 'journalctl -b --no-pager -u akashi-recorder')"
    [[ $(guest 'systemctl is-active akashi-recorder.service') == active ]]
}

a_login_is_recorded() {
    local out before
    before=$(recordings_count)
    session_begin one || { verdict "a login gets a shell" 1 "$(guest 'tail -n 5 /run/one.out; journalctl -b --no-pager -u akashi-recorder -u ssh | tail -n 20')"; return 0; }
    out=$(guest 'akashi recordings')
    case_has "it's live in the list" 'shota .* live' "$out"
    case_has "and in akashi status" 'logins' "$(guest 'akashi status')"
    session_case "a line runs" one 'mark=42' 'echo mark=$((6*7)); /bin/true; sudo id -un'
    session_end one
    finished
    case_is "one recording more" $((before + 1)) "$(recordings_count)"
    case_has "finished" '^finished ' "$(last_recording)"
    out=$(last_shows)
    case_has "what was shown is in it" 'mark=42' "$out"
    case_has "it is fine" ': fine' "$out"
    guest_until 60 'ausearch -m TRUSTED_APP --raw | grep -q op=session-recorded' || true
    case_has "the trail has its hash" 'op=session-recorded .*acct="shota"' "$(guest 'ausearch -m TRUSTED_APP -ts boot --raw' || true)"
    case_has "the list is shown to root alone" 'ermission denied|for root|cannot' "$(login_as shota 'akashi recordings 2>&1; ls /var/log/akashi/recordings 2>&1')"
    guest 'akashi recordings' | sed 's/^/       /'
}

sessions_outlive_a_restart() {
    local keeper
    session_begin two || { verdict "a second login gets a shell" 1 ""; return 0; }
    keeper=$(guest 'pgrep -f [r]ecorder-keeper')
    case_is "systemctl restart" 0 "$(guest 'systemctl restart akashi-recorder >&2; echo $?' | tail -n 1)"
    case_is "the keeper is the same" "$keeper" "$(guest 'pgrep -f [r]ecorder-keeper')"
    session_case "the session goes on" two 'after=1' 'echo after=$((0+1))'
    session_begin three
    case_is "who logs in then is recorded, too" 2 "$(guest 'pgrep -fc [r]ecorder-keeper')"
    session_end three
    session_end two
    finished
    case_has "both are finished" '^finished ' "$(last_recording)"
    case_lacks "it was no absence" 'op=recorder-away' "$(guest 'ausearch -m TRUSTED_APP -ts boot --raw' || true)"
}

sessions_outlive_a_kill() {
    local before
    session_begin four || { verdict "a login gets a shell" 1 ""; return 0; }
    before=$(guest 'systemctl show -p MainPID --value akashi-recorder')
    guest "kill -9 $before" >/dev/null
    guest_until 60 "systemctl is-active akashi-recorder && test \$(systemctl show -p MainPID --value akashi-recorder) -ne $before" || true
    case_lacks "kill -9: systemd starts it again" "^($before|0)\$" "$(guest 'systemctl show -p MainPID --value akashi-recorder')"
    session_case "the session goes on" four 'after=1' 'echo after=$((0+1))'
    session_end four
    finished
    case_has "it's recorded to its end" '^finished ' "$(last_recording)"
    case_has "the absence is said" 'op=recorder-away .*end=killed' "$(guest 'ausearch -m TRUSTED_APP -ts boot --raw' || true)"
}

where_nothing_takes_claims() {
    local out before
    before=$(recordings_count)
    guest 'systemctl stop akashi-recorder.service' >/dev/null
    session_begin five && session_end five
    case_is "the service stopped, its socket not: a login starts it" active "$(guest 'systemctl is-active akashi-recorder.service')"
    finished
    case_is "and is recorded" $((before + 1)) "$(recordings_count)"
    guest 'systemctl stop akashi-recorder.socket akashi-recorder.service' >/dev/null
    session_begin six && verdict "both stopped, degrade: a login goes on" 0 || verdict "both stopped, degrade: a login goes on" 1 "$(guest 'cat /run/six.out')"
    session_end six
    case_has "the system log says that it isn't recorded" 'the session isn.t recorded' "$(guest 'journalctl -b --no-pager -t akashi-login-shell' || true)"
    case_has "akashi recordings --unrecorded lists it" 'shota .* pts/[0-9]+ ' "$(guest 'akashi recordings --unrecorded')"
    case_has "akashi doctor says so too" "akashi recorder doesn't run" "$(guest 'akashi doctor' || true)"
    guest "sed -i 's/^policy.*/policy = strict/' /etc/akashi/recorder.conf" >/dev/null
    out=$(guest 'ssh -tt -i /root/.ssh/id_ed25519 -o LogLevel=ERROR shota@127.0.0.1 "echo in" 2>&1; echo "status $?"') || true
    case_has "strict: it's refused, and says why" 'sessions must be recorded' "$out"
    case_has "with its status" '^status 1' "$out"
    guest "sed -i 's/^policy.*/policy = degrade/' /etc/akashi/recorder.conf; systemctl start akashi-recorder.socket akashi-recorder.service" >/dev/null
    guest_until 60 'ausearch -m TRUSTED_APP -ts boot --raw | grep -q "op=recorder-away.*end=orderly"' || true
    case_has "and why, when it's over" 'shota .* no service took claims' "$(guest 'akashi recordings --unrecorded')"
    case_has "the trail has from when to when" 'op=recorder-away from=.* end=orderly waiting=none' "$(guest 'ausearch -m TRUSTED_APP -ts boot --raw' || true)"
}

# A console has nobody at its keys: what is typed is put into its input queue (TIOCSTI, 0x5412).
console_type() { guest "perl -e 'open(F, \"+<\", shift) or die \$!; for (split //, shift) { ioctl(F, 0x5412, \$_) or die \$! }' /dev/$1 $(printf %q "$2")" >/dev/null; }

consoles_are_recorded() {
    local tty before out
    guest 'systemctl start getty@tty1 serial-getty@ttyS0' >/dev/null
    for tty in tty1 ttyS0; do
        before=$(recordings_count)
        guest_until 60 "pgrep -t $tty agetty"
        console_type $tty $'shota\n'
        guest_until 60 "pgrep -t $tty -x login" || true
        # login(1) throws away what was typed before it asks.
        guest 'sleep 5' >/dev/null
        console_type $tty $'Kn0ts+Sheep\n'
        guest_until 60 'pgrep -f [r]ecorder-keeper' || true
        case_has "$tty: a login there is recorded" "terminal\":\"/dev/$tty" "$(guest 'akashi recordings --json | tail -n 1')"
        case_has "$tty: it's the keeper's, 0600, for the session" '^2100[0-9]* 600$' "$(guest "stat -c '%u %a' /dev/$tty")"
        console_type $tty $'echo mark=$((6*7)); tty\n'
        guest 'sleep 4' >/dev/null
        out=$(guest "loginctl list-sessions --no-legend; who; cat /dev/vcs1 2>/dev/null | tr -d '\0' | fold -w 80 | grep -v '^ *\$' | tail -n 4")
        sed 's/^/       /' <<<"$out"
        case_has "$tty: the trail has the login, by the ses of the recording" "USER_LOGIN .*terminal=.*$tty.*res=success" "$(guest 'ausearch -m USER_LOGIN -ts boot --raw | tail -n 2' || true)"
        console_type $tty $'exit\n'
        finished || true
        case_is "$tty: one recording more" $((before + 1)) "$(recordings_count)"
        case_has "$tty: finished" '^finished ' "$(last_recording)"
        case_has "$tty: what was shown is in it" 'mark=42' "$(last_shows)"
        guest_until 60 "pgrep -t $tty agetty" && verdict "$tty: asks for the next login" 0 || verdict "$tty: asks for the next login" 1 "$(guest 'ps -ef | tail -n 30')"
        case_is "$tty: is the machine's again" root "$(guest "stat -c %U /dev/$tty")"
    done
}

a_session_meets_a_reboot() {
    session_begin seven || { verdict "a login gets a shell" 1 ""; return 0; }
    session_shows seven 'last=1' 'echo last=$((0+1))'
    machine_reboot || return 1
    finished || true
    case_has "reboot: the session's file has its end" '^finished ' "$(last_recording)"
    the_last_says "reboot" ': fine|the end is missing'
    case_lacks "nothing failed at boot" . "$(guest 'systemctl --failed --no-legend')"
    case_is "the service runs" active "$(guest 'systemctl is-active akashi-recorder.service')"
}

a_session_meets_the_reset_button() {
    session_begin eight || { verdict "a login gets a shell after the boot" 1 ""; return 0; }
    session_shows eight 'last=1' 'echo last=$((0+1))'
    # A round to the disk, each five seconds.
    guest 'sleep 12' >/dev/null
    machine_reset
    machine_await || return 1
    finished || true
    the_last_says "reset button" 'the end is missing'
    guest_until 60 'ausearch -m TRUSTED_APP -ts boot --raw | grep -q op=session-recorded' || true
    case_has "reset button: the trail says that it was closed" 'op=session-recorded .*state=closed' "$(guest 'ausearch -m TRUSTED_APP -ts boot --raw' || true)"
    case_has "reset button: and that nobody took claims" 'op=recorder-away' "$(guest 'ausearch -m TRUSTED_APP --raw' || true)"
}

# the_last_says WHEN WHAT: what verifying the last recording prints, and that it has what was shown last.
the_last_says() {
    local out
    out=$(last_shows)
    case_has "$1: verify says how it ends" "$2" "$out"
    case_has "$1: what was shown is in it" 'last=1' "$out"
    grep -m 1 cast <<<"$out" | sed 's/^/       /'
}

undo_leaves_the_recordings() {
    local out
    out=$(guest '/root/akashi/akashi setup sessions --undo --yes 2>&1; echo "status $?"') || true
    case_has "--undo" '^status 0' "$out"
    machine_state >"$run/after"
    case_is "/etc and the units are what they were" "" "$(diff "$run/before" "$run/after")"
    case_is "nothing of it runs" "" "$(guest 'pgrep -f "akashi [r]ecorder"' || true)"
    case_at_least "the recordings are there" 8 "$(recordings_count)"
    case_has "shota logs in, unrecorded" 'bash' "$(login_as shota 'echo $SHELL')"
}
