#!/usr/bin/env python3
"""The recorder where things fail: services that are killed, full disks, floods, clocks, settings, directories.

    tests/lab/recorder_faults.py AKASHI [CASE...]

As tests/lab/recorder.py, whose logins it uses: root, a mount namespace of its own, "ok CASE" or "not ok CASE: why" a line. Cases that need more than ten seconds are called long_.
"""
import ctypes, glob, json, os, random, re, resource, signal, socket, struct, subprocess, sys, threading, time, traceback
import cases
import recorder as lab
from recorder import *

STATE, SESSIONS, STATUS = "/var/lib/akashi/recorder", "/run/akashi/recorder.sessions", "/run/akashi/recorder.status"


def unsaid(operation=None):
    """Records for the kernel's audit, as fields; they wait in a file, since the service has no right to it here."""
    found = []
    for line in open(STATE + "/unsaid"):
        fields = dict(field.split("=", 1) for field in line.strip().split(" ")[1:])
        for name in ("reason", "acct", "name"):
            value = fields.get(name, '""')
            fields[name] = value[1:-1] if value[0] == '"' else bytes.fromhex(value).decode()
        found.append(fields)
    return [fields for fields in found if operation in (None, fields["op"])]


def status():
    return dict(line.split(" ", 1) for line in open(STATUS).read().split("\n") if " " in line)


def packed():
    return cases.by_time(RECORDINGS + "/*.cast.zst")


def unpack(path):
    return subprocess.run(["/usr/local/lib/akashi", "recordings", "convert", "--force", path, "-"], capture_output=True).stdout


def verified(path):
    done = subprocess.run(["/usr/local/lib/akashi", "recordings", "verify", path], capture_output=True, text=True)
    return (done.stdout + done.stderr).split(": ", 1)[1].strip()


def is_append_only(path):
    return "a" in subprocess.run(["lsattr", path], capture_output=True, text=True).stdout.split(" ")[0]


def hear(service, *lines):
    """Gives the service another recorder.conf."""
    configure(*lines)
    mark = len(open("/run/service.log").read())
    service.process.send_signal(signal.SIGHUP)
    wait("it has read its settings", lambda: "recorder.conf" in open("/run/service.log").read()[mark:])


class ReadyService(Service):
    def listens(self):
        # Past its beginning: it has said that it is there.
        try:
            return super().listens() and int(status()["pid"]) == self.process.pid
        except OSError:
            return False


def private_kilobytes(pid):
    return sum(int(line.split()[1]) for line in open(f"/proc/{pid}/smaps_rollup") if line.startswith("Private"))


# --- what becomes of a recording ---------------------------------------------------------------------------------------------------------------------------------

def case_finished_recordings_are_packed(service):
    hear(service, "compress = zstd")
    login = Login()
    login.expect("$ ")
    login.ask("echo to be pac''ked")
    login.leave()
    wait("it is packed", lambda: packed() and not recordings())
    path = packed()[-1]
    assert verified(path).startswith("fine, "), verified(path)
    said = unsaid("session-recorded")[-1]
    same((said["name"] + ".zst", said["res"], said["gaps"], said["state"]), (os.path.basename(path), "success", "0", "whole"), "what the audit is told")
    assert said["hash"] in verified(path) and said["hash"] in open(STATE + "/finished").read()
    text = subprocess.run(["/usr/local/lib/akashi", "replay", "--text", path], capture_output=True, text=True).stdout
    assert "to be packed" in text, text
    same(is_append_only(path), True, "the flag")


def case_the_oldest_go_where_all_take_too_much(service):
    hear(service, "compress = zstd")
    for index in range(3):
        login = Login()
        login.expect("$ ")
        login.type("head -c 400000 /dev/urandom | base64 -w 70; echo; echo DO''NE\n")
        login.expect("DONE")
        login.leave()
        wait("it is packed", lambda: not recordings())
    before = packed()
    hear(service, "compress = zstd", "keep_size = 1")
    login = Login()
    login.expect("$ ")
    login.leave()
    wait("something is removed", lambda: unsaid("recording-removed"))
    removed = [said["name"] for said in unsaid("recording-removed")]
    wait("it is gone", lambda: not os.path.exists(f"{RECORDINGS}/{removed[-1]}"))
    same(removed, [os.path.basename(path) for path in before[:len(removed)]], "the oldest first")
    assert sum(os.stat(path).st_size for path in packed()) <= 1 << 20
    assert all(len(said["hash"]) == 64 and "keep_size" in said["reason"] for said in unsaid("recording-removed"))
    hear(service)


def case_a_login_that_does_not_wait_is_said_as_unrecorded(service):
    """Its login side is gone when the keeper is ready, which is held up here until then: the keeper ends with 3."""
    before, said = status(), len(unsaid("session-unrecorded"))
    program = lab.CLAIM + "claim(good, 0)\ntime.sleep(60)"
    limit = time.monotonic() + 60
    while len(unsaid("session-unrecorded")) == said:
        finished = len(unsaid("session-recorded"))
        # A keeper that was quicker than we are to stop it has recorded a session, and ends with it.
        assert time.monotonic() < limit, "no keeper was caught before it answered"
        login = Login(before=lambda: os.execv(lab.PYTHON, [lab.PYTHON, "-c", program]))
        wait("a keeper begins", keepers)
        caught = keepers()
        for pid in caught:
            os.kill(pid, signal.SIGSTOP)
        os.kill(login.pid, signal.SIGKILL)
        for pid in caught:
            os.kill(pid, signal.SIGCONT)
        wait("it ends", lambda: not keepers())
        login.drop()
        wait("its recording is looked after", lambda: len(unsaid("session-recorded")) > finished)
    record = unsaid("session-unrecorded")[-1]
    same(record["reason"], "the login didn't wait", "the reason")
    path = f"{RECORDINGS}/{record['name']}"
    wait("the service has counted it", lambda: int(status()["unrecorded"]) == int(before["unrecorded"]) + 1)
    assert f"the login of {path} didn't wait: it isn't recorded" in open("/run/service.log").read()
    wait("its file is closed", lambda: any(said["name"] == record["name"] and said["state"] == "closed" for said in unsaid("session-recorded")))


# --- the service goes, and comes back ----------------------------------------------------------------------------------------------------------------------------

@takes(540)
def long_service_killed_fifty_times_under_twenty_sessions(service):
    chance = random.Random(7)
    logins = [Login() for _ in range(20)]
    for login in logins:
        login.expect("$ ")
    terminals = [login.outer for login in logins]
    for login in logins:
        login.type("i=0; while [ -e /home/one/go ]; do echo line $i of $$; i=$((i+1)); sleep 0.05; done; echo la''st $i\n")
    stopped = threading.Event()

    def drain():
        while not stopped.is_set():
            for login in logins:
                login.read(0)
            time.sleep(0.01)

    reader = threading.Thread(target=drain)
    reader.start()
    for _ in range(50):
        time.sleep(chance.random() / 10)
        service.end(signal.SIGKILL)
        service.__init__()
    same(int(status()["live"]), 20, "sessions that the last service knows")
    os.remove("/home/one/go")
    stopped.set()
    reader.join()
    for login in logins:
        login.expect("last ")
        login.leave()
    wait("all are finished", lambda: len(unsaid("session-recorded")) >= 20 and not live())
    for path in recordings()[-20:]:
        assert verified(path).startswith("fine, "), (path, verified(path))
        numbers = [int(number) for number in re.findall(r"line (\\d+) of \\d+\\r", shown(path))]
        same(numbers, list(range(len(numbers))), f"lines of {path}")
    same(os.listdir(SESSIONS), [], "notes of sessions")
    same(keepers(), [], "keepers")
    assert len(unsaid("recorder-away")) >= 50 and all(said["end"] == "killed" for said in unsaid("recorder-away")[-50:])


def case_terminals_are_given_back_after_a_kill(service):
    # A console or a terminal that outlives its login: the next service gives it back, also where the session ended while none ran.
    login, ended = Login(), Login()
    login.expect("$ ")
    ended.expect("$ ")
    # The master held here keeps the terminal there.
    held = os.open(ended.outer, os.O_RDWR | os.O_NOCTTY)
    other = os.open(login.outer, os.O_RDWR | os.O_NOCTTY)
    service.end(signal.SIGKILL)
    ended.type("exit\n")
    assert os.waitpid(ended.pid, 0)[0]
    wait("its keeper ends", lambda: len(keepers()) == 1)
    assert os.fstat(held).st_uid > 2_000_000_000
    service.__init__()
    same((os.fstat(held).st_uid, os.fstat(held).st_mode & 0o777), (UID, 0o620), "the ended one's terminal")
    assert os.fstat(other).st_uid > 2_000_000_000
    login.type("exit\n")
    assert os.waitpid(login.pid, 0)[0]
    wait("the other one's terminal is given back", lambda: (os.fstat(other).st_uid, os.fstat(other).st_mode & 0o777) == (UID, 0o620))
    for descriptor in (held, other, login.master, ended.master):
        os.close(descriptor)
    Login.alive.clear()


class KeptSocket:
    """What systemd does for akashi-recorder.socket: holds the socket, and starts the service with it as descriptor 3."""

    def __init__(self):
        if os.path.exists(SOCKET):
            os.remove(SOCKET)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.bind(SOCKET)
        os.chmod(SOCKET, 0o666)
        self.socket.listen(128)
        self.log = open("/run/service.log", "ab")
        self.start()

    def start(self):
        program = "import os,sys; os.dup2(int(sys.argv[1]), 3); os.environ['LISTEN_PID']=str(os.getpid()); os.environ['LISTEN_FDS']='1'; os.execv(sys.argv[2], sys.argv[2:])"
        mark = len(open("/run/service.log").read())
        self.process = subprocess.Popen(["setpriv", "--bounding-set", "-audit_write", PYTHON, "-c", program, str(self.socket.fileno()), "/usr/local/lib/akashi", "recorder"],
            stderr=self.log, start_new_session=True, pass_fds=[self.socket.fileno()])
        wait("the service is ready", lambda: "ready;" in open("/run/service.log").read()[mark:])

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(10)


def case_planned_restarts_lose_no_claim(service):
    service.end()
    kept = KeptSocket()
    try:
        unrecorded = len(unsaid("session-unrecorded"))
        for _ in range(10):
            logins = [Login() for _ in range(4)]
            kept.end()
            logins += [Login() for _ in range(4)]
            kept.start()
            for login in logins:
                login.expect("$ ")
                assert login.ask("tty") != login.outer, "a login went unrecorded"
            for login in logins:
                login.leave()
        wait_done()
        same(len(unsaid("session-unrecorded")), unrecorded, "unrecorded sessions")
        assert not [said for said in unsaid("recorder-away") if said["waiting"] == "kept"], "a short planned restart is no absence"
    finally:
        kept.end()
        kept.socket.close()
        service.__init__()


def case_the_time_without_a_service_is_said(service):
    before = time.time()
    service.end(signal.SIGKILL)
    login = Login()
    login.expect("$ ")
    same(login.ask("tty"), login.outer, "degrade")
    service.__init__()
    wait("it is said", lambda: unsaid("recorder-away"))
    said = unsaid("recorder-away")[-1]
    assert float(said["from"]) <= before + 0.1 and float(said["until"]) >= before and said["end"] == "killed" and said["res"] == "failed", said
    login.leave()


def case_what_the_audit_is_not_told_yet_is_kept(service):
    before = unsaid()
    service.end(signal.SIGKILL)
    service.__init__()
    same(unsaid()[:len(before)], before, "records that wait")
    assert int(status()["unsaid"]) >= len(before)


# --- keepers ------------------------------------------------------------------------------------------------------------------------------------------------------

def case_a_killed_keepers_file_is_ended(service):
    login = Login()
    login.expect("$ ")
    login.ask("echo before the e''nd")
    path = live()[0]
    wait("it is written", lambda: "before the end" in shown(path))
    os.kill(keeper(), signal.SIGKILL)
    login.end()
    wait("it is finished", lambda: unsaid("session-recorded") and unsaid("session-recorded")[-1]["name"] == os.path.basename(path))
    said = unsaid("session-recorded")[-1]
    same((said["state"], said["res"]), ("closed", "failed"), "what the audit is told")
    assert verified(path).startswith("the end is missing: what came then was not recorded; closed 2"), verified(path)
    assert "before the end" in shown(path) and lines(path)[-2][1] == "k"


def case_a_killed_keepers_file_is_ended_by_the_next_service(service):
    login = Login()
    login.expect("$ ")
    path = live()[0]
    service.end(signal.SIGKILL)
    os.kill(keeper(), signal.SIGKILL)
    login.end()
    service.__init__()
    wait("it is finished", lambda: os.path.basename(path) in open(STATE + "/finished").read())
    assert verified(path).startswith("the end is missing: what came then"), verified(path)


def case_a_stopped_keeper_stops_its_own_session_alone(service):
    first = Login()
    first.expect("$ ")
    stopped = keeper()
    os.kill(stopped, signal.SIGSTOP)
    try:
        second = Login()
        second.expect("$ ")
        second.ask("echo goes on")
        second.leave()
        service.end(signal.SIGKILL)
        service.__init__()
        first.type("echo typed while it sto''od\n")
        time.sleep(0.2)
        assert first.read(0.1) is None
    finally:
        os.kill(stopped, signal.SIGCONT)
    first.expect("typed while it stood")
    first.leave()
    wait_done()
    assert all(verified(path).startswith("fine, ") for path in recordings()[-2:])


def case_keepers_cannot_reach_one_another(service):
    logins = [Login(), Login()]
    for login in logins:
        login.expect("$ ")
    first, second = keepers()
    program = """
import os, resource, signal, sys
for pid in map(int, sys.argv[1:]):
    for act in (lambda: os.kill(pid, 0), lambda: os.kill(pid, signal.SIGCONT), lambda: signal.pidfd_send_signal(os.pidfd_open(pid), 0),
            lambda: resource.prlimit(pid, resource.RLIMIT_CPU, (100000, 100000)), lambda: os.setpriority(os.PRIO_PROCESS, pid, 19), lambda: os.sched_setaffinity(pid, {0})):
        try: act(); print("done", end=" ")
        except OSError as fault: print(fault.errno, end=" ")
"""
    # What a keeper that was taken over could do to itself, and to the other.
    said = as_user(program, uid=2_100_000_000 + first, words=[first, second]).split()
    same(said[:3] + said[4:6], ["done"] * 5, "its own")
    same([word for word in said[6:] if word not in ("1", "13")], [], "the other's")
    for login in logins:
        login.leave()


# --- what is left out ---------------------------------------------------------------------------------------------------------------------------------------------

def check_flood(service, command, *limits):
    hear(service, *limits)
    login = Login()
    login.expect("$ ")
    path = live()[0]
    login.type(command + "; echo; echo FLOOD''ED\n")
    login.expect("FLOODED", seconds=60)
    time.sleep(2.2)
    same(login.ask("echo the session goes on"), "the session goes on", "after")
    login.leave()
    wait_done()
    events = lines(path)[1:]
    gaps = [event[2].split(" ") for event in events if event[1] == "g"]
    kept = sum(len(event[2].encode()) for event in events if event[1] == "o")
    assert verified(path).startswith(f"fine, but {len(gaps)} gap"), verified(path)
    return path, gaps, kept, next(event[2] for event in events if event[1] == "e")


def case_a_flood_is_counted_and_left_out(service):
    path, gaps, kept, end = check_flood(service, "head -c 6000000 /dev/zero | tr '\\0' 'z'", "flood_rate = 64", "flood_burst = 1")
    same({gap[2] for gap in gaps}, {"rate"}, "the cause")
    same(end, f"o={kept + sum(int(gap[1]) for gap in gaps)} i=0", "the counts")
    # The burst, the rate for as long as it took, and what is owed for one event; a machine under load takes long.
    seconds = sum(event[0] for event in lines(path)[1:])
    assert os.stat(path).st_size < (1 << 20) + (64 << 10) * (seconds + 1) + 500_000, (os.stat(path).st_size, seconds)
    assert "the session goes on" in shown(path), "recorded again once it is calm"


def case_a_session_has_a_size(service):
    path, gaps, kept, end = check_flood(service, "head -c 8000000 /dev/zero | tr '\\0' 'z'", "flood_rate = 0", "session_size = 1")
    same({gap[2] for gap in gaps}, {"size"}, "the cause")
    same(end, f"o={kept + sum(int(gap[1]) for gap in gaps)} i=0", "the counts")
    assert os.stat(path).st_size < 2 << 20 and "the session goes on" not in shown(path)
    hear(service)


def case_no_session_is_begun_on_a_full_disk(service):
    hear(service, "min_free = 99999999")
    login = Login()
    login.expect("$ ")
    same(login.ask("tty"), login.outer, "degrade")
    said = unsaid("session-unrecorded")[-1]
    assert "min_free = 99999999" in said["reason"] and (said["acct"], said["old_uid"], said["rec_ses"]) == ("akashi-one", str(UID), str(lab.SES)), said
    wait("it is said", lambda: unsaid("recorder-disk-low"))
    login.leave()
    hear(service)
    wait("there is room again", lambda: unsaid("recorder-disk-room"))
    login = Login()
    login.expect("$ ")
    assert login.ask("tty") != login.outer
    login.leave()


def case_strict_lets_in_those_who_are_named_and_is_said_as_it_is(service):
    hear(service, "min_free = 99999999", "policy = strict", "break_glass_group = adm")
    refused, unrecorded = len(unsaid("session-refused")), len(unsaid("session-unrecorded"))
    login = Login()
    same(login.end(), 1, "strict")
    assert b"must be recorded" in login.seen
    same((len(unsaid("session-refused")), len(unsaid("session-unrecorded"))), (refused + 1, unrecorded), "what the audit is told")
    with open("/etc/group") as file:
        groups = file.read()
    with open("/etc/group", "w") as file:
        file.write(re.sub(r"^(adm:.*)$", lambda line: line[1] + ("" if line[1].endswith(":") else ",") + "akashi-one", groups, flags=re.M))
    try:
        login = Login()
        login.expect("$ ")
        same(login.ask("tty"), login.outer, "a member of the named group")
        login.leave()
        same((len(unsaid("session-refused")), len(unsaid("session-unrecorded"))), (refused + 1, unrecorded + 1), "what the audit is told")
    finally:
        with open("/etc/group", "w") as file:
            file.write(groups)
    login = Login(uid=0)
    login.expect("# ")
    login.leave()
    hear(service)


def case_connections_that_say_nothing_keep_no_login_out(service):
    """The person's own, without a pause, and those of forty others: eight each are more than the service holds."""
    program = """
import socket, sys, threading
threading.Thread(target=sys.stdin.read).start()
held = []
print("begun", flush=True)
while threading.active_count() > 1:
    held = [s for s in held if not gone(s)]
    while len(held) < 10:
        s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        s.setblocking(False)
        try: s.connect("/run/akashi/recorder")
        except OSError: break
        held.append(s)
    threading.Event().wait(0.01)
"""
    gone = """
def gone(s):
    try: return s.recv(100) is not None
    except BlockingIOError: return False
    except OSError: return True
"""
    before, said = int(status()["unrecorded"]), len(unsaid("session-unrecorded"))
    for users in ([lab.UID], range(62000, 62040)):
        count = len(recordings())
        holders = [subprocess.Popen([lab.PYTHON, "-c", gone + program], user=uid, group=uid, extra_groups=[], stdin=subprocess.PIPE, stdout=subprocess.PIPE) for uid in users]
        try:
            for holder in holders:
                holder.stdout.readline()
            for _ in range(4):
                login = Login()
                login.expect("$ ")
                assert login.ask("tty") != login.outer, "it isn't recorded"
                login.leave()
        finally:
            for holder in holders:
                holder.stdin.close()
            for holder in holders:
                holder.wait(20)
        same(len(recordings()), count + 4, "recordings")
    wait("those that were turned away are counted", lambda: int(status()["unrecorded"]) > before)
    reasons = {record["reason"] for record in unsaid("session-unrecorded")[said:]}
    assert "too many connections at once, and this one had not made its claim" in reasons, reasons


def case_a_read_only_disk(service):
    service.end()
    run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "none", RECORDINGS)
    try:
        configure("min_free = 0")
        service.__init__()
        run("mount", "-o", "remount,ro", RECORDINGS)
        login = Login()
        login.expect("$ ")
        same(login.ask("tty"), login.outer, "degrade")
        login.leave()
        assert "Read-only file system" in unsaid("session-unrecorded")[-1]["reason"], unsaid("session-unrecorded")[-1]
        run("mount", "-o", "remount,rw", RECORDINGS)
        login = Login()
        login.expect("$ ")
        assert login.ask("tty") != login.outer
        login.leave()
        wait_done()
    finally:
        service.end()
        run("umount", RECORDINGS)
        configure()
        service.__init__()


def case_the_directory_is_moved_away(service):
    login = Login()
    login.expect("$ ")
    path = live()[0]
    moved = RECORDINGS + ".moved"
    os.rename(RECORDINGS, moved)
    login.ask("echo still rec''orded")
    other = Login()
    other.expect("$ ")
    assert other.ask("tty") != other.outer, "into a new directory"
    same((os.stat(RECORDINGS).st_uid, os.stat(RECORDINGS).st_mode & 0o777), (0, 0o700), "the new directory")
    for ended in (login, other):
        ended.leave()
    wait("both are done", lambda: not keepers())
    assert unsaid("recordings-missing")
    path = f"{moved}/{os.path.basename(path)}"
    assert "still recorded" in shown(path) and verified(path).startswith("fine, ")
    service.end()
    os.rename(RECORDINGS, moved + ".new")
    os.rename(moved, RECORDINGS)
    service.__init__()


# --- settings, names, crowds --------------------------------------------------------------------------------------------------------------------------------------

def case_broken_settings_change_nothing(service):
    hear(service, "policy = strict")
    hear(service, "policy = lax", "flood_burst = 0")
    log = open("/run/service.log").read()
    assert "recorder.conf:2: policy is 'lax', not one of degrade, strict, off" in log and "recorder.conf:3: flood_burst is '0', not a number from 1 to" in log, log[-600:]
    assert "recorder.conf is wrong: goes on as before\n" in log, log[-300:]
    wait("the status knows", lambda: (status()["configuration_faults"], status()["policy"]) == ("2", "strict"), seconds=15)
    done = subprocess.run(["/usr/local/lib/akashi", "recorder", "--check"], capture_output=True, text=True)
    same((done.returncode, len(done.stdout.strip().split("\n"))), (1, 2), done.stdout)
    hear(service)
    done = subprocess.run(["/usr/local/lib/akashi", "recorder", "--check"], capture_output=True, text=True)
    same((done.returncode, done.stdout), (0, "/etc/akashi/recorder.conf: fine\n"), "--check")


def case_without_a_descriptor_left_logins_are_said_as_unrecorded(service):
    """From one left, so that each step of a claim meets the limit once: the connection, the terminal, the process, /proc, the keeper's."""
    pid = service.process.pid
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    for left in range(1, 9):
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (free_from(pid, left), before[1]))
        login = Login()
        login.expect("$ ")
        login.leave()
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
        same(service.process.poll(), None, f"the service with {left} descriptors left")
    reasons = {record["reason"] for record in unsaid("session-unrecorded")}
    assert "Too many open files" in " ".join(reasons), reasons
    login = Login()
    login.expect("$ ")
    assert login.ask("tty") != login.outer, "it isn't recorded"
    login.leave()
    wait_done()


def free_from(pid, left):
    """The limit under which so many descriptors are free."""
    used, limit = {int(name) for name in os.listdir(f"/proc/{pid}/fd")}, 0
    while left or limit in used:
        left -= limit not in used
        limit += 1
    return limit


HANG = """
#include <nss.h>
#include <pwd.h>
#include <unistd.h>
#include <stddef.h>
static void hang(void) { while (access("/run/hang", F_OK) == 0) usleep(10000); }
enum nss_status _nss_hang_getpwuid_r(uid_t u, struct passwd *p, char *b, size_t n, int *e) { hang(); return NSS_STATUS_NOTFOUND; }
enum nss_status _nss_hang_getpwnam_r(const char *u, struct passwd *p, char *b, size_t n, int *e) { hang(); return NSS_STATUS_NOTFOUND; }
enum nss_status _nss_hang_getgrnam_r(const char *u, void *p, char *b, size_t n, int *e) { hang(); return NSS_STATUS_NOTFOUND; }
"""


def case_a_directory_server_that_hangs_delays_no_login(service):
    service.end()
    os.makedirs("/run/nss", exist_ok=True)
    with open("/run/nss/hang.c", "w") as file:
        file.write(HANG)
    run("gcc", "-shared", "-fPIC", "-o", "/run/nss/libnss_hang.so.2", "/run/nss/hang.c")
    saved = open("/etc/nsswitch.conf").read()
    with open("/etc/nsswitch.conf", "w") as file:
        file.write("passwd: hang files\ngroup: hang files\n")
    os.environ["LD_LIBRARY_PATH"] = "/run/nss"
    try:
        service.__init__()
        open("/run/hang", "w").close()
        hear(service, "break_glass_group = nobody-has-it")
        times = []
        for _ in range(5):
            began = time.monotonic()
            login = Login()
            login.expect("$ ")
            times.append(time.monotonic() - began)
            assert login.ask("tty") != login.outer
            login.leave()
        assert "libnss_hang" in open(f"/proc/{service.process.pid}/maps").read()
        assert max(times) < 1.5, times
        wait_done()
        same(lines(recordings()[-1])[0]["akashi"]["session"]["user"], str(UID), "a name that doesn't come is a number")
    finally:
        del os.environ["LD_LIBRARY_PATH"]
        os.path.exists("/run/hang") and os.remove("/run/hang")
        with open("/etc/nsswitch.conf", "w") as file:
            file.write(saved)
        service.end()
        configure()
        service.__init__()


@takes(540)
def long_ten_thousand_hand_made_claims(service):
    login = Login()
    login.expect("$ ")
    files = len(os.listdir(f"/proc/{service.process.pid}/fd"))
    count = len(unsaid())
    program = lab.CLAIM + """
master, slave = os.openpty()
null = os.open("/dev/null", os.O_RDWR)
for index in range(10000):
    claim([good, b"x" * 100, None][index % 3] if index % 3 != 2 else b"", *[[slave], [null], [slave] * 3, []][index % 4])
"""
    attack = subprocess.Popen([PYTHON, "-c", program.replace("s.settimeout(5)", "s.settimeout(0.001 if message == b'' else 5)")], user=OTHER, group=OTHER)
    times = []
    while attack.poll() is None:
        began = time.monotonic()
        other = Login()
        other.expect("$ ")
        times.append(time.monotonic() - began)
        assert other.ask("tty") != other.outer
        other.leave()
    same(attack.returncode, 0, "the claims")
    assert len(times) >= 3 and max(times) < 3, times
    print(f"# {len(times)} logins meanwhile, the slowest {max(times):.2f} s", flush=True)
    login.leave()
    wait_done()
    wait("the service lets go of what it was sent", lambda: len(os.listdir(f"/proc/{service.process.pid}/fd")) <= files)
    refusals = [said for said in unsaid()[count:] if said["op"].startswith("session-") and said["old_uid" if "old_uid" in said else "op"] == str(OTHER)]
    assert len(refusals) <= 30, f"{len(refusals)} records of one user's claims"


@takes(540)
def long_a_thousand_sessions_leave_nothing(service):
    hear(service, "compress = zstd")
    pid = service.process.pid
    figures = []
    for index in range(1001):
        login = Login(words=["-c", "true"], argv0="akashi-login-shell")
        same(login.end(), 0, "exit")
        if index % 200 == 0:
            wait("all is packed", lambda: not recordings() and not keepers(), seconds=60)
            figures.append((private_kilobytes(pid), len(os.listdir(f"/proc/{pid}/fd")), len(os.listdir(f"/proc/{pid}/task"))))
    print(f"# private KB, descriptors, threads after 1, 201 … 1001 sessions: {figures}", flush=True)
    same(os.listdir(SESSIONS), [], "notes of sessions")
    assert figures[-1][0] - figures[1][0] < 4096, figures
    assert figures[-1][1] <= figures[1][1], figures
    same(subprocess.run(["ps", "--no-headers", "--ppid", str(pid)], stdout=subprocess.PIPE).stdout, b"", "children")
    assert len(packed()) >= 1000
    hear(service)


# --- with the kernel's own audit: whoever runs it holds its lock -------------------------------------------------------------------------------------------------

NETLINK_AUDIT, AUDIT_GET, AUDIT_SET, TRUSTED_APP = 9, 1000, 1001, 1121


def ask_audit(kind, body=b""):
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_AUDIT) as asking:
        asking.settimeout(5)
        asking.sendto(struct.pack("IHHII", 16 + len(body), kind, 5, 1, 0) + body, (0, 0))
        while True:
            answer = asking.recv(9000)
            if struct.unpack_from("H", answer, 4)[0] == (kind if kind == AUDIT_GET else 2):
                return answer[16:]


def set_audit(enabled):
    ask_audit(AUDIT_SET, struct.pack("10I", 1, enabled, *[0] * 8))


class AuditingService(ReadyService):
    words = ["/usr/local/lib/akashi", "recorder"]


def live_records_reach_the_kernels_audit(service):
    # flock /run/akashi-audit.lock tests/lab/recorder_faults.py AKASHI live_records_reach_the_kernels_audit
    enabled, _, pid = struct.unpack_from("3I", ask_audit(AUDIT_GET), 4)
    assert (enabled, pid) == (0, 0), "the kernel's audit is in use"
    waiting = len(unsaid())
    assert waiting > 0
    service.end()
    hears = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_AUDIT)
    hears.bind((0, 1))
    hears.settimeout(0.2)
    records = []

    def said(operation):
        try:
            while True:
                message = hears.recv(9000)
                if struct.unpack_from("H", message, 4)[0] == TRUSTED_APP:
                    records.append(message[16:].decode().rstrip("\0\n"))
        except TimeoutError:
            return [record for record in records if f"op={operation} " in record]

    auditing = AuditingService()
    try:
        time.sleep(0.5)
        same(said("recorder-start"), [], "while it is off")
        set_audit(1)
        wait("what waited is said, with its time", lambda: len([record for record in said("recorder-start") if " at=" in record]) >= 1, seconds=30)
        login = Login()
        login.expect("$ ")
        login.leave()
        wait("the recording is said", lambda: said("session-recorded"))
        wait("nothing waits any more", lambda: not unsaid())
        record = said("session-recorded")[-1]
        assert f"pid={auditing.process.pid} uid=0 " in record and record.endswith("state=whole res=success'") and " at=" not in record, record
        os.kill(auditing.process.pid, signal.SIGHUP)
    finally:
        set_audit(0)
        auditing.end()
        service.__init__()
    print("# " + record, flush=True)


def main():
    # Cases of half a minute and more are asked for one by one.
    directory = make_machine(os.path.abspath(sys.argv[1]), seconds=600)
    wanted = sys.argv[2:]
    starts = ["case_"] if wanted == ["short"] else ["case_", "long_"] if not wanted else ["case_", "long_", "live_"]
    chosen = cases.named(sys.modules[__name__], starts, [] if wanted == ["short"] else wanted)
    configure()
    service = ReadyService()
    lab.SES = new_ses()

    def start_anew():
        configure()
        service.process.poll() is None and service.end()
        service.__init__()

    def after():
        open("/home/one/go", "w").close()
        lab.end_logins()

    open("/home/one/go", "w").close()
    failed = cases.run(chosen, service, after=after, mend=start_anew)
    service.end()
    os.chdir("/")
    shutil.rmtree(directory, ignore_errors=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
