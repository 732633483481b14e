#!/usr/bin/env python3
"""Recorded logins by Debian's real sshd and PAM: each is done without the recorder and with it, and what comes of it is compared.

    tests/lab/logins.py AKASHI YARDSTICKS [--table] [ROW...]

As root; AKASHI is the published program, YARDSTICKS what eng/yardsticks.sh prints. "ok ROW" a line, or "not ok ROW: why"; the exit code is the number of the latter.
--table prints the rows as docs/recorder.md has them. Rows named same_… must give the same with and without; rows named differs_… give what they say; others are cases of
their own, after the recorder is set up by `akashi setup sessions`.
"""
import fcntl, glob, hashlib, json, os, pty, re, select, shutil, signal, socket, struct, subprocess, sys, tempfile, termios, time, traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cases
from cases import keepers, same, takes, text_of, wait
if "AKASHI_LAB_NAMESPACE" not in os.environ and any(word.startswith("audit_") for word in sys.argv[3:]) and "AKASHI_AUDIT_LOCK_HELD" not in os.environ:
    # Held to our end by a descriptor that we keep; /run is covered later.
    lock = os.open("/run/akashi-audit.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    os.set_inheritable(lock, True)
sys.argv[1:3] = [os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])]
cases.enter(seconds=850)
from ssh_machine import Machine, PASSWORD, USERS
from terminal import Terminal

AKASHI = "/run/akashi-program/akashi"
SHELL = "/usr/local/lib/akashi/akashi-login-shell"
RECORDINGS = "/var/log/akashi/recordings"
machine = None
wrapped = False


# --- what logins are made of -----------------------------------------------------------------------------------------------------------------------------------

def do(*words, user="one", data=None, seconds=30, binary=False):
    """A login without a terminal: exit status, output, errors."""
    done = subprocess.run(machine.ssh(*words, user=user), input=data, capture_output=True, timeout=seconds, stdin=None if data is not None else subprocess.DEVNULL)
    if binary:
        return done.returncode, done.stdout, done.stderr
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def local(*words, seconds=60, **how):
    done = subprocess.run(words, capture_output=True, text=True, timeout=seconds, **how)
    return done.returncode, done.stdout, done.stderr


class Login(Terminal):
    """A login with a terminal: ssh on a terminal of ours."""

    def __init__(self, *words, user="one", options=(), rows=30, columns=100):
        def become():
            os.environ["TERM"] = "xterm"
            os.execvp("ssh", ["ssh", *machine.options(user), "-tt", *options, "127.0.0.1", *words])

        super().__init__(become, rows, columns)


def interactive(work, **how):
    login = Login(**how)
    login.type("PS1='p''s> '\n")
    login.expect("ps> ")
    result = work(login)
    return result, login.leave()


def random_file(path, size, uid=61031):
    with open(path, "wb") as file:
        file.write(os.urandom(size))
    os.chown(path, uid, uid)
    return hash_of(path)


def hash_of(path):
    return hashlib.sha256(open(path, "rb").read()).hexdigest()[:16] if os.path.exists(path) else "missing"


def scp_words(*words, old=False):
    return ["scp", "-q", *(["-O"] if old else ["-s"]), *machine.options(), *words]


# --- without a terminal: the same --------------------------------------------------------------------------------------------------------------------------------

def same_exit_status():
    return [do(f"exit {code}")[0] for code in (0, 1, 7, 126, 255)]


def same_ended_by_a_signal():
    return do("kill -TERM $$"), do("kill -KILL $$"), do("kill -PIPE $$")


def same_output_and_errors_apart():
    return do("echo out; echo err >&2; echo more")


def same_all_bytes_both_ways():
    data = bytes(range(256)) * 4096 + os.urandom(100_000)  # more than any buffer on the way
    code, out, err = do("cat", data=data, binary=True)
    return code, len(out), out == data, err


def same_end_of_input():
    return do("wc -c", data=b"x" * 70000)


def same_arguments_byte_for_byte():
    return do(b"printf 'caf\xe9\xff \\303\\251' | od -An -tx1".decode("latin-1").encode("latin-1").decode("utf-8", "surrogateescape"), binary=True)


def same_environment():
    code, out, _ = do("env -0")
    kept = [item for item in out.split("\0") if item and not item.startswith(("SSH_CLIENT=", "SSH_CONNECTION=", "_="))]
    return code, sorted(kept)


def same_limits_signals_mask():
    return do("umask; ulimit -a; ulimit -Ha; nice; grep -E 'Sig(Ign|Blk|Cgt)|Cap|NoNewPrivs|Seccomp|Groups' /proc/self/status; cat /proc/self/oom_score_adj /proc/self/loginuid; cat /proc/self/cgroup; ls /proc/self/fd | wc -l")


def same_traceable():
    return do("cat /proc/self/environ >/dev/null && echo readable; ls -l /proc/$$/exe | sed 's/.*-> //'")


def same_without_a_command():
    return do("-T", data=b"echo $0; shopt -q login_shell && echo login; echo $-; tty; exit 5\n")


def same_rc_files():
    with open("/home/one/.bashrc", "w") as file:
        file.write("echo the bashrc\n")
    with open("/home/one/.bash_profile", "w") as file:
        file.write("echo the profile\n")
    try:
        return do("echo a command"), do("-T", data=b"echo typed\n")
    finally:
        os.remove("/home/one/.bashrc"), os.remove("/home/one/.bash_profile")


def same_ssh_rc():
    with open("/home/one/.ssh/rc", "w") as file:
        file.write("echo rc ran >/home/one/rc-ran; cat >/dev/null\n")
    try:
        return do("echo a command; cat ~/rc-ran")
    finally:
        os.remove("/home/one/.ssh/rc"), os.remove("/home/one/rc-ran")


def same_zsh_and_dash():
    return do("echo $0 $ZSH_NAME $SHELL; exit 3", user="two"), do("echo $0 $SHELL; exit 4", user="three")


def same_left_behind():
    code, out, err = do("sleep 300 >/dev/null 2>&1 </dev/null & echo $!; disown")
    pid = int(out)
    alive = os.path.exists(f"/proc/{pid}")
    os.kill(pid, 9)
    return code, err, alive


def same_stream_forwarding():
    return subprocess.run(["ssh", *machine.options(), "-W", f"127.0.0.1:{machine.port}", "127.0.0.1"], input=b"", capture_output=True, timeout=20).stdout[:7]


def same_shared_connection():
    path = machine.lab + "/mux"
    master = subprocess.Popen(["ssh", *machine.options(), "-M", "-S", path, "-N", "127.0.0.1"])
    try:
        wait("the shared connection", lambda: os.path.exists(path))
        return [local("ssh", *machine.options(), "-S", path, "127.0.0.1", f"echo {number}; exit {number}") for number in range(3)]
    finally:
        local("ssh", *machine.options(), "-S", path, "-O", "exit", "127.0.0.1")
        master.wait(10)


def agent(work):
    sock = machine.lab + "/agent"
    process = subprocess.Popen(["ssh-agent", "-D", "-a", sock], stdout=subprocess.DEVNULL)
    try:
        wait("the agent", lambda: os.path.exists(sock))
        os.environ["SSH_AUTH_SOCK"] = sock
        subprocess.run(["ssh-add", "-q", machine.lab + "/key"], check=True)
        return work()
    finally:
        del os.environ["SSH_AUTH_SOCK"]
        process.terminate()
        process.wait()
        os.path.exists(sock) and os.remove(sock)


def same_agent_forwarding():
    return agent(lambda: (do("-A", "ssh-add -l | cut -d' ' -f1,2"), interactive(lambda login: login.ask("ssh-add -l | cut -d' ' -f1,2"), options=("-A",))))


def same_x11_forwarding():
    os.environ["DISPLAY"] = ":77"
    try:
        show = "echo $DISPLAY | sed 's/1[0-9]/N/'; xauth list | wc -l"
        return do("-X", show), interactive(lambda login: login.ask(show), options=("-X",))
    finally:
        del os.environ["DISPLAY"]


# --- copies: the same ---------------------------------------------------------------------------------------------------------------------------------------------

def copies(make):
    result = []
    for size in (0, 1, 300_000, 5_000_001):
        source, target = machine.lab + "/source", "/home/one/target"
        was = random_file(source, size)
        code, out, err = local(*make(source, "127.0.0.1:target"))
        result.append((code, out, err, hash_of(target) == was))
        back = machine.lab + "/back"
        code, out, err = local(*make("127.0.0.1:target", back))
        result.append((code, out, err, hash_of(back) == was))
        os.remove(target), os.remove(back)
    return result


def same_scp_old_protocol():
    return copies(lambda source, target: scp_words(source, target, old=True)), local(*scp_words("127.0.0.1:nothing", "/tmp/x", old=True))


def same_scp_by_sftp():
    return copies(lambda source, target: scp_words(source, target)), local(*scp_words("127.0.0.1:nothing", "/tmp/x"))


def same_scp_names_in_other_encodings():
    with open(b"/home/one/caf\xe9", "wb") as file:
        file.write(b"latin")
    code, _, err = local(*scp_words(b"127.0.0.1:caf\xe9".decode("utf-8", "surrogateescape"), machine.lab + "/latin", old=True))
    text = open(machine.lab + "/latin").read()
    os.remove(b"/home/one/caf\xe9"), os.remove(machine.lab + "/latin")
    return code, err, text


def same_sftp():
    random_file(machine.lab + "/source", 200_000)
    with open(machine.lab + "/batch", "w") as file:
        file.write(f"put {machine.lab}/source a\nrename a b\nchmod 600 b\nget b {machine.lab}/back\nls -1 b\nrm b\npwd\n")
    code, out, err = local("sftp", *machine.options(), "-q", "-b", machine.lab + "/batch", "127.0.0.1")
    return code, out, err, hash_of(machine.lab + "/back") == hash_of(machine.lab + "/source")


def same_rsync():
    tree = machine.lab + "/tree"
    os.makedirs(tree + "/deep", exist_ok=True)
    for number in range(30):
        random_file(f"{tree}/deep/{number}", 7001 * number)
    shell = "ssh " + " ".join(machine.options())
    up = local("rsync", "-a", "--delete", "-e", shell, tree + "/", "127.0.0.1:tree/")
    again = local("rsync", "-ain", "-e", shell, tree + "/", "127.0.0.1:tree/")
    down = local("rsync", "-a", "-e", shell, "127.0.0.1:tree/", machine.lab + "/tree-back/")
    same = local("diff", "-r", tree, machine.lab + "/tree-back")
    shutil.rmtree("/home/one/tree"), shutil.rmtree(machine.lab + "/tree-back")
    return up, again, down, same


def same_git():
    environment = {**os.environ, "GIT_SSH_COMMAND": "ssh " + " ".join(machine.options()), "HOME": "/root", "GIT_AUTHOR_DATE": "@1 +0000", "GIT_COMMITTER_DATE": "@1 +0000"}
    work = machine.lab + "/work"
    shutil.rmtree(work, ignore_errors=True)
    do("rm -rf repo.git; git init -q --bare repo.git")
    local("git", "init", "-q", "-b", "main", work)
    random = open(work + "/file", "w")
    random.write("text\n" * 10000)
    random.close()
    local("git", "-C", work, "add", ".")
    local("git", "-C", work, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "one")
    push = local("git", "-C", work, "push", "-q", "127.0.0.1:repo.git", "main", env=environment)
    clone = local("git", "clone", "-q", "-b", "main", "127.0.0.1:repo.git", work + "-clone", env=environment)
    same = hash_of(work + "/file") == hash_of(work + "-clone/file")
    shutil.rmtree(work + "-clone", ignore_errors=True)
    shutil.rmtree("/home/one/repo.git")
    return push, clone, same


def same_interrupted_copy():
    """The client is killed: the other side ends, nothing is left running."""
    random_file("/home/one/big", 1 << 20)
    client = subprocess.Popen(machine.ssh("cat; sleep 0"), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    client.stdin.write(b"x" * 1000)
    client.stdin.flush()
    client.kill()
    client.wait()
    scp = subprocess.Popen(scp_words("-l", "100", "127.0.0.1:big", machine.lab + "/big", old=True))
    wait("the copy runs", lambda: os.path.exists(machine.lab + "/big"))
    scp.terminate()
    scp.wait()
    wait("all of it ends", lambda: not processes("scp") and not processes("akashi-login-s"))
    return "ended"


def processes(name, uid=61031):
    found = []
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            text = open(path).read()
            if f"({name}" in text and os.stat(path).st_uid in (uid, 0) and os.stat(os.path.dirname(path) + "/ns/mnt").st_ino == os.stat("/proc/self/ns/mnt").st_ino \
                    and f"Uid:\t{uid}" in open(os.path.dirname(path) + "/status").read():
                found.append(int(path.split("/")[2]))
        except OSError:
            pass
    return found


# --- with a terminal: the same -------------------------------------------------------------------------------------------------------------------------------------

def same_terminal():
    return interactive(lambda login: login.ask("echo $0 $-; shopt -q login_shell && echo login; stty -a | tr ';' '\\n' | grep -v rows; stat -c '%U %G %a' $(tty); test -t 0 -a -t 1 -a -t 2 && echo all three; [ $SSH_TTY = $(tty) ] && echo same; echo $TERM $COLUMNS $LINES"))


def same_terminal_environment():
    return interactive(lambda login: sorted(line for line in login.ask("env").splitlines() if not line.startswith(("SSH_CLIENT=", "SSH_CONNECTION=", "SSH_TTY=", "_=", "OLDPWD="))))


def same_terminal_exit_status():
    return [Login(f"exit {code}").end() for code in (0, 7, 255)], Login("kill -KILL $$").end(), Login("kill -HUP $$").end()


def same_command_on_terminal():
    login = Login("tty >/dev/null && echo yes; stty size")
    code = login.end()
    return code, login.seen


def same_resize():
    def work(login):
        before = login.ask("stty size")
        login.resize(41, 123)
        wait("the new size", lambda: login.ask("stty size") == "41 123")
        login.type("stty size; sleep 1000; stty size\n")
        login.expect("41 123")
        login.resize(17, 71)
        time.sleep(0.2)
        login.type("\x03")
        return before, login.ask("stty size; echo $LINES $COLUMNS")
    return interactive(work)


def same_job_control():
    def work(login):
        login.type("cat\n")
        wait("cat runs", lambda: processes("cat"))
        time.sleep(0.2)
        login.type("typed\n")
        login.expect("typed\r\ntyped")
        login.type("\x1a")
        login.expect("Stopped")
        login.expect("ps> ")
        login.type("fg\n")
        login.expect("cat\r\n")
        time.sleep(0.2)
        login.type("more\n")
        login.expect("more\r\nmore")
        login.type("\x03")
        login.expect("ps> ")
        login.type("sleep 100 &\n")
        login.expect("ps> ")
        return login.ask("jobs | sed 's/ *$//'; kill %1; wait 2>/dev/null; echo $?")
    return interactive(work)


def same_keys():
    def work(login):
        login.type("echo ab\x7f\x1b[D\x1b[Dx\x1b[C\x1b[Cy\n")
        login.expect("ps> ")
        login.type("echo one two\x17three\n")
        login.expect("one three")
        return "edited"
    return interactive(work)


def same_line_drops():
    login = Login()
    login.type("PS1='p''s> '\n")
    login.expect("ps> ")
    login.type("sh -c 'trap \"echo hung >/home/one/hung; exit\" HUP; echo wai''ting; while :; do sleep 0.1; done'\n")
    login.expect("waiting")
    login.drop()
    wait("the shell gets SIGHUP", lambda: os.path.exists("/home/one/hung"))
    os.remove("/home/one/hung")
    return "SIGHUP"


def same_nohup():
    def work(login):
        return int(login.ask("nohup sleep 300 >/dev/null 2>&1 & echo $!").split()[-1])
    pid, code = interactive(work)
    time.sleep(0.3)
    alive = os.path.exists(f"/proc/{pid}")
    if alive:
        os.kill(pid, 9)
    return code, alive


def same_end_of_file():
    login = Login()
    login.type("PS1='p''s> '\n")
    login.expect("ps> ")
    login.type("\x04")
    return login.end(), "logout" in login.seen.decode()


def same_typed_ahead():
    login = Login()
    login.type("echo ah''ead; exit 6\n")
    return login.end(), "ahead" in login.seen.decode()


def same_binary_on_terminal():
    def work(login):
        login.type("stty raw -echo; head -c 100000 /dev/zero | tr '\\0' '\\003'; printf '\\377\\200\\001DONE'; stty sane\n")
        return login.expect("\x01DONE").count("\x03")
    return interactive(work)


def same_vim():
    def work(login):
        login.type("vim -u NONE -N /home/one/text\n")
        login.expect("~")
        login.type("ihello\x1b[D\x1b[D\x7fX\x1b:wq\n")
        login.expect("ps> ")
        return login.ask("cat /home/one/text; rm /home/one/text")
    return interactive(work)


def same_tmux():
    def work(login):
        login.type("tmux -L lab -f /dev/null new\n")
        # Its status line: what is typed before it has the terminal is thrown away.
        login.expect("[0] 0:")
        login.type("echo in tm''ux >/home/one/in-tmux\n")
        wait("its shell runs", lambda: os.path.exists("/home/one/in-tmux"))
        login.type("\x02d")
        login.expect("[detached")
        login.type("tmux -L lab attach\n")
        login.expect("in tm")
        login.type("exit\n")
        login.expect("[exited]")
        os.remove("/home/one/in-tmux")
        return "attached again"
    return interactive(work)


def same_sudo_and_su():
    def work(login):
        login.type("sudo -k id -u\n")
        login.expect("password for one: ")
        login.type(PASSWORD + "\n")
        login.expect("0\r\n")
        login.expect("ps> ")
        login.type("su three -c 'id -un; tty >/dev/null && echo tty'\n")
        login.expect("Password: ")
        login.type(PASSWORD + "\n")
        login.expect("three\r\ntty\r\n")
        login.expect("ps> ")
        login.type("sudo -i\n")
        login.expect("password for one: ")
        login.type(PASSWORD + "\n")
        login.expect("# ")
        login.type("echo $(id -un) $SUDO_USER; cat /proc/self/loginuid; exit\n")
        login.expect("root one\r\n61031")
        login.expect("logout")
        login.expect("ps> ")
        return login.ask("sudo -n /usr/bin/true; echo $?")
    return interactive(work)


def same_passwd():
    def work(login):
        login.type("passwd\n")
        login.expect("urrent password: ")
        login.type("wrong\n")
        login.expect("passwd: ")
        return "asked"
    return interactive(work)


def same_script_and_nested_shell():
    return interactive(lambda login: (login.ask("script -qc 'tty >/dev/null; echo in script' /dev/null"), login.ask("bash -lc 'echo nested; exit 4'; echo $?")))


def same_wall():
    def work(login):
        login.ask("true")
        subprocess.run(["wall", "-n", "from root"], stdin=subprocess.DEVNULL)
        login.expect("from root")
        return "shown"
    return interactive(work)


def same_last_and_lastlog():
    def work(login):
        return [line.split()[:1] + line.split()[2:3] for line in login.ask("last -1 one").splitlines()[:1]], login.ask("lastlog -u one | tail -1 | cut -c1-5")
    return interactive(work)


def same_logname():
    return interactive(lambda login: login.ask("logname; id -un; whoami"))


# --- with a terminal: not the same, as written ----------------------------------------------------------------------------------------------------------------------

def differs_who():
    def work(login):
        mine = login.ask("tty").removeprefix("/dev/")
        names = [line.split() for line in login.ask("who").splitlines()]
        return "the login's line names its terminal" if [words for words in names if words[1] == mine] else "the login's line names another terminal" if names else "no line"
    return interactive(work)[0]


def differs_who_am_i():
    return "its line" if interactive(lambda login: login.ask("who am i"))[0] else "nothing"


def differs_w():
    def work(login):
        line = [line.split() for line in login.ask("w -h").splitlines() if line.startswith("one")]
        return "what it runs" if line and line[0][-1] in ("w", "-h") else line[0][7] if line else "nothing"
    return interactive(work)[0]


def differs_parent():
    return interactive(lambda login: login.ask("cat /proc/$PPID/comm"))[0]


def differs_write_of_others():
    def work(login):
        name = next(line.split()[1] for line in subprocess.run(["who"], capture_output=True, text=True).stdout.splitlines() if line.startswith("one"))
        return oct(os.stat("/dev/" + name).st_mode & 0o777)
    return interactive(work)[0]


DIFFERS = {
    "differs_who": ("the login's line names its terminal", "the login's line names another terminal"),
    "differs_who_am_i": ("its line", "nothing"),
    "differs_w": ("what it runs", None),
    "differs_parent": ("sshd", "akashi-login-sh"),
    "differs_write_of_others": ("0o620", "0o600"),
}


# --- the recorder's own cases ---------------------------------------------------------------------------------------------------------------------------------------

def recordings():
    return cases.by_time(RECORDINGS + "/*.cast*")


def header(path):
    return json.loads(open(path).readline())


def shown(path):
    return "".join(event[2] for event in map(json.loads, open(path)) if isinstance(event, list) and event[1] == "o")


def wait_done():
    wait("recordings end", lambda: not keepers())


def fields(line):
    return dict(re.findall(r'(\w+)=("[^"]*"|\S+)', line))


def transfers_of(work):
    """The lines that a copy leaves."""
    path = "/var/log/akashi/transfers.log"
    before = len(open(path).readlines()) if os.path.exists(path) else 0
    work()
    return [fields(line) for line in open(path).readlines()[before:]]


def check_machine(what=""):
    now = state()
    changed = [(name, START.get(name), now.get(name)) for name in sorted({*START, *now}) if START.get(name) != now.get(name)]
    assert not changed, f"the machine {what}: {changed[:6]}"


def setup(*words, code=0):
    done = subprocess.run([AKASHI, "setup", "sessions", *words], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == code, f"exit code {done.returncode}:\n{done.stdout[-800:]}\n{done.stderr}"
    return done.stdout + done.stderr


def state():
    """Every file that a setup might touch, with owner and mode."""
    found = {}
    for top in ("/etc", "/usr/local", "/var/lib/akashi/setup", "/home/one", "/home/two"):
        for directory, names, files in os.walk(top):
            for name in [directory] + [os.path.join(directory, name) for name in files if not name.endswith("_history")]:
                status = os.lstat(name)
                text = os.readlink(name) if os.path.islink(name) else hash_of(name) if os.path.isfile(name) else ""
                found[name] = (text, status.st_uid, status.st_gid, oct(status.st_mode))
    return found


def case_transfer_lines():
    size = 3_000_000
    random_file(machine.lab + "/source", size)
    random_file("/home/one/there", size)
    shell = "ssh " + " ".join(machine.options())
    def moved(lines, program, direction, count=size):
        same(len(lines), 1, f"lines of {program}")
        line = lines[0]
        same((line["op"], line["acct"], line["login_auid"], line["program"], line["direction"], line["addr"], line["exit"]), ("transfer", '"one"', "61031", program, direction, "127.0.0.1", "0"), "fields")
        assert line["login_ses"].isdigit() and count <= int(line["written"]) < count * 1.02 + 20000, line
    moved(transfers_of(lambda: local(*scp_words(machine.lab + "/source", "127.0.0.1:x", old=True))), "scp", "in")
    moved(transfers_of(lambda: local(*scp_words("127.0.0.1:there", machine.lab + "/x", old=True))), "scp", "out")
    moved(transfers_of(lambda: local(*scp_words(machine.lab + "/source", "127.0.0.1:x"))), "sftp", "both")
    moved(transfers_of(lambda: local(*scp_words("127.0.0.1:there", machine.lab + "/x"))), "sftp", "both")
    moved(transfers_of(lambda: local("rsync", "-W", "-e", shell, machine.lab + "/source", "127.0.0.1:y")), "rsync", "in")
    moved(transfers_of(lambda: local("rsync", "-W", "-e", shell, "127.0.0.1:there", machine.lab + "/y")), "rsync", "out")
    same(transfers_of(lambda: do("echo no copy")), [], "lines of a command")
    same(transfers_of(lambda: do("cat >z", data=b"x" * 1000)), [], "lines of a copy by other means")
    line = transfers_of(lambda: local(*scp_words("127.0.0.1:nothing", machine.lab + "/x", old=True)))[0]
    same(line["exit"], "1", "one that fails")


def case_killed_transfer_says_so():
    random_file("/home/one/there", 5_000_000)
    log = "/var/log/akashi/transfers.log"
    before = os.path.getsize(log) if os.path.exists(log) else 0
    def work():
        client = subprocess.Popen(scp_words("-l", "2000", "127.0.0.1:there", machine.lab + "/x", old=True))
        # It has announced the transfer when it has started the shell.
        wait("the login side's scp", lambda: any(cases.below(pid) for pid in processes("akashi-login-s")))
        os.kill(processes("akashi-login-s")[0], 9)
        client.terminate(), client.wait()
        wait("the service's line", lambda: os.path.exists(log) and os.path.getsize(log) > before)
    lines = transfers_of(work)
    wait("all ends", lambda: not processes("scp"))
    same([(line["exit"], line["written"]) for line in lines], [("?", "?")], "a login side that was killed")


def case_transfer_without_the_service():
    subprocess.run(["systemctl", "stop", "akashi-recorder.service"])
    try:
        random_file(machine.lab + "/source", 100_000)
        code, _, _ = local(*scp_words(machine.lab + "/source", "127.0.0.1:x", old=True))
        same((code, hash_of("/home/one/x")), (0, hash_of(machine.lab + "/source")), "a copy")
        same(do("exit 3")[0], 3, "a command")
        same(Login("exit 4").end(), 4, "a session")
    finally:
        subprocess.run(["systemctl", "start", "akashi-recorder.service"], check=True)


def case_forged_transfers():
    """A program of the user's own announces nothing; another's is named by the kernel."""
    program = """
import socket
s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET); s.settimeout(5)
s.connect('/run/akashi/transfers'); s.send(b'akashi-transfer 1 scp -t /etc'); print(s.recv(64) or b'refused')
"""
    same(transfers_of(lambda: same(do("python3 -", data=program.encode())[1].strip(), "b'refused'", "answer")), [], "lines")
    lines = transfers_of(lambda: do(f"{SHELL} -c 'scp -t /tmp/one\\\"op=transfer\\\" acct=two' </dev/null"))
    assert len(lines) == 1 and lines[0]["acct"] == '"one"' and lines[0]["cmd"].isalnum(), lines
    shell = subprocess.run(["ls", "-l", SHELL], capture_output=True, text=True).stdout
    assert shell.startswith("-rwx--x--x 1 root root"), shell


def case_silent_announcers():
    program = """
import socket
held = []
for i in range(300):
    s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET); s.setblocking(False)
    try: s.connect('/run/akashi/transfers')
    except OSError: pass
    held.append(s)
import sys
print('held', flush=True); sys.stdin.read()
"""
    silent = subprocess.Popen(machine.ssh("python3 -c " + "'" + program.replace("'", '"') + "'", user="two"), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    silent.stdout.readline()
    random_file(machine.lab + "/source", 1000)
    try:
        lines = transfers_of(lambda: local(*scp_words(machine.lab + "/source", "127.0.0.1:x", old=True)))
        same(len(lines), 1, "lines")
    finally:
        silent.stdin.close()
        silent.wait(20)


def case_recorded_with_its_facts():
    wait_done()
    login = Login()
    login.type("PS1='p''s> '\n")
    login.expect("ps> ")
    login.type("echo seen by no''body else\n")
    login.expect("seen by nobody else")
    path = recordings()[-1]
    facts = header(path)["akashi"]["session"]
    same((facts["user"], facts["auid"], facts["login"], facts["address"]), ("one", "61031", "yes", "127.0.0.1"), "the header")
    same(login.ask(f"cat {path} 2>&1 | tail -c 18; rm {path} 2>&1 | tail -c 18; ls {RECORDINGS} 2>&1 | tail -c 18; ls /var/log/akashi/transfers.log >/dev/null; cat /var/log/akashi/transfers.log 2>&1 | tail -c 18").count("Permission denied"), 4, "out of reach")
    login.leave()
    wait_done()
    assert "seen by nobody else" in shown(path)


def case_chsh_is_refused():
    def work(login):
        login.type("chsh -s /bin/dash\n")
        return login.expect("one'")
    said = interactive(work)[0]
    assert "You may not change the shell for" in said, said
    assert ":" + SHELL in open("/etc/passwd").read()
    code, _, err = do("chsh -s /bin/dash")
    assert code != 0 and "may not change" in err, (code, err)


def recorded_after(work):
    wait_done()
    before = set(recordings())
    work()
    wait_done()
    return [path for path in recordings() if path not in before]


def case_rc_files_do_not_leave():
    """What bash reads at its start runs in the recording."""
    for name, text in ((".bash_profile", "exec bash --norc -i\n"), (".bashrc", "exec bash --norc -i\n"), (".profile", "exec sh\n")):
        with open("/home/one/" + name, "w") as file:
            file.write(text)
        os.chown("/home/one/" + name, 61031, 61031)
        def work():
            login = Login()
            login.type("echo went th''rough; exit\n")
            login.expect("went through")
            login.end()
        made = recorded_after(work)
        os.remove("/home/one/" + name)
        assert len(made) == 1 and "went through" in shown(made[0]), (name, made)


def case_ssh_rc_leaves_a_process():
    """Not stopped: but the recording names it."""
    with open("/home/one/.ssh/rc", "w") as file:
        file.write("sleep 60 >/dev/null 2>&1 <$SSH_TTY &\ncat >/dev/null\n")
    try:
        made = recorded_after(lambda: Login("true").end())
        held = header(made[0])["akashi"]["session"].get("held_by", "")
        assert held.endswith(" sleep"), held
        os.kill(int(held.split()[0]), 9)
    finally:
        os.remove("/home/one/.ssh/rc")


def case_environment():
    """What a client sends (SendEnv) and what ~/.ssh/environment says where sshd allows it: nothing of it leads out."""
    with open("/etc/ssh/sshd_config.d/90-lab.conf", "w") as file:
        file.write("AcceptEnv *\nPermitUserEnvironment yes\n")
    os.kill(machine.server.pid, signal.SIGHUP)
    wait("sshd is back", lambda: do("true")[0] == 0)
    bad = {"SHELL": "/bin/dash", "TERM": "xterm", "AKASHI_LOGIN": "1", "SSH_ORIGINAL_COMMAND": "id", "BASH_ENV": "/home/one/evil", "ENV": "/home/one/evil",
        "DOTNET_gcServer": "1", "DOTNET_EnableDiagnostics": "1", "NOTIFY_SOCKET": "/tmp/x",
        "HOME": "/home/one", "LC_ALL": "xx_XX", "TZ": "/home/one/x", "MALLOC_CHECK_": "3", "GCONV_PATH": "/home/one"}
    with open("/home/one/.ssh/environment", "w") as file:
        file.write("".join(f"{name}={value}\n" for name, value in bad.items()))
    os.chown("/home/one/.ssh/environment", 61031, 61031)
    def work():
        login = Login()
        login.type("echo still re''corded $0; exit 9\n")
        login.expect("still recorded -bash")
        same(login.end(), 9, "exit status")
    try:
        made = recorded_after(work)
        assert len(made) == 1 and "still recorded" in shown(made[0]), made
        code, out, _ = do("echo $0 $SSH_ORIGINAL_COMMAND; exit 3")
        same((code, out), (3, "bash id\n"), "a command")
    finally:
        os.remove("/home/one/.ssh/environment"), os.remove("/etc/ssh/sshd_config.d/90-lab.conf")
        os.kill(machine.server.pid, signal.SIGHUP)
        wait("sshd is back", lambda: do("true")[0] == 0)


PRELOADED = r'''
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <unistd.h>
__attribute__((constructor)) static void leave(void)
{
    if (strstr(program_invocation_name, "akashi-login"))
        execl("/bin/bash", "bash", "-c", "echo un''seen; exit 5", (char *)0);
}
'''


def case_preload():
    """A library of the user's (LD_PRELOAD, LD_AUDIT) instead of the login side: it isn't loaded there, and is in the shell, as without the recorder."""
    with open("/home/one/preload.c", "w") as file:
        file.write(PRELOADED)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", "/home/one/preload.so", "/home/one/preload.c"], check=True)
    with made("/etc/ssh/sshd_config.d/90-lab.conf", "PermitUserEnvironment yes\n"), made("/home/one/.ssh/environment", "LD_PRELOAD=/home/one/preload.so\nLD_LIBRARY_PATH=/home/one\nTMPDIR=/home/one\nLD_AUDIT=/home/one/preload.so\nGLIBC_TUNABLES=glibc.malloc.check=0:glibc.malloc.arena_max=3\n"):
        os.kill(machine.server.pid, signal.SIGHUP)
        wait("sshd is back", lambda: do("true")[0] == 0)
        assert "takes no orders from it" in setup("--users", "one,two,three", "--yes", "--dry-run"), "setup says it"
        assert "their shell obeys it" in setup("--users", "one", "--way", "force-command", "--yes", code=1)

        def work():
            result = interactive(lambda login: login.ask("echo $LD_PRELOAD $LD_LIBRARY_PATH $TMPDIR $LD_AUDIT $GLIBC_TUNABLES; grep -c preload.so /proc/$$/maps"))
            same((result[0].split("\n")[0], result[0].split("\n")[1] != "0", result[1]), ("/home/one/preload.so /home/one /home/one /home/one/preload.so glibc.malloc.check=0:glibc.malloc.arena_max=3", True, 0), "the shell")
        same(len(recorded_after(work)), 1, "recordings")
    os.kill(machine.server.pid, signal.SIGHUP)
    wait("sshd is back", lambda: do("true")[0] == 0)
    os.remove("/home/one/preload.c"), os.remove("/home/one/preload.so")


def case_messages():
    """utmp names the outer terminal, the keeper's: root's wall(1) is shown past the recording, other people's write(1) and wall(1) aren't, whatever mesg(1) says."""
    def work():
        login = Login()
        login.type("PS1='p''s> '\n")
        login.expect("ps> ")
        outer = next(line.split()[1] for line in subprocess.run(["who"], capture_output=True, text=True).stdout.splitlines() if line.startswith("one"))
        assert "y" in login.ask("mesg y; mesg")
        codes = [subprocess.run(words, input="from two\n", capture_output=True, text=True, user=61032, group=61032, extra_groups=[]).returncode for words in (["write", "one", outer], ["wall"])]
        same(codes, [1, 0], "exit codes of write and wall")
        subprocess.run(["wall", "-n", "from root"], stdin=subprocess.DEVNULL)
        before = login.expect("from root")
        assert "from two" not in before, before
        login.ask("echo still he''re")
        same(login.leave(), 0, "exit status")
    made_ = recorded_after(work)
    assert len(made_) == 1 and "still here" in shown(made_[0]) and "from root" not in shown(made_[0]), made_


def case_service_killed_and_restarted():
    login = Login()
    login.type("PS1='p''s> '\n")
    login.expect("ps> ")
    subprocess.run(["systemctl", "kill", "akashi-recorder.service"])
    same(login.ask("echo goes on"), "goes on", "while it's away")
    subprocess.run(["systemctl", "restart", "akashi-recorder.service"], check=True)
    same(login.ask("echo and on"), "and on", "after")
    path = recordings()[-1]
    same(login.leave(), 0, "exit status")
    wait_done()
    assert "and on" in shown(path)


def case_passwords_stay_out_of_the_recording():
    made = recorded_after(lambda: same_sudo_and_su())
    for path in made:
        assert PASSWORD not in open(path).read() and PASSWORD.encode().hex() not in open(path).read().lower(), path


# --- with the kernel's audit on: only when asked for by name, under the lock -------------------------------------------------------------------------------------------

AUDIT_GET, AUDIT_SET, AUDIT_TTY_GET, AUDIT_TTY_SET, AUDIT_TTY = 1000, 1001, 1016, 1017, 1319


def request_audit(kind, payload=b""):
    """Sends a request to the kernel's audit and returns what it answers first that is no acknowledgement."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 9) as kernel:
        kernel.settimeout(5)
        kernel.sendto(struct.pack("=IHHII", 16 + len(payload), kind, 5, 1, 0) + payload, (0, 0))
        while True:
            answer = kernel.recv(65536)
            if struct.unpack_from("=H", answer, 4)[0] != 2:
                return answer[16:]
            error = struct.unpack_from("=i", answer, 16)[0]
            assert error == 0, os.strerror(-error)
            if kind in (AUDIT_SET, AUDIT_TTY_SET):
                return b""


class AuditOn:
    """The kernel's audit switched on for a while, where nobody owns it; its records by the multicast group."""

    def __enter__(self):
        _, self.enabled, _, pid = struct.unpack_from("=IIII", request_audit(AUDIT_GET))
        assert pid == 0 and self.enabled == 0, f"the kernel's audit is used: enabled {self.enabled}, pid {pid}"
        self.listener = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 9)
        self.listener.setsockopt(socket.SOL_SOCKET, 33, 16 << 20)  # SO_RCVBUFFORCE
        self.listener.bind((0, 1))
        self.listener.setblocking(False)
        self.records = []
        request_audit(AUDIT_SET, struct.pack("=II", 1, 1) + bytes(32))
        return self

    def __exit__(self, *_):
        request_audit(AUDIT_SET, struct.pack("=II", 1, 0) + bytes(32))
        self.read()
        self.listener.close()

    def read(self):
        while True:
            try:
                data = self.listener.recv(65536)
            except BlockingIOError:
                return self.records
            self.records.append((struct.unpack_from("=H", data, 4)[0], data[16:].rstrip(b"\0").decode("latin-1")))


def audit_passwords_reach_no_record():
    """pam_tty_audit and the recorder, both set up; the service itself is begun by a process with TTY auditing on, which it must not hand to its keepers."""
    marker, new = "cafe77marker", "Fresh+Lambs9"
    with edited("/etc/pam.d/sshd", lambda text: text + "session required pam_tty_audit.so disable=* enable=one\n"):
        with AuditOn() as kernel:
            request_audit(AUDIT_TTY_SET, struct.pack("=II", 1, 0))
            try:
                subprocess.run(["systemctl", "restart", "akashi-recorder.service"], check=True)
            finally:
                request_audit(AUDIT_TTY_SET, struct.pack("=II", 0, 0))
            before = set(recordings())
            def work(login):
                login.type("sudo -k id -u\n")
                login.expect("password for one: ")
                login.type(PASSWORD + "\n")
                login.expect("0\r\n")
                login.expect("ps> ")
                login.type("su three -c 'id -un'\n")
                login.expect("Password: ")
                login.type(PASSWORD + "\n")
                login.expect("three\r\n")
                login.expect("ps> ")
                login.type("passwd\n")
                login.expect("urrent password: ")
                login.type(PASSWORD + "\n")
                login.expect("ew password: ")
                login.type(new + "\n")
                login.expect("ew password: ")
                login.type(new + "\n")
                login.expect("ps> ")
                login.ask("echo " + marker)
            interactive(work)
            wait_done()
            wait("what was typed is in the records", lambda: any(kind == AUDIT_TTY and marker.encode().hex().upper() in text for kind, text in kernel.read()))
        made_ = [path for path in recordings() if path not in before]
        assert len(made_) == 1 and marker in open(made_[0]).read(), made_
        everything = "\n".join(text for _, text in kernel.records) + "".join(open(path).read() for path in made_) + open("/run/service.log").read()
        for secret in (PASSWORD, new):
            assert secret not in everything and secret.encode().hex() not in everything.lower(), secret
        # Of the keeper, which reads the outer terminal raw, there is nothing.
        assert not [text for kind, text in kernel.records if kind == AUDIT_TTY and "recorder-keeper" in text]


def audit_trials_are_said():
    """What sshd's own record says of a login that setup tries, and ours around it: `akashi recordings --unrecorded` knows a trial by them."""
    def names():
        own = [(kind, fields(text)) for kind, text in kernel.read() if kind == 1112 or "id=login-trial" in text]
        return [f"{found.get('addr')} {found['terminal']}" if kind == 1112 else found["state"] for kind, found in own if kind != 1112 or "/dev/pts" in found["terminal"]]
    with AuditOn() as kernel:
        setup("--undo", "--yes")
        setup("--users", "one,two,three", "--yes")
        # Each of three people before the change and after it.
        wait("the last trial has ended", lambda: names().count("end") == 6)
        seen = names()
    assert len(seen) == 18 and all(word == ("begin", None, "end")[place % 3] or place % 3 == 1 and re.fullmatch(r"(\?|UNKNOWN) /dev/pts/\d+", word) for place, word in enumerate(seen)), seen


# --- akashi setup sessions ---------------------------------------------------------------------------------------------------------------------------------------------

def setup_refuses():
    """What stands in the way, each with its words."""
    def refused(words, *texts):
        said = setup(*words.split(), "--yes", code=1)
        for text in texts:
            assert text in said, f"{text!r} isn't in {said!r}"
        check_machine("after a refusal")
    refused("--users nosuch", "there is no user 'nosuch'")
    refused("--users root", "root is root", "use sudo")
    refused("--users sshd", "nobody logs in as sshd")
    refused("--groups nosuch", "there is no group 'nosuch'")
    refused("--users one --break-glass one", "one is a member of one, the break-glass group")
    key = open("/home/one/.ssh/authorized_keys").read()
    with edited("/home/one/.ssh/authorized_keys", lambda text: text + 'no-pty,command="echo a, b" ' + key, fresh=True):
        refused("--users one", "/home/one/.ssh/authorized_keys:2: this key of one may run one command")
        refused("--users one --way force-command", "the key could do anything")
    os.makedirs("/srv/akashi-lab", exist_ok=True)
    for text, words in (("Match User one\n    ForceCommand /bin/date\n", "sshd forces a command on one already (ForceCommand /bin/date)"),
            ("Match User one\n    ChrootDirectory /srv\n    ForceCommand internal-sftp\n", "sshd locks one into /srv")):
        with made("/etc/ssh/sshd_config.d/50-lab.conf", text):
            refused("--users one", words)
    with made("/etc/ssh/sshd_config.d/50-lab.conf", "Nonsense yes\n"):
        refused("--users one", "sshd's settings are wrong already", "Nonsense")
    with edited("/etc/passwd", lambda text: text + "twin:x:61031:61031::/home/one:/bin/sh\n", fresh=True):
        refused("--users one", "one and twin are the same user")
    with edited("/etc/passwd", lambda text: text.replace("/home/one:/bin/bash", "/home/one:/bin/gone"), fresh=True):
        refused("--users one", "shell /bin/gone isn't there")
    with edited("/etc/ssh/sshd_config", lambda text: text.replace("Include", "#Include"), fresh=True):
        refused("--users one --way force-command", "doesn't include")
    with edited("/etc/shadow", lambda text: re.sub(r"^one:.*$", "one:!:20000:0:99999:7::1:", text, flags=re.M), fresh=True):
        refused("--users one", "without any change")


class edited:
    def __init__(self, path, change, fresh=False):
        self.path, self.change = path, change

    def __enter__(self):
        self.before, self.status = open(self.path).read(), os.stat(self.path)
        self.put(self.change(self.before))
        global START
        self.start, START = START, state()

    def __exit__(self, *_):
        self.put(self.before)
        global START
        START = self.start

    def put(self, text):
        with open(self.path, "w") as file:
            file.write(text)


class made(edited):
    def __init__(self, path, text):
        self.path, self.text = path, text

    def __enter__(self):
        with open(self.path, "w") as file:
            file.write(self.text)
        global START
        self.start, START = START, state()

    def __exit__(self, *_):
        os.remove(self.path)
        global START
        START = self.start


def setup_rolls_back():
    """The changed machine lets nobody in: all goes back. Here the account part of PAM knows only shells that are listed."""
    with edited("/etc/pam.d/sshd", lambda text: "account required pam_shells.so\n" + text):
        said = setup("--users", "one", "--yes", code=1)
        assert "a login of one by ssh without a terminal ended with 255" in said and "everything is back" in said, said
        assert "lets nobody in whose login shell isn't in /etc/shells" in said
        check_machine()
        said = setup("--users", "one", "--list-shell", "--yes")
        assert "tried: one logs in by ssh" in said and SHELL in open("/etc/shells").read(), said
        setup("--undo", "--yes")
        check_machine("after it is undone")


def setup_again_with_others_and_edits_between():
    """Other people by a second run; accounts change meanwhile; the undo takes our own lines back alone."""
    setup("--users", "one,two", "--yes")
    assert open("/etc/passwd").read().count(SHELL) == 2
    assert "nothing to change" in setup("--users", "one,two", "--yes")
    subprocess.run(["sed", "-i", "s/:Two:/:Zwei:/; $ a guest:x:61099:61099::/:/bin/sh", "/etc/passwd"], check=True)
    setup("--users", "two,three", "--yes")
    text = open("/etc/passwd").read()
    assert "one:x:61031:61031:One:/home/one:/bin/bash" in text and text.count(SHELL) == 2 and "61032 two /usr/bin/zsh" in open("/etc/akashi/login-shells").read()
    setup("--undo", "--yes")
    text = open("/etc/passwd").read()
    assert SHELL not in text and "akashi" not in text and "two:x:61032:61032:Zwei:/home/two:/usr/bin/zsh" in text and "guest:x:61099" in text
    subprocess.run(["sed", "-i", "s/:Zwei:/:Two:/; /^guest:/d", "/etc/passwd"], check=True)
    check_machine()


def setup_by_group():
    setup("--groups", "one", "--yes")
    assert open("/etc/passwd").read().count(SHELL) == 1
    setup("--undo", "--yes")
    check_machine()


@takes(400)
def setup_force_command():
    setup("--users", "one,two", "--way", "force-command", "--yes")
    try:
        wait("sshd is back", lambda: do("true")[0] == 0)
        for name in ("same_exit_status", "same_all_bytes_both_ways", "same_arguments_byte_for_byte", "same_environment", "same_scp_old_protocol", "same_scp_by_sftp", "same_sftp", "same_rsync",
                "same_git", "same_terminal_exit_status", "same_resize", "same_job_control", "same_agent_forwarding"):
            same(globals()[name](), PLAIN[name], name)

        # sshd greets (motd) only who asks for no command, and a forced one is one.
        same(same_without_a_command(), (5, "-bash\nlogin\nhBs\nnot a tty\n", ""), "without a command")
        made_ = recorded_after(lambda: same_keys())
        assert len(made_) == 1 and header(made_[0])["akashi"]["session"]["login"] == "yes", made_
        with made("/etc/ssh/sshd_config.d/90-lab.conf", ""), edited("/etc/ssh/sshd_config", lambda text: re.sub("(?m)^Subsystem.*$", "Subsystem sftp internal-sftp", text)):
            os.kill(machine.server.pid, signal.SIGHUP)
            wait("sshd is back", lambda: do("true")[0] == 0)
            same(same_sftp(), PLAIN["same_sftp"], "internal-sftp")
            same([line["program"] for line in transfers_of(lambda: same_sftp())], ["sftp"], "its line")
        os.kill(machine.server.pid, signal.SIGHUP)
        wait("sshd is back", lambda: do("true")[0] == 0)
    finally:
        setup("--undo", "--yes")
    wait("sshd is back", lambda: do("true")[0] == 0)
    check_machine()


@takes(240)
def setup_profile():
    setup("--users", "one", "--way", "profile", "--yes")
    try:
        made_ = recorded_after(lambda: same_keys())
        assert len(made_) == 1, made_
        for name in ("same_exit_status", "same_scp_old_protocol", "same_sftp", "same_terminal_exit_status", "same_resize", "same_job_control"):
            same(globals()[name](), PLAIN[name], name)
        subprocess.run(["systemctl", "stop", "akashi-recorder.service"])
        same(same_keys(), PLAIN["same_keys"], "without the service")
        same(recorded_after(lambda: Login("bash --noprofile -c 'echo unseen'").end()), [], "recordings of who doesn't want to")
    finally:
        setup("--undo", "--yes")
    check_machine()


def setup_interrupted():
    """Killed while the login is tried: the next run finds it and takes it back."""
    process = subprocess.Popen([AKASHI, "setup", "sessions", "--users", "one", "--yes"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait("accounts are changed", lambda: SHELL in open("/etc/passwd").read(), 30)
    process.kill()
    process.wait()
    done = subprocess.run([AKASHI, "setup", "sessions", "--undo", "--yes"], capture_output=True, text=True)
    assert "had been interrupted: everything is back" in done.stderr, done
    subprocess.run(["systemctl", "stop", "akashi-recorder.service"])
    shutil.rmtree("/var/lib/akashi/setup", ignore_errors=True)
    check_machine()


def setup_as_a_new_user_would():
    """The whole way: set up, work, look, undo. What setup tried is told from what the person did."""
    wait_done()
    before = set(recordings())
    setup("--users", "one", "--yes")
    wait_done()
    trials = [path for path in recordings() if path not in before]
    same([[header(path)["akashi"]["session"].get(name) for name in ("trial", "login", "address", "user")] for path in trials], [["yes", "yes", None, "one"]], "what setup tried")
    before = set(recordings())
    login = Login()
    login.type("PS1='p''s> '\n")
    login.expect("ps> ")
    login.type("echo fir\x7frst \x1b[D\x1b[D\x1b[C\x7fX\n")
    login.expect("ps> ")
    login.type("sudo -k id -un\n")
    login.expect("password for one: ")
    login.type(PASSWORD + "\n")
    login.expect("root\r\n")
    login.expect("ps> ")
    login.type("vim -u NONE -N notes\n")
    login.expect("~")
    login.type("ia note\x1b:wq\n")
    login.expect("ps> ")
    random_file(machine.lab + "/source", 50_000)
    lines = transfers_of(lambda: (local(*scp_words(machine.lab + "/source", "127.0.0.1:x", old=True)),
        local("rsync", "-e", "ssh " + " ".join(machine.options()), machine.lab + "/source", "127.0.0.1:y")))
    same([(line["program"], line["direction"]) for line in lines], [("scp", "in"), ("rsync", "in")], "transfers")
    path = next(path for path in recordings() if path not in before)
    assert "trial" not in header(path)["akashi"]["session"], header(path)
    said = login.ask(f"cat {path}; echo >>{path}; rm -f {path}; mv {path} x; chmod 777 {path}; truncate -s 0 {path}; true")
    same(said.count("Permission denied"), 6, said)
    same(login.leave(), 0, "exit status")
    wait_done()
    replay = subprocess.run([AKASHI, "replay", "--text", path], capture_output=True, text=True)
    assert "a note" in replay.stdout + shown(path) and PASSWORD not in replay.stdout and PASSWORD not in open(path).read(), replay
    verify = subprocess.run([AKASHI, "recordings", "verify", path], capture_output=True, text=True)
    assert verify.returncode == 0, verify
    for name in ("notes", "x", "y"):
        os.path.exists("/home/one/" + name) and os.remove("/home/one/" + name)
    for name in (".viminfo", ".sudo_as_admin_successful"):
        os.path.exists("/home/one/" + name) and os.remove("/home/one/" + name)
    setup("--undo", "--yes")
    check_machine()
    assert os.path.exists(path), "what was recorded stays"


# --- what it costs: only by --cost ------------------------------------------------------------------------------------------------------------------------------------------

def to_prompt(program, name):
    """Seconds from the start of a login shell on a new terminal, as sshd does it, to its prompt."""
    pid, master = pty.fork()
    if pid == 0:
        # A ses of its own, as pam_loginuid makes it.
        with open("/proc/self/loginuid", "w") as file:
            file.write("61031")
        os.fchown(0, 61031, 5)
        os.setresgid(61031, 61031, 61031)
        os.setgroups([])
        os.setresuid(61031, 61031, 61031)
        os.chdir("/home/one")
        os.write(1, b"@")
        os.execve(program, [name], {"TERM": "xterm", "HOME": "/home/one", "PATH": "/usr/bin:/bin", "PS1": "ps> "})
    seen = b""
    while b"@" not in seen:
        seen += os.read(master, 100)
    start = time.perf_counter()
    while b"ps> " not in seen:
        seen += os.read(master, 1000)
    took = time.perf_counter() - start
    os.write(master, b"exit\n")
    while True:
        try:
            if not os.read(master, 1000):
                break
        except OSError:
            break
    os.close(master)
    os.waitpid(pid, 0)
    return took


def cost(pairs=60):
    with open("/home/one/.bash_profile", "w") as file:
        file.write("PS1='ps> '\n")
    setup("--users", "one", "--yes")
    setup_done = [(to_prompt("/bin/bash", "-bash"), to_prompt(SHELL, "-akashi-login-shell")) for _ in range(pairs)]
    middle = lambda values, share: sorted(values)[int(len(values) * share)] * 1000
    plain, ours, more = [[pair[0] for pair in setup_done], [pair[1] for pair in setup_done], [pair[1] - pair[0] for pair in setup_done]]
    for share in (0.05, 0.25, 0.5):
        print(f"of {pairs} pairs, share {share}: plain {middle(plain, share):.1f} ms, recorded {middle(ours, share):.1f} ms, difference {middle(more, share):.1f} ms", flush=True)
    print("load", open("/proc/loadavg").read().strip())


# --- all of it ---------------------------------------------------------------------------------------------------------------------------------------------------------

PLAIN, START = {}, {}


def chosen(start, wanted):
    """Rows whose names begin so; of those that are asked for, by whole names or their beginnings."""
    rows = cases.named(sys.modules[__name__], [start])
    return {name: part for name, part in rows.items() if not wanted or any(name.startswith(word) for word in wanted)}


def attempt(part):
    return cases.attempt(part, seconds=getattr(part, "seconds", cases.CASE_SECONDS), after=Login.drop_all)


def fault_between(name, plain_fault, got, fault):
    """Why a row isn't as it's to be, with and without the recorder; None where it is."""
    if plain_fault or fault:
        return "without the recorder: " + plain_fault if plain_fault else fault
    plain, want = DIFFERS.get(name, (PLAIN[name], PLAIN[name]))
    return None if PLAIN[name] == plain and want in (None, got) else f"without: {PLAIN[name]!r}\nwith: {got!r}"


def run_setups(rows):
    global START
    START = state()
    failed = 0
    for name, part in rows.items():
        fault = attempt(part)[1]
        if fault is not None:
            subprocess.run([AKASHI, "setup", "sessions", "--undo", "--yes", "--force"], capture_output=True)
            START = state()
        failed += cases.report(name, fault)
    return failed


def run_all(wanted):
    rows = {**chosen("same_", wanted), **chosen("differs_", wanted)}
    faults = {}
    # What is set up in other ways is compared with what was without, too.
    needed = chosen("same_", []) if chosen("setup_", wanted) else {}
    for name, part in {**needed, **rows}.items():
        PLAIN[name], faults[name] = attempt(part)
    for name in (".bash_history", ".zsh_history", ".viminfo", ".sudo_as_admin_successful", ".Xauthority"):
        os.path.exists("/home/one/" + name) and os.remove("/home/one/" + name)
    failed = run_setups(chosen("setup_", wanted))
    own, audits = chosen("case_", wanted), chosen("audit_", wanted) if wanted else {}
    if rows or own or audits:
        setup("--users", "one,two,three", "--yes")
    for name, part in rows.items():
        got, fault = (None, None) if faults[name] else attempt(part)
        if "--table" in sys.argv:
            print(f"| {name.partition('_')[2].replace('_', ' ')} | {'the same' if name not in DIFFERS else f'{PLAIN[name]} / {got}'} |")
        failed += cases.report(name, fault_between(name, faults[name], got, fault))
    for name, part in {**audits, **own}.items():
        failed += cases.report(name, attempt(part)[1])
    return failed


def main():
    global machine
    akashi, yardsticks = sys.argv[1:3]
    programs = {name: open(os.path.join(os.path.dirname(akashi), name), "rb").read() for name in ("akashi", "akashi-login-shell")}
    machine = Machine(yardsticks)
    os.mkdir(os.path.dirname(AKASHI))
    for name, program in programs.items():
        with open(os.path.join(os.path.dirname(AKASHI), name), "wb") as file:
            file.write(program)
        os.chmod(os.path.join(os.path.dirname(AKASHI), name), 0o755)
    failed = 0
    try:
        machine.start_sshd()
        if "--cost" in sys.argv:
            cost()
        else:
            failed = run_all([word for word in sys.argv[3:] if not word.startswith("--")])
    finally:
        Login.drop_all()
        machine.end()
    shutil.rmtree(machine.lab, ignore_errors=True)
    sys.exit(failed)


main()
