# Steps that several trials take. Sourced by tests/lab/vm.sh.

# The programs, as a person has them: a copy of the directory bin, in /root/akashi.
bring_programs() {
    guest 'mount -o ro /dev/vdb /mnt/programs && cp -a /mnt/programs/bin /root/akashi && ls /root/akashi | wc -l' >/dev/null
}

# Debian's auditd 3.0.9, as its package installs it: it starts its daemon.
install_debian_auditd() { guest 'dpkg -i /mnt/programs/auditd/*.deb' >/dev/null; }

# login_as NAME COMMAND: over ssh, on the machine's own loopback. "-tt NAME" asks for a terminal.
login_as() {
    guest "ssh -i /root/.ssh/id_ed25519 -o StrictHostKeyChecking=accept-new -o LogLevel=ERROR $1@127.0.0.1 $(printf %q "$2")"
}

# What stands in /etc and who is enabled: for comparing before with after. systemctl gives up after 25 s, which a busy host makes it wait.
machine_state() {
    guest 'cd /etc && { find . -type f -print0 | sort -z | xargs -0 sha256sum; find . -type l -printf "%p -> %l\n" | sort; find . -printf "%p %m %U:%G\n" | sort; } |
        grep -vE "\./(resolv.conf|mtab|\.pwd.lock|machine-id|ld.so.cache|adjtime)( |$)"; for try in 1 2 3 4; do units=$(systemctl list-unit-files --no-pager --no-legend) && break; done; sort <<<"$units"'
}


# numbers_follow_each_other NAME: the kernel numbers its events from 1 at each boot; every number between the first and the last of
# this boot must be in the trail. DAEMON_* records have numbers of their own.
numbers_follow_each_other() {
    local missing
    missing=$(guest "boot=\$(awk '\$1 == \"btime\" { print \$2 - 1 }' /proc/stat)
        cat \$(ls -rv /var/log/audit/audit.log*) | grep -v '^type=DAEMON_' | sed -n 's/^.*msg=audit(\([0-9]*\)[0-9.]*:\([0-9]*\)).*/\1 \2/p' |
        awk -v boot=\$boot '\$1 >= boot { print \$2 }' | sort -nu | awk 'NR > 1 && \$1 != last + 1 { print last \"-\" \$1 } { last = \$1 } END { if (NR < 20) print \"only \" NR }'")
    case_is "$1" "" "$missing"
}

# A machine with Akashi's service and a rule for failing opens below /nope, booted: what the trials of faults begin with.
# The segment is small, so that rotation belongs to it.
set_up_for_load() {
    machine_start audit=1 audit_backlog_limit=8192
    machine_await || return 1
    bring_programs && guest '/root/akashi/akashi setup service --yes' >/dev/null || return 1
    guest 'cp /mnt/programs/*.py /root/; echo "-a always,exit -F arch=b64 -S open,openat -F exit=-ENOENT -F uid=1001 -k load" >/etc/audit/rules.d/70-load.rules
        useradd -u 1001 -M loader; chmod 755 /root /root/*.py; augenrules --load' >/dev/null
}

# load_in_background COUNT: opens from number 0 on; the machine's /root/given says which number was certainly given out.
load_in_background() {
    guest "install -o 1001 -m 600 /dev/null /var/given; setpriv --reuid 1001 --regid 1001 --clear-groups sh -c 'python3 /root/load.py 0 $1 /var/given >/dev/null 2>&1 &'" >/dev/null
}

# What trail.py says of the whole trail, oldest segment first.
trail() { guest 'python3 /root/trail.py $(ls -rv /var/log/audit/audit.log*)'; }

# trail_word NAME: a figure of its last line, in $trail_said.
trail_word() { sed -n "\$s/.*$1 \([0-9-]*\).*/\1/p" <<<"$trail_said"; }
