#!/usr/bin/env python3
"""The recorder with real processes: logins as a test user, and that user's attacks.

    tests/lab/recorder.py AKASHI [CASE...]

As root; AKASHI is the published program. Goes into a mount namespace of its own: copies stand over /etc, and empty file systems over /run, /var/log and /home, so
that nothing of the machine is written. This process is the login server: root, no controlling terminal, a ses of its own, holding the masters. One line a case:
"ok CASE", or "not ok CASE: why"; the exit code is the number of the latter.
"""
import fcntl, glob, json, os, pty, resource, select, shutil, signal, socket, struct, subprocess, sys, tempfile, termios, time, traceback
import cases
from cases import keepers, same, takes
from terminal import Terminal

UID, OTHER, KEEPER = 61021, 61022, 61023
SOCKET, RECORDINGS, SHELL = "/run/akashi/recorder", "/var/log/akashi/recordings", "/usr/local/lib/akashi-login-shell"
PYTHON = "/usr/bin/python3"


def make_machine(akashi, seconds=280):
    cases.enter(seconds)
    lab = tempfile.mkdtemp(prefix="akashi-recorder-")
    shutil.copytree("/etc", lab + "/etc", symlinks=True)
    for name, uid, home in (("akashi-one", UID, "/home/one"), ("akashi-two", OTHER, "/home/two"), ("akashi-recorder", KEEPER, "/")):
        with open(lab + "/etc/passwd", "a") as passwd:
            passwd.write(f"{name}:x:{uid}:{uid}::{home}:{SHELL}\n")
        with open(lab + "/etc/group", "a") as group:
            group.write(f"{name}:x:{uid}:\n")
    os.makedirs(lab + "/lib")
    beside = os.path.join(os.path.dirname(akashi), "akashi-login-shell")
    shutil.copy(beside if os.path.exists(beside) else akashi, lab + "/lib/akashi-login-shell")
    os.chmod(lab + "/lib/akashi-login-shell", 0o711)
    shutil.copy(akashi, lab + "/lib/akashi")
    run("mount", "--bind", lab + "/etc", "/etc")
    run("mount", "--bind", lab + "/lib", "/usr/local/lib")
    for path in ("/run", "/var/log", "/var/lib/akashi", "/home"):
        os.makedirs(path, exist_ok=True)
        run("mount", "-t", "tmpfs", "-o", "mode=755", "none", path)
    for path, uid in (("/home/one", UID), ("/home/two", OTHER)):
        os.makedirs(path)
        os.chown(path, uid, uid)
    return lab


def run(*words):
    subprocess.run(words, check=True)


class Service:
    # Without CAP_AUDIT_WRITE: the kernel's audit is the machine's, what is to be said there waits in a file.
    words = ["setpriv", "--bounding-set", "-audit_write", "/usr/local/lib/akashi", "recorder"]

    def __init__(self):
        self.log = open("/run/service.log", "ab")
        # Off our ses: systemd starts it outside of any.
        self.process = subprocess.Popen(self.words, stderr=self.log, start_new_session=True)
        wait("the service listens", self.listens)

    def listens(self):
        # The name of one that was killed is there still.
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as probe:
            return probe.connect_ex(SOCKET) == 0

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(10)


def wait(what, condition, seconds=30):
    cases.wait(what, condition, seconds, last_log)


def last_log():
    return "".join(open("/run/service.log").readlines()[-4:])


def new_ses():
    """What pam_loginuid does in a login server: a new ses for this process and those it starts."""
    with open("/proc/self/loginuid", "w") as file:
        file.write(str(UID))
    return int(open("/proc/self/sessionid").read())


class Login(Terminal):
    """A terminal, and a process on it that became the user; by default its login shell."""

    def __init__(self, words=None, argv0="-akashi-login-shell", uid=UID, environment=None, before=None):
        def become():
            os.fchown(0, uid, 5)
            os.fchmod(0, 0o620)
            os.initgroups("akashi-one" if uid else "root", uid)
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
            os.chdir("/home/one")
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            if before:
                before()
            os.execve(SHELL, [argv0, *(words or [])],
                {"TERM": "xterm", "HOME": "/home/one", "PATH": "/usr/bin:/bin", "PS1": "$ ", "SSH_TTY": os.ttyname(0), **(environment or {})})

        super().__init__(become)
        self.outer = f"/dev/pts/{struct.unpack('i', fcntl.ioctl(self.master, 0x80045430, bytes(4)))[0]}"

    def note(self):
        return last_log()


def as_user(program, uid=UID, words=(), timeout=20):
    """Runs a Python program as the user, in our ses, and returns what it printed."""
    done = subprocess.run([PYTHON, "-c", program, *map(str, words)], user=uid, group=uid, extra_groups=[], capture_output=True, text=True, timeout=timeout)
    return (done.stdout + done.stderr).strip()


def recordings():
    return cases.by_time(RECORDINGS + "/*.cast")


def live():
    return [path for path in recordings() if is_held(path)]


def is_held(path):
    try:
        with open(path) as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return False
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True


def wait_done():
    wait("the recording ends", lambda: not live())


def lines(path):
    return [json.loads(line) for line in open(path)]


def shown(path):
    return "".join(event[2] for event in lines(path)[1:] if event[1] == "o")


def keeper():
    found = keepers()
    assert len(found) == 1, found
    return found[0]


def keeper_uid():
    """A user of its own: keeper_uid_first of recorder.conf, and its process number."""
    return 2_100_000_000 + keeper()


def stats(name):
    """State, parent, process group, session, terminal, its process group: of the user's processes of that name."""
    for path in glob.glob("/proc/[0-9]*/stat"):
        text = cases.text_of(path).decode()
        if f"({name})" in text and os.stat(path).st_uid == UID:
            yield text.rpartition(")")[2].split()


def verify(path, word="fine"):
    said = subprocess.run(["/usr/local/lib/akashi", "recordings", "verify", path], capture_output=True, text=True)
    assert word in said.stdout + said.stderr, said.stdout + said.stderr


# --- one session, end to end -----------------------------------------------------------------------------------------------------------------------------------

def case_session(service):
    login = Login()
    login.expect("$ ")
    same(login.ask("cat /proc/self/loginuid; echo; cat /proc/self/sessionid; echo"), f"{UID}\n{SES}", "auid and ses")
    inner = login.ask("tty")
    assert inner != login.outer, inner
    found = os.stat(inner)
    same((found.st_uid, found.st_gid, found.st_mode & 0o777), (UID, 5, 0o620), "the inner terminal")
    found = os.stat(login.outer)
    same((found.st_uid, found.st_mode & 0o777), (keeper_uid(), 0o600), "the outer terminal")
    same(login.ask("echo $SHELL $SSH_TTY; stty size"), f"/bin/bash {inner}\n30 100", "environment and size")
    status = cases.text_of(f"/proc/{keeper()}/status").decode()
    for label, wanted in (("Uid:", "\t".join([str(keeper_uid())] * 4)), ("CapPrm:", "0" * 16), ("CapBnd:", None), ("NoNewPrivs:", "1"), ("Groups:", "")):
        value = next(line for line in status.split("\n") if line.startswith(label))[len(label):].strip()
        assert wanted is None or value == wanted, (label, value)
    same(sorted(os.readlink(path).split(":")[0] for path in glob.glob(f"/proc/{keeper()}/fd/*") if "akashi" in os.readlink(path)), recordings()[-1:], "the keeper's files")
    login.type("exit 7\n")
    same(login.end(), 7, "the exit code")
    wait_done()
    path = recordings()[-1]
    found = os.stat(path)
    same((found.st_uid, found.st_mode & 0o777, os.stat(RECORDINGS).st_mode & 0o777), (0, 0o600, 0o700), "the file")
    session = lines(path)[0]["akashi"]["session"]
    same((session["auid"], session["ses"], session["user"], session["node"], session["boot"], session["terminal"], session["login"]),
        (str(UID), str(SES), "akashi-one", socket.gethostname(), open("/proc/sys/kernel/random/boot_id").read().strip(), login.outer, "yes"), "the header")
    assert "BEGIN" in shown(path) and [event[2] for event in lines(path)[1:] if event[1] == "x"] == ["7"]
    verify(path)


def case_signal(service):
    login = Login()
    login.expect("$ ")
    login.type("kill -9 $$\n")
    same(login.end(), -9, "what ended the login")
    wait_done()
    same([event[2] for event in lines(recordings()[-1])[1:] if event[1] == "x"], ["137"], "the recorded exit")


def case_signals_are_passed_on(service):
    login = Login()
    login.expect("$ ")
    # Not at bash's prompt: SIGTERM is the end of its input there.
    login.type("exec sh -c 'trap \"echo GOT\\TERM; exit 9\" TERM; echo REA\\DY; while :; do sleep 0.05; done'\n")
    login.expect("READY")
    os.kill(login.pid, signal.SIGTERM)
    login.expect("GOTTERM")
    same(login.end(), 9, "exit")


def case_job_control_and_keys(service):
    login = Login()
    login.expect("$ ")
    login.type("sleep 1000\n")
    wait("sleep runs", lambda: any(stat[0] == "S" and stat[2] == stat[5] for stat in stats("sleep")))
    login.type("\x1a")
    login.expect("Stopped")
    same(login.ask("jobs | wc -l"), "1", "jobs")
    login.type("fg\n")
    wait("it is in the foreground", lambda: any(stat[0] == "S" and stat[2] == stat[5] for stat in stats("sleep")))
    login.type("\x03")
    login.expect("^C")
    login.type("echo ended with $?; true\n")
    login.expect("ended with 130")
    login.leave()


def case_resize(service):
    login = Login()
    login.expect("$ ")
    fcntl.ioctl(login.master, termios.TIOCSWINSZ, struct.pack("HHHH", 41, 133, 0, 0))
    limit = time.monotonic() + 10
    while login.ask("stty size") != "41 133":
        assert time.monotonic() < limit, "the size never comes"
    login.leave()
    wait_done()
    assert "133x41" in [event[2] for event in lines(recordings()[-1])[1:] if event[1] == "r"]


def case_hangup(service):
    login = Login()
    login.expect("$ ")
    shell = int(login.ask("echo $$"))
    os.close(login.master)
    wait("the shell ends with its line", lambda: not os.path.exists(f"/proc/{shell}"))
    os.waitpid(login.pid, 0)
    Login.alive.remove(login)
    wait_done()
    assert lines(recordings()[-1])[-2][1] == "e"


def case_command_on_a_terminal(service):
    login = Login(["-c", "echo over; exit 3"], argv0="akashi-login-shell")
    same(login.end(), 3, "exit")
    assert b"over" in login.seen, login.seen
    wait_done()
    same(lines(recordings()[-1])[0]["command"], "-c echo over; exit 3", "the header's command")


def case_an_ignored_end_of_children_hides_no_exit_status(service):
    """Who starts the login ignores SIGCHLD, which outlives execve(2): children leave no status to wait for."""
    login = Login(["-c", "exit 3"], argv0="akashi-login-shell", before=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
    same(login.end(), 3, "exit")
    wait_done()


def case_without_a_terminal(service):
    count = len(recordings())
    def shell(*words, **more):
        return subprocess.run(["akashi-login-shell", *words], executable=SHELL, user=UID, group=UID, capture_output=True, **more)
    every = bytes(range(256)) * 100
    done = shell("-c", "cat; echo $SHELL >&2; ulimit -Sn >&2; exit 5", input=every)
    bare = subprocess.run(["bash", "-c", "ulimit -Sn; trap"], user=UID, group=UID, capture_output=True, text=True)
    same((done.returncode, done.stdout == every, done.stderr.decode()), (5, True, "/bin/bash\n" + bare.stdout), "bytes pass untouched")
    broken = shell("-c", "grep SigIgn /proc/self/status")
    same(broken.stdout.decode(), subprocess.run(["bash", "-c", "grep SigIgn /proc/self/status"], user=UID, group=UID, capture_output=True, text=True).stdout, "ignored signals")
    same(len(recordings()), count, "recordings")


def case_limits_and_signals_are_kept(service):
    login = Login(before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (777, 4000)))
    login.expect("$ ")
    same(login.ask("ulimit -Sn; ulimit -Hn"), "777\n4000", "limits")
    # 32 and 33 are the C library's own: its posix_spawn leaves them ignored.
    blocked, ignored = (int(line.split()[1], 16) for line in login.ask("grep -E 'SigIgn|SigBlk' /proc/self/status").split("\n"))
    same((blocked, ignored & ~0x180000000), (0, 0), "signals")
    same(login.ask("ls -l /proc/self/fd | grep -c pts"), "2", "terminals of a piped ls")
    same(login.ask("cat /proc/$$/cgroup") , open("/proc/self/cgroup").read().strip(), "cgroup")
    login.leave()


def case_nested_is_recorded_once(service):
    login = Login()
    login.expect("$ ")
    count = len(recordings())
    inner = login.ask("tty")
    same(login.ask(f"{SHELL} -c tty"), inner, "the wrapper in the session")
    login.type(f"script -qc '{SHELL}' /dev/null\n")
    login.expect("$ ")
    assert login.ask("tty") not in (inner, login.outer)
    same(len(recordings()), count, "recordings")
    login.type("exit\n")
    wait("script ends", lambda: not any(stat[0] != "Z" for stat in stats("script")))
    login.leave()


def case_two_terminals_of_one_login(service):
    first, second = Login(), Login()
    first.expect("$ ")
    second.expect("$ ")
    same(len(live()), 2, "recordings that go on")
    first.ask("echo fir''st")
    second.ask("echo sec''ond")
    first.leave()
    second.leave()
    wait_done()
    a, b = sorted(shown(path) for path in recordings()[-2:])
    assert ("\nfirst" in a) != ("\nfirst" in b) and ("\nsecond" in a) != ("\nsecond" in b)


def case_service_ends_and_comes_back(service):
    login = Login()
    login.expect("$ ")
    inner = login.ask("tty")
    service.end(signal.SIGKILL)
    same(login.ask("echo goes on"), "goes on", "the session without a service")
    service.__init__()
    count = len(recordings())
    login.type(f"script -qc '{SHELL}' /dev/null\n")
    wait("the nested shell is there", lambda: login.ask("tty") not in (inner, login.outer))
    same(len(recordings()), count, "the new service knows what is recorded")
    login.type("exit\n")
    wait("script ends", lambda: not any(stat[0] != "Z" for stat in stats("script")))
    login.leave()
    wait_done()
    assert "goes on" in shown(recordings()[-1])
    verify(recordings()[-1])


def case_policies(service):
    service.end()
    try:
        login = Login()
        login.expect("$ ")
        same(login.ask("tty"), login.outer, "degrade: the bare terminal")
        login.leave()
        configure("policy = strict")
        login = Login()
        same(login.end(), 1, "strict: exit")
        assert b"must be recorded" in login.seen
    finally:
        configure()
        service.__init__()


def configure(*lines):
    """recorder.conf; not packed but where a case wants it, so that the others can look into files."""
    os.makedirs("/etc/akashi", exist_ok=True)
    with open("/etc/akashi/recorder.conf", "w") as file:
        file.write("".join(line + "\n" for line in ("compress = off", *lines)))


# --- the attack list: each as the user ---------------------------------------------------------------------------------------------------------------------------

def attack_ptrace(service):
    program = """
import ctypes, sys
libc = ctypes.CDLL(None, use_errno=True)
for request in (16, 0x4206):
    result = libc.ptrace(request, int(sys.argv[1]), 0, 0)
    print(result, ctypes.get_errno())
"""
    login = Login()
    login.expect("$ ")
    shell = int(login.ask("echo $$"))
    # The ways of the test are right: they succeed on what the user owns.
    same(as_user(program, words=[shell]).split("\n")[0].split()[0], "0", "tracing one's own shell")
    os.kill(shell, signal.SIGCONT)
    for pid in (keeper(), login.pid):
        same(as_user(program, words=[pid]), "-1 1\n-1 1", f"tracing {pid}")
    login.leave()


def attack_pidfd_getfd(service):
    program = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
pidfd = os.pidfd_open(int(sys.argv[1]))
print(*[libc.syscall(438, pidfd, fd, 0) >= 0 for fd in range(3, 9)], *{ctypes.get_errno()})
"""
    login = Login()
    login.expect("$ ")
    shell = int(login.ask("sleep 100 3</dev/null & echo $!").split("\n")[-1])
    assert as_user(program, words=[shell]).startswith("True"), "on one's own process"
    os.kill(shell, 9)
    for pid in (keeper(), login.pid):
        same(as_user(program, words=[pid]), "False " * 6 + "1", f"pidfd_getfd of {pid}")
    login.leave()


def attack_proc_fd(service):
    program = """
import os, sys
for name in ("fd", "mem", "environ", "maps", "root", "cwd"):
    path = f"/proc/{sys.argv[1]}/{name}"
    try:
        if name == "fd":
            for fd in os.listdir(path): open(f"{path}/{fd}", "rb").close()
        elif name in ("root", "cwd"):
            os.readlink(path)
        else:
            open(path, "rb").read(1)
        print(name, "open")
    except OSError as fault:
        print(name, fault.errno)
"""
    login = Login()
    login.expect("$ ")
    for pid in (keeper(), login.pid):
        for line in as_user(program, words=[pid]).split("\n"):
            assert line.split()[1] in ("13", "1"), (pid, line)
    login.leave()


def attack_outer_terminal(service):
    login = Login()
    login.expect("$ ")
    said = login.ask(f"(echo x > {login.outer}) 2>&1; (cat < {login.outer}) 2>&1; (chmod 666 {login.outer}) 2>&1; (chown $(id -u) {login.outer}) 2>&1; true")
    same(said.count("Permission denied") + said.count("not permitted"), 4, said)
    inner = login.ask("tty")
    # The controlling terminal of every process of the user is the inner one, also of the login side itself.
    same(login.ask("(echo to-tty > /dev/tty)"), "to-tty", "/dev/tty")
    same(cases.text_of(f"/proc/{login.pid}/stat").decode().rpartition(")")[2].split()[4], "0", "the login side's controlling terminal")
    assert not [path for path in glob.glob(f"/proc/{login.pid}/fd/*") if os.readlink(path).startswith("/dev/pts")]
    login.leave()
    wait_done()
    assert "to-tty" in shown(recordings()[-1])


def attack_own_terminal_again(service):
    # The user makes the outer terminal the controlling one of a new session, or takes it by a descriptor: no way to open it is left.
    login = Login()
    login.expect("$ ")
    program = f"""
import os
os.setsid()
for flags in (os.O_RDWR, os.O_RDONLY, os.O_WRONLY, os.O_RDWR | os.O_NOCTTY):
    try: print(os.open({login.outer!r}, flags))
    except OSError as fault: print(fault.errno)
"""
    same(as_user(program), "13\n13\n13\n13", "opening it")
    login.leave()


def attack_kill_and_stop_keeper(service):
    login = Login()
    login.expect("$ ")
    pid = keeper()
    for number in (9, 15, 19, 1, 28):
        assert "not permitted" in login.ask(f"(kill -{number} {pid}) 2>&1"), number
    same(keeper(), pid, "the keeper")
    login.leave()
    wait_done()
    verify(recordings()[-1])


def attack_stop_login_side(service):
    login = Login()
    login.expect("$ ")
    login.ask(f"kill -STOP {login.pid}")
    login.ask("echo still rec''orded")
    wait("it is in the file", lambda: "still recorded" in shown(recordings()[-1]))
    login.ask(f"kill -CONT {login.pid}")
    login.leave()


def attack_kill_login_side(service):
    login = Login()
    login.expect("$ ")
    shell = int(login.ask("echo $$"))
    login.ask("echo last wo''rds")
    login.type(f"kill -9 {login.pid}\n")
    same(login.end(), -9, "the login side")
    wait("the shell has no terminal any more, and ends", lambda: not os.path.exists(f"/proc/{shell}"))
    wait_done()
    path = recordings()[-1]
    assert "last words" in shown(path) and not [event for event in lines(path)[1:] if event[1] == "x"]
    verify(path)


def attack_survivor_keeps_no_terminal(service):
    # A process that ignores SIGHUP outlives the session: the terminal it holds leads nowhere.
    login = Login()
    login.expect("$ ")
    inner = login.ask("tty")
    survivor = int(login.ask("(trap '' HUP; exec sleep 1000 >/dev/null) & echo $!").split("\n")[-1])
    login.leave()
    wait_done()
    try:
        assert os.path.exists(f"/proc/{survivor}")
        assert not os.path.exists(inner) or os.stat(inner).st_uid != UID
    finally:
        os.kill(survivor, 9)


CLAIM = """
import array, os, socket, sys, time
kept = []
def claim(message, *fds):
    s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    s.settimeout(5)
    s.connect("/run/akashi/recorder")
    kept.append(s)
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
    if message is not None:
        s.sendmsg([message], rights)
    try:
        data, anc, flags, _ = s.recvmsg(512, 1024)
        return data.decode() or "closed"
    except OSError as fault:
        return type(fault).__name__
    finally:
        if len(kept) > 1: kept.pop(0).close()
good = b"akashi-claim 1\\0xterm\\0"
"""


def attack_hand_made_claims(service):
    login = Login()
    login.expect("$ ")
    count = len(recordings())
    said = as_user(CLAIM + f"""
null = os.open("/dev/null", os.O_RDWR)
master, slave = os.openpty()
print(claim(good))
print(claim(good, null))
print(claim(good, os.open("/home/one", os.O_RDONLY)))
print(claim(good, master))
print(claim(good, slave))
print(claim(b"x" * 4000, slave))
print(claim(b"akashi-claim 1\\0", slave))
print(claim(b"y" * 60000, slave))
print(claim(good, *[slave] * 100))
print(claim(None))
""")
    same(said.split("\n"), [
        "refused: it comes without a terminal", "refused: it is no terminal", "refused: it is no terminal", "refused: it isn't its controlling terminal",
        "refused: it isn't its controlling terminal", "refused: it is no claim", "refused: it is no claim", "closed", "closed", "closed"], "answers")
    same(len(recordings()), count, "recordings")
    before = len(os.listdir(f"/proc/{service.process.pid}/fd"))
    as_user(CLAIM + "master, slave = os.openpty()\nfor i in range(300): claim(good, *[slave] * (i % 5))")
    wait("the service lets go of what it was sent", lambda: len(os.listdir(f"/proc/{service.process.pid}/fd")) <= before)
    login.leave()


def attack_silent_callers(service):
    # Two hundred connections that say nothing keep nobody else from logging in.
    program = CLAIM + """
held = []
for i in range(200):
    s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET); s.setblocking(False)
    try: s.connect("/run/akashi/recorder")
    except OSError: pass
    held.append(s)
print("held", flush=True)
sys.stdin.read()
"""
    silent = subprocess.Popen([PYTHON, "-c", program], user=OTHER, group=OTHER, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    silent.stdout.readline()
    try:
        login = Login()
        login.expect("$ ")
        assert login.ask("tty") != login.outer
        login.leave()
    finally:
        silent.stdin.close()
        silent.wait(10)


def attack_claim_of_another(service):
    # Another user has got hold of a terminal of ours (mesg y, a wrong mode): it isn't theirs to give.
    login = Login()
    login.expect("$ ")
    inner = login.ask("tty")
    os.chmod(inner, 0o666)
    said = as_user(CLAIM + f"print(claim(good, os.open({inner!r}, os.O_RDWR | os.O_NOCTTY)))", uid=OTHER)
    same(said, "refused: it isn't its controlling terminal", "another's terminal")
    login.leave()


def attack_claim_before_the_login(service):
    # What ~/.ssh/rc could do: claims a terminal of its own, in the same ses, before the login shell does.
    program = CLAIM + """
import fcntl, termios
master, slave = os.openpty()
if os.fork() == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    print(claim(good, slave), flush=True)
    time.sleep(30)
    os._exit(0)
time.sleep(30)
"""
    before = subprocess.Popen([PYTHON, "-c", program], user=UID, group=UID, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert before.stdout.readline().startswith("recorded "), "a hand-made session is recorded, too"
        login = Login()
        login.expect("$ ")
        assert login.ask("tty") != login.outer, "the login must be recorded all the same"
        same(len(live()), 2, "recordings that go on")
        login.ask("echo the lo''gin")
        login.leave()
        wait("one is left", lambda: len(live()) == 1)
        assert any("the login" in shown(path) and lines(path)[0]["akashi"]["session"]["login"] == "yes" for path in recordings()[-2:])
    finally:
        for child in open(f"/proc/{before.pid}/task/{before.pid}/children").read().split():
            os.kill(int(child), 9)
        before.kill()
        before.wait()
    wait_done()


def attack_terminal_held_before(service):
    # What isn't stopped is said: a process that ~/.ssh/rc left behind holds the outer terminal, shows something there and reads there, and the recording has neither.
    def leave_one():
        if os.fork() == 0:
            os.execv("/bin/sh", ["sh", "-c", "while ! [ -e /home/one/shout ]; do sleep 0.05; done; echo un''seen; head -c 1 <&2 >/dev/null; echo to''ok one; exec sleep 1000"])
    login = Login(before=leave_one)
    login.expect("$ ")
    open("/home/one/shout", "w").close()
    login.expect("unseen")
    # Keeper and holder race for what is typed.
    limit = time.monotonic() + 30
    while b"took one" not in login.seen:
        assert time.monotonic() < limit, login.seen
        login.type("x\r")
        login.read(0.05)
    os.remove("/home/one/shout")
    login.drop()
    wait_done()
    held = lines(recordings()[-1])[0]["akashi"]["session"].get("held_by", "")
    assert any(entry.split()[1] == "sh" for entry in held.split(",")), held
    assert "unseen" not in shown(recordings()[-1]) and "took one" not in shown(recordings()[-1])
    os.kill(next(int(entry.split()[0]) for entry in held.split(",") if entry.split()[1] == "sh"), 9)


def attack_environment_and_rc(service):
    with open("/home/one/.bash_profile", "w") as file:
        file.write("exec /bin/sh\n")
    try:
        login = Login(environment={"AKASHI_RECORDER": "/tmp/x", "AKASHI_BACKGROUND": "1", "SHELL": "/bin/false", "DOTNET_EnableDiagnostics": "1",
            "DOTNET_gcServer": "1", "BASH_ENV": "/home/one/x", "TERM": "x\x1b]0;\x07" + "y" * 300, "NOTIFY_SOCKET": "/tmp/x"})
        login.expect("$ ")
        login.ask("echo in the sh''ell")
        login.leave()
    finally:
        os.remove("/home/one/.bash_profile")
    wait_done()
    path = recordings()[-1]
    assert "in the shell" in shown(path) and "type" not in lines(path)[0]["term"], lines(path)[0]


def attack_file(service):
    login = Login()
    login.expect("$ ")
    path = live()[0]
    said = login.ask(f"(cat {path}) 2>&1; (rm -f {path}) 2>&1; (ls {RECORDINGS}) 2>&1; (echo x >> {path}) 2>&1; true")
    same(said.count("Permission denied"), 4, said)
    login.leave()


def attack_full_disk(service):
    run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "none", RECORDINGS)
    try:
        configure("min_free = 0")
        service.end()
        service.__init__()
        login = Login()
        login.expect("$ ")
        login.type("head -c 6000000 /dev/zero | tr '\\0' 'z'; echo; echo FLOOD''ED\n")
        login.expect("FLOODED", seconds=60)
        same(login.ask("echo the session goes on"), "the session goes on", "after")
        path = recordings()[-1]
        full = os.stat(path).st_size
        run("mount", "-o", "remount,size=64m", RECORDINGS)
        # What comes before it tries again belongs to the gap.
        wait("it is written again", lambda: login.ask("echo room ag''ain") and b"room again" in cases.text_of(path))
        login.leave()
        wait_done()
        events = lines(path)[1:]
        gaps = [int(event[2].split()[1]) for event in events if event[1] == "g"]
        end = next(event[2] for event in events if event[1] == "e")
        kept = sum(len(event[2].encode()) for event in events if event[1] == "o")
        assert gaps and end.startswith(f"o={kept + sum(gaps)} "), (gaps, end, kept)
        verify(path)
    finally:
        Login.drop_all()
        wait_done()
        wait("keepers end", lambda: not keepers())
        service.end()
        run("umount", RECORDINGS)
        configure()
        service.__init__()


def main():
    lab = make_machine(os.path.abspath(sys.argv[1]))
    configure()
    service = Service()
    # Only now: the service isn't of this ses.
    globals()["SES"] = new_ses()
    failed = cases.run(cases.named(sys.modules[__name__], ("case_", "attack_"), sys.argv[2:]), service, after=end_logins)
    service.end()
    os.chdir("/")
    shutil.rmtree(lab, ignore_errors=True)
    sys.exit(failed)


def end_logins():
    Login.drop_all()
    wait_done()


if __name__ == "__main__":
    main()
