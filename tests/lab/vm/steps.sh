# Steps that several trials take. Sourced by tests/lab/vm.sh.

# The programs, as a person has them: a copy of the directory bin, in /root/akashi.
bring_programs() {
    guest 'mount -o ro /dev/vdb /mnt/programs && cp -a /mnt/programs/bin /root/akashi && ls /root/akashi | wc -l' >/dev/null
}

# Debian's auditd 3.0.9, as its package installs it: it starts its daemon.
install_debian_auditd() { guest 'dpkg -i /mnt/programs/auditd/*.deb' >/dev/null; }

# login_as NAME COMMAND: over ssh, on the machine's own loopback.
login_as() {
    guest "ssh -i /root/.ssh/id_ed25519 -o StrictHostKeyChecking=accept-new -o LogLevel=ERROR $1@127.0.0.1 $(printf %q "$2")"
}

# What stands in /etc and who is enabled: for comparing before with after.
machine_state() {
    guest 'cd /etc && { find . -type f -print0 | sort -z | xargs -0 sha256sum; find . -type l -printf "%p -> %l\n" | sort; find . -printf "%p %m %U:%G\n" | sort; } |
        grep -vE "\./(resolv.conf|mtab|\.pwd.lock|machine-id|ld.so.cache|adjtime)( |$)"; systemctl list-unit-files --no-pager --no-legend | sort'
}

# The number of whole events of key load, and of those that are there twice: every failing open has its own number in its path.
