#!/usr/bin/env bash
# What administrators do today, as they paste it, and by one command of akashi: commands of people over SSH with their keystrokes, files
# that are watched, software that is installed. On the real kernel, with real logins, in a private namespace with copies over /etc and /usr.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
bin=$root/artifacts/bin
user=akashi-lab uid=61001

# expect NAME PATTERN COMMAND…: ok when what the command says, on either stream, has the pattern.
expect() {
    local name=$1 pattern=$2 said
    shift 2
    said=$("$@" 2>&1 </dev/null)
    if grep -qE -- "$pattern" <<<"$said"; then echo "ok $name"; else echo "not ok $name: no '$pattern' in: ${said//$'\n'/ | }"; fi
}

# expect_not NAME PATTERN COMMAND…: ok when it doesn't.
expect_not() {
    local name=$1 pattern=$2 said
    shift 2
    said=$("$@" 2>&1 </dev/null)
    if grep -qE -- "$pattern" <<<"$said"; then echo "not ok $name: '$pattern' in: $(grep -E -m1 -- "$pattern" <<<"$said")"; else echo "ok $name"; fi
}

same() { if cmp -s "$2" "$3"; then echo "ok $1"; else echo "not ok $1: $(diff "$2" "$3" | paste -sd'|')"; fi; }

# The trail is written within moments; a pattern that doesn't come in 10 s doesn't come.
wait_for() {
    local deadline=$((SECONDS + 10))
    until grep -qE -- "$1" /var/log/audit/audit.log 2>/dev/null; do
        [[ $SECONDS -lt $deadline ]] || return 1
        read -rt 0.1 <> <(:) || true
    done
}

# A login without sshd: a process of the lab's user, still root.
as_login() { bash -c 'echo "$0" >/proc/self/loginuid && exec "$@"' "$uid" "$@"; }
hex() { printf %s "$1" | od -An -tx1 | tr -d ' \n' | tr a-f A-F; }

begin() {
    mount -t tmpfs akashi /var/lib
    mount -t tmpfs akashi /run && mkdir -m 0755 /run/sshd
    mkdir -p "$lab/upper" "$lab/work"
    mount -t overlay -o "lowerdir=/usr,upperdir=$lab/upper,workdir=$lab/work" akashi /usr || exit 1
    export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin
    expect 'setup service puts everything in place' 'systemd.? ?doesn.t run here' "$bin/akashi" setup service --yes
    # As its unit runs it: no memory that is written and run.
    "$mdwe" auditd || { echo 'not ok auditd starts'; exit 1; }
    expect 'auditctl -s shows a daemon' '^pid [1-9]' auditctl -s
    cp /etc/pam.d/sshd "$lab/sshd.before"
    cp /etc/pam.d/login "$lab/login.before"
}

story_1_by_hand() {
    echo "session required pam_tty_audit.so enable=$user,root log_passwd" >>/etc/pam.d/sshd
    # As in the article, and scoped to the lab's user by one more field.
    cat >/etc/audit/rules.d/audit.rules <<RULES
-a always,exit -F arch=b64 -F euid=0 -S execve -F auid=$uid -k root_command
-a always,exit -F arch=b32 -F euid=0 -S execve -F auid=$uid -k root_command
-a always,exit -F arch=b64 -F euid=$uid -S execve -F auid=$uid -k shota_command
-a always,exit -F arch=b32 -F euid=$uid -S execve -F auid=$uid -k shota_command
RULES
    auditctl -R /etc/audit/rules.d/audit.rules >/dev/null 2>&1 || echo 'not ok auditctl -R loads the article'"'"'s rules'
    expect 'auditctl -l lists them' "^-a always,exit -F arch=b32 -S execve -F euid=$uid -F auid=$uid -F key=shota_command" auditctl -l
    "$lab/ssh" '/bin/true by-hand-shota' </dev/null
    as_login /bin/true by-hand-root
    printf 'echo typed-by-hand\nexit\n' | "$lab/ssh" -tt >/dev/null 2>&1
    wait_for by-hand-shota; wait_for by-hand-root; wait_for 'type=TTY '
    expect 'ausearch -k root_command has the command' 'type=EXECVE .* a1="by-hand-root"' ausearch -k root_command
    expect 'ausearch -k shota_command has the command' 'type=EXECVE .* a1="by-hand-shota"' ausearch -k shota_command
    expect 'keystrokes of an SSH login become TTY records' "type=TTY .*$(hex typed-by-hand)" ausearch --raw -m TTY
    rm /etc/audit/rules.d/audit.rules
    auditctl -D >/dev/null
    expect 'auditctl -D leaves none' '^No rules' auditctl -l
    expect 'setup leaves a line of pam_tty_audit alone and warns of log_passwd' 'log_passwd in /etc/pam.d/sshd: passwords typed' akashi setup commands --users "$user" --tty --dry-run
    cp "$lab/sshd.before" /etc/pam.d/sshd
}

story_1_by_akashi() {
    expect 'without a terminal and --yes nothing is done' '^hint: --yes does it without asking' akashi setup commands --users "$user" --tty
    akashi setup commands --users "$user" --tty --yes </dev/null >"$lab/said" 2>&1
    expect 'a session of sshd is tried in a private copy' 'tried: a session of sshd' cat "$lab/said"
    expect 'a session of login is tried in a private copy' 'tried: a session of login' cat "$lab/said"
    expect 'the rules are verified by an event' "^verified: commands of $user are recorded" cat "$lab/said"
    expect 'the PAM line stands after pam_loginuid' "^session optional pam_tty_audit.so disable=\* enable=$user\$" grep -A2 pam_loginuid /etc/pam.d/sshd
    expect 'a second time nothing changes' '^nothing to change' akashi setup commands --users "$user" --tty --yes
    "$lab/ssh" 'cd /tmp; /bin/true by-akashi' </dev/null
    printf 'echo typed-by-akashi\nexit\n' | "$lab/ssh" -tt >/dev/null 2>&1
    wait_for by-akashi; wait_for "type=TTY .*$(hex typed-by-akashi)"
    expect 'one report shows who ran what, where' " $user +$user +.* /tmp +ok +[-0-9]* +/bin/true by-akashi" akashi report commands --user "$user"
    expect 'keystrokes become TTY records' "type=TTY .*$(hex typed-by-akashi)" ausearch --raw -m TTY
    expect 'the trail has the probe' 'a0="akashi-setup-probe"' ausearch --raw -k "${user}_command"
    expect_not 'the report leaves the probe out' 'akashi-setup-probe' akashi report commands --user "$user"
    expect 'undo asks for nothing but --yes' 'is undone' akashi setup commands --undo --yes
    expect_not 'undo takes the rules from the kernel' "(key=|-k )${user}_command" auditctl -l
    same 'undo brings /etc/pam.d/sshd back' "$lab/sshd.before" /etc/pam.d/sshd
    same 'undo brings /etc/pam.d/login back' "$lab/login.before" /etc/pam.d/login
}

story_2() {
    auditctl -w /etc/passwd -p rwxa 2>/dev/null
    auditctl -w /etc/security/ 2>/dev/null
    expect 'watches are listed' '^-w /etc/security/? -p rwxa' auditctl -l
    auditctl -D >/dev/null
    printf '%s\n' '-D' '-w /etc/passwd -p rwxa -k KEY_pwd' "-a exit,always -F arch=b64 -S chmod,fchmodat -F auid=$uid -k KEY_mod" >/etc/audit/audit.rules
    auditctl -R /etc/audit/audit.rules >/dev/null 2>&1
    as_login cat /etc/passwd >/dev/null
    as_login chmod 600 /etc/passwd-
    wait_for KEY_pwd; wait_for KEY_mod
    expect 'ausearch -k KEY_pwd finds the reading' 'comm="cat" exe="/usr/bin/cat".* key="KEY_pwd"' ausearch -k KEY_pwd
    expect 'a rule for the old entry list is refused with the line that works' 'exit,always|always,exit' auditctl -a entry,always -S chmod
    expect 'aureport -n answers' 'Anomaly Report' aureport -n
    expect 'ausearch -p 1 answers' '<no matches>|type=' ausearch -p 1
    auditctl -D >/dev/null
    expect 'autrace says what to search' 'ausearch .*-p [0-9]+' autrace /bin/true
    auditctl -D >/dev/null
    rm -f /etc/audit/audit.rules
    akashi setup files /etc/passwd /etc/security --permissions rwa --key KEY_pwd --yes </dev/null >"$lab/said" 2>&1
    expect 'one command watches them, verified' '^verified: accesses of /etc/passwd are recorded' cat "$lab/said"
    as_login touch /etc/security/made
    wait_for 'name="/etc/security/made"'
    expect 'what is made in the directory is found' 'name="/etc/security/made"' ausearch -k KEY_pwd
    expect 'rules check finds nothing to say against them' 'nothing found' akashi rules check /etc/audit/rules.d/60-akashi-files.rules
    akashi setup files --undo --yes </dev/null >/dev/null
    expect_not 'undo takes the watches from the kernel' "(key=|-k )KEY_pwd" auditctl -l
}

story_5() {
    auditctl -w /usr/bin/dpkg -p x -k software-installer 2>/dev/null
    as_login dpkg --version >/dev/null
    wait_for software-installer
    expect 'by hand: a watched manager is found' 'a0="dpkg" a1="--version"' ausearch -k software-installer
    auditctl -D >/dev/null
    akashi setup software --yes </dev/null >"$lab/said" 2>&1
    expect 'one command watches what is found' '^verified: accesses of' cat "$lab/said"
    expect 'dpkg is watched' '^-a always,exit -F arch=b64 .*path=/usr/bin/dpkg .*perm=x.* key=software|^-w /usr/bin/dpkg -p x -k software' auditctl -l
    mkdir -p "$lab/empty/var/lib/dpkg"
    as_login dpkg --root="$lab/empty" --force-not-root -r akashi-nothere >/dev/null 2>&1
    wait_for akashi-nothere
    expect 'one report shows manager, action, package' "$user.* dpkg +remove .*akashi-nothere" akashi report software
    akashi setup software --undo --yes </dev/null >/dev/null
    expect_not 'undo takes the rules from the kernel' "(key=|-k )software" auditctl -l
}

doctor() {
    expect 'the doctor sees the daemon' '^fine +daemon: auditd \(process [0-9]+\) owns the kernel' akashi doctor --all
    expect 'the doctor sees what begins at boot' '^fine +boot: ' akashi doctor --all
    auditctl -e 0 >/dev/null
    expect 'the doctor sees that nothing is recorded and what mends it' '"mend": "auditctl -e 1"' akashi doctor --json
    auditctl -e 1 >/dev/null
}

finish() {
    [[ ! -f /run/audit/auditd.pid ]] || kill -TERM "$(cat /run/audit/auditd.pid)" 2>/dev/null
    local deadline=$((SECONDS + 10))
    until auditctl -s | grep -q '^pid 0'; do
        [[ $SECONDS -lt $deadline ]] || { echo 'not ok auditd ends'; break; }
        read -rt 0.1 <> <(:) || true
    done
}

if [[ ${1:-} == inside ]]; then
    lab=$2 mdwe=$3
    trap finish EXIT
    begin
    story_1_by_hand
    story_1_by_akashi
    story_2
    story_5
    doctor
    exit 0
fi

[[ $(id -u) == 0 ]] || { echo 'skip stories: need root'; exit 0; }
"$root/eng/yardsticks.sh" >/dev/null || { echo "skip stories: Debian's packages cannot be had"; exit 0; }
[[ -f /usr/lib/$(uname -m)-linux-gnu/security/pam_tty_audit.so ]] || { echo 'skip stories: no pam_tty_audit'; exit 0; }
kernel=$("$root/eng/compile-c.sh" "$root/eng/kernel-audit.c") || exit 1
mdwe=$("$root/eng/compile-c.sh" "$root/eng/mdwe.c") || exit 1
"$mdwe" --self-test 2>/dev/null || { echo 'skip memory that is written and run: the kernel has no PR_SET_MDWE (6.3)'; mdwe=env; }
exec 7>/run/akashi-audit.lock
flock -w 600 7 || { echo "skip stories: the kernel's audit is in use"; exit 0; }
why=$("$kernel" free 2>&1) || { echo "skip stories: $why"; exit 0; }
[[ $("$kernel" status | sed -n 's/^rules //p') == 0 ]] || { echo 'skip stories: rules are loaded'; exit 0; }

work=$(mktemp -d)
chmod 0755 "$work"
server=
"$kernel" save "$work/before" || exit 1
finish_all() {
    [[ -z $server ]] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; }
    "$kernel" restore "$work/before"
    rm -rf "$work"
}
trap finish_all EXIT
state() { find /etc /var/lib/akashi /usr/local/sbin /run/audit -printf '%p %s %m %T@\n' 2>/dev/null | LC_ALL=C sort | sha256sum; }
before=$(state)
coproc lab { exec "$root/tests/lab/sshd.sh" "$work/lab" 600 2>"$work/errors" 7>&-; }
server=$lab_PID
read -rt 60 ready _ pid <&"${lab[0]}" || ready=
[[ $ready == ready ]] || { echo "not ok stories: the login server does not start: $(tail -n 1 "$work/errors")"; exit 0; }
nsenter --mount="/proc/$pid/ns/mnt" "$root/eng/checks/live-stories.sh" inside "$work/lab" "$mdwe" 7>&-
if [[ $(state) == "$before" ]]; then echo "ok the machine's own files are untouched"; else echo "not ok the machine's own files are untouched"; fi
