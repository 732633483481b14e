"""A machine to log in to, for tests/lab/logins.py: Debian's sshd, sudo and rsync in a mount namespace, with people, and a stand-in for systemd.

Copies stand over /etc, empty file systems over /run, /var/log, /home and /root; /usr and /var/lib are overlays whose upper half is thrown away: so what the setup
installs goes where it would go, and nothing of the machine is written.
"""
import os, shutil, signal, socket, subprocess, sys, tempfile, time

PYTHON = "/usr/bin/python3"
USERS = {"one": (61031, "/bin/bash"), "two": (61032, "/usr/bin/zsh"), "three": (61033, "/usr/bin/dash")}
PASSWORD = "Kn0ts+Sheep"

SYSTEMCTL = '''#!/usr/bin/python3
"""Stands in for systemctl: what it runs has the capabilities, the new privileges and the memory rules of its unit."""
import ctypes, os, re, signal, subprocess, sys, time
STATE = "/run/akashi-lab-service"
CAPS = "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE".split()

def stop(how=signal.SIGTERM):
    try:
        pid = int(open(STATE).read())
        os.kill(pid, how)
        while os.path.exists(f"/proc/{pid}") and open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] != "Z":
            time.sleep(0.01)
        os.remove(STATE)
    except (OSError, ValueError):
        pass

def start(unit):
    text = open("/etc/systemd/system/" + unit).read()
    words = re.search(r"^ExecStart=(.*)$", text, re.M).group(1).split()
    kept = {name.removeprefix("CAP_") for name in re.search(r"^CapabilityBoundingSet=(.*)$", text, re.M).group(1).split()}
    libc = ctypes.CDLL(None)
    def confine():
        os.setsid()
        for number, name in enumerate(CAPS):
            if name not in kept:
                libc.prctl(24, number, 0, 0, 0)  # PR_CAPBSET_DROP
        libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
        libc.prctl(65, 1, 0, 0, 0)  # PR_SET_MDWE: MemoryDenyWriteExecute
        os.umask(0o77)
    os.makedirs("/run/akashi", 0o755, exist_ok=True)
    os.makedirs("/var/log/akashi", 0o755, exist_ok=True)
    os.makedirs("/var/log/akashi/recordings", 0o700, exist_ok=True)
    os.makedirs("/var/lib/akashi/recorder", 0o700, exist_ok=True)
    os.chmod("/run/akashi", 0o755); os.chmod("/var/log/akashi", 0o755)
    ready, notify = os.pipe()
    log = open("/run/service.log", "ab")
    child = subprocess.Popen(words, preexec_fn=confine, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
    open(STATE, "w").write(str(child.pid))
    limit = time.monotonic() + 20
    while b"ready" not in open("/run/service.log", "rb").read()[start.before:]:
        if child.poll() is not None or time.monotonic() > limit:
            sys.exit(1)
        time.sleep(0.01)

word, unit = sys.argv[1], sys.argv[-1]
if unit == "akashi-recorder.service":
    start.before = os.path.getsize("/run/service.log") if os.path.exists("/run/service.log") else 0
    if word in ("restart", "stop"):
        stop()
    if word == "kill":
        stop(signal.SIGKILL)
    if word in ("restart", "start"):
        start(unit)
elif unit in ("ssh.service", "sshd.service") and word == "try-reload-or-restart":
    os.kill(int(open("/run/sshd.pid").read()), signal.SIGHUP)
'''


def run(*words, **how):
    return subprocess.run(words, check=True, **how)


class Machine:
    def __init__(self, yardsticks):
        self.lab = tempfile.mkdtemp(prefix="akashi-logins-")
        self.port = None
        self.server = None
        self.mount(yardsticks)
        self.make_people()
        self.make_files()

    def mount(self, yardsticks):
        shutil.copytree("/etc", self.lab + "/etc", symlinks=True)
        run("mount", "--bind", self.lab + "/etc", "/etc")
        for place, lower in (("/usr", yardsticks + "/root/usr:/usr"), ("/var/lib", "/var/lib")):
            top = self.lab + "/over" + place.replace("/", "-")
            os.makedirs(top)
            run("mount", "-t", "tmpfs", "-o", "mode=755", "none", top)
            os.makedirs(top + "/upper"), os.makedirs(top + "/work")
            run("mount", "-t", "overlay", "none", "-o", f"lowerdir={lower},upperdir={top}/upper,workdir={top}/work", place)
        for path in ("/run", "/var/log", "/home"):
            run("mount", "-t", "tmpfs", "-o", "mode=755", "none", path)
        run("mount", "-t", "tmpfs", "-o", "mode=700", "none", "/root")
        open("/run/service.log", "w").close()
        for name in ("sudo", "sudo-i", "sshd"):
            shutil.copy(f"{yardsticks}/root/etc/pam.d/{name}", "/etc/pam.d/" + name)
        shutil.copy(yardsticks + "/root/etc/sudoers", "/etc/sudoers")
        os.makedirs("/etc/sudoers.d", exist_ok=True)
        os.makedirs("/etc/ssh/sshd_config.d", exist_ok=True)
        shutil.copy("/usr/share/openssh/sshd_config", "/etc/ssh/sshd_config")
        os.makedirs("/run/sshd", 0o755)
        os.makedirs("/run/systemd/system")
        os.makedirs("/run/lock")
        self.append("/etc/systemd/system/ssh.service", "[Service]\nExecStart=/usr/sbin/sshd -D\n")
        for name in ("wtmp", "btmp", "lastlog"):
            open("/var/log/" + name, "w").close()
        open("/run/utmp", "w").close()
        with open("/usr/bin/systemctl.new", "w") as file:
            file.write(SYSTEMCTL)
        os.chmod("/usr/bin/systemctl.new", 0o755)
        os.rename("/usr/bin/systemctl.new", "/usr/bin/systemctl")

    def make_people(self):
        words = run("openssl", "passwd", "-6", PASSWORD, capture_output=True, text=True).stdout.strip()
        for name, (uid, shell) in USERS.items():
            self.append("/etc/passwd", f"{name}:x:{uid}:{uid}:{name.title()}:/home/{name}:{shell}\n")
            self.append("/etc/shadow", f"{name}:{words}:20000:0:99999:7:::\n")
            self.append("/etc/group", f"{name}:x:{uid}:\n")
            os.makedirs(f"/home/{name}/.ssh", 0o700)
        # The lab reads recordings as they are; a test of its own packs them.
        os.makedirs("/etc/akashi")
        self.append("/etc/akashi/recorder.conf", "policy = degrade\ncompress = off\n")
        if not any(line.startswith("sshd:") for line in open("/etc/passwd")):
            self.append("/etc/passwd", "sshd:x:105:65534::/run/sshd:/usr/sbin/nologin\n")
        self.append("/etc/sudoers", "one ALL=(ALL:ALL) ALL\n")
        self.append("/etc/sudoers", "Defaults!/usr/bin/true !authenticate\n")
        # Where a package unpacked of today's meets a library of the machine's.
        os.chmod("/etc/sudoers", 0o440)

    @staticmethod
    def append(path, text):
        if os.path.exists(path):
            os.chmod(path, os.stat(path).st_mode | 0o200)
        with open(path, "a") as file:
            file.write(text)

    def make_files(self):
        for name in ("key", "host"):
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{self.lab}/{name}")
        for name, (uid, _) in USERS.items():
            shutil.copy(self.lab + "/key.pub", f"/home/{name}/.ssh/authorized_keys")
            for path in (f"/home/{name}", f"/home/{name}/.ssh", f"/home/{name}/.ssh/authorized_keys"):
                os.chown(path, uid, uid)
            os.chmod(f"/home/{name}/.ssh/authorized_keys", 0o600)
        shutil.copy(self.lab + "/host", "/etc/ssh/ssh_host_ed25519_key")
        shutil.copy(self.lab + "/host.pub", "/etc/ssh/ssh_host_ed25519_key.pub")

    def start_sshd(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.append("/etc/ssh/sshd_config", f"\nPort {self.port}\nListenAddress 127.0.0.1\nPidFile /run/sshd.pid\n")
        self.server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-E", "/run/sshd.log"], stdin=subprocess.DEVNULL, start_new_session=True)
        limit = time.monotonic() + 15
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            assert self.server.poll() is None and time.monotonic() < limit, open("/run/sshd.log").read()
            time.sleep(0.02)
        with open(self.lab + "/known", "w") as file:
            file.write(f"[127.0.0.1]:{self.port} " + open(self.lab + "/host.pub").read())

    def options(self, user="one"):
        return ["-F", "none", "-i", self.lab + "/key", "-o", "IdentitiesOnly=yes", "-o", f"UserKnownHostsFile={self.lab}/known", "-o", "GlobalKnownHostsFile=none",
            "-o", "StrictHostKeyChecking=yes", "-o", "LogLevel=ERROR", "-o", "User=" + user, "-o", f"Port={self.port}"]

    def ssh(self, *words, user="one"):
        return ["ssh", *self.options(user), words[0] if words and words[0].startswith("-") else "127.0.0.1", *(["127.0.0.1"] if words and words[0].startswith("-") else []),
            *(words[1:] if words and words[0].startswith("-") else words)]

    def end(self):
        below = []
        def descend(pid):
            try:
                for child in open(f"/proc/{pid}/task/{pid}/children").read().split():
                    descend(child)
                    below.append(int(child))
            except OSError:
                pass
        if self.server:
            descend(self.server.pid)
            self.server.terminate()
            for pid in below:
                try:
                    os.kill(pid, signal.SIGTERM)
                except OSError:
                    pass
            self.server.wait(10)
        subprocess.run(["systemctl", "stop", "akashi-recorder.service"])
        os.chdir("/")
