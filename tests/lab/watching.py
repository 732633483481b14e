#!/usr/bin/env python3
"""Looking at other people's sessions: recorder, auditd and kernel are real; see recorder.py for the machine it's done on.

    tests/lab/watching.py AKASHI [CASE...]

As root, with the kernel's audit free: auditd takes it, without rules, and gives it back. Output and exit code as recorder.py's. AKASHI_LAB_FIGURES=1 prints what was measured.
"""
import fcntl, json, os, re, signal, statistics, struct, subprocess, sys, termios, time, traceback
import cases
import recorder as lab
from terminal import Terminal
from recorder import OTHER, UID, Login, Service, as_user, live, recordings, same, wait, wait_done

AKASHI, TRAIL = "/usr/local/lib/akashi", "/var/log/audit/audit.log"


def tool(*words, uid=0, gid=None, groups=()):
    done = subprocess.run([AKASHI, *words], user=uid, group=uid if gid is None else gid, extra_groups=list(groups), capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout, done.stderr


class Auditd:
    def start(self):
        self.process = subprocess.Popen([AKASHI, "auditd", "-n"], stderr=open("/run/auditd.log", "ab"), start_new_session=True)
        wait("auditd listens", lambda: tool("status")[0] in (0, 1))
        return self

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def looks():
    """Records of looks, as dictionaries; what is in the trail by now."""
    found = []
    for line in open(TRAIL, errors="replace"):
        if line.startswith("type=TRUSTED_APP"):
            found.append(dict(re.findall(r"([a-z_]+)=(\"[^\"]*\"|[^ ']+)", line.partition("msg='")[2])))
    return found


def new_look(before):
    wait("a record of the look", lambda: len(looks()) > before)
    return looks()[-1]


def recorded(text):
    login = Login()
    login.expect("$ ")
    login.ask(f"echo {text}")
    login.leave()
    wait_done()
    return os.path.basename(recordings()[-1])[:-5]


def case_listed(auditd):
    login = Login()
    login.expect("$ ")
    shown = [json.loads(line) for line in tool("recordings", "--json", "--state", "live")[1].splitlines()]
    same([(row["user"], row["auid"], row["ses"], row["state"], row["login"]) for row in shown], [("akashi-one", str(UID), str(lab.SES), "live", "yes")])
    login.type("exit 7\n")
    login.end()
    wait_done()
    rows = [json.loads(line) for line in tool("recordings", "--json", "--user", "akashi-one")[1].splitlines()]
    same((rows[-1]["state"], rows[-1]["exit"], rows[-1]["doubt"]), ("finished", "7", None), rows[-1])
    same(tool("recordings", "--user", "nobody", "--csv")[1].count("\n"), 1)
    assert "finished" in tool("recordings")[1]


def case_root_reads_and_it_is_recorded(auditd):
    name, before = recorded("for root''s eyes"), len(looks())
    code, text, error = tool("replay", "--text", name)
    assert code == 0 and "for roots eyes" in text, (code, text, error)
    look = new_look(before)
    same((look["op"], look["acct"], look["id"], look["rec_ses"], look["suid"], look["sauid"], look["sses"], look["recording"], look["res"]),
         ("recording-read", '"akashi-one"', str(UID), str(lab.SES), "0", str(UID), str(lab.SES), f'"{name}"', "success"), look)
    code, text, error = tool("replay", "--cat", name)
    same(text, open(f"{lab.RECORDINGS}/{name}.cast").read())


def case_searched_by_text(auditd):
    name, before = recorded("a needle in hay"), len(looks())
    code, text, error = tool("recordings", "--text", "NEEDLE in", "--json")
    same((code, error, [json.loads(line)["name"] for line in text.splitlines()]), (0, "", [name]))
    wait("a record of the search", lambda: any(look["op"] == "recording-search" and look["recording"] == f'"{name}"' for look in looks()[before:]))


def case_a_member_of_the_group_reads(auditd):
    name, before = recorded("for the group"), len(looks())
    code, text, error = tool("replay", "--text", name, uid=OTHER)
    assert code == 0 and "for the group" in text, (code, text, error)
    same(new_look(before)["suid"], str(OTHER))
    assert name in tool("recordings", "--json", uid=OTHER)[1]
    # Only what was handed out, and only to be read.
    said = as_user("import sys\ntry: open(sys.argv[1])\nexcept OSError as e: print(e.strerror)", uid=OTHER, words=[f"{lab.RECORDINGS}/{name}.cast"])
    same(said, "Permission denied")
    held = len(os.listdir(f"/proc/{auditd.process.pid}/fd"))
    for _ in range(50):
        tool("replay", "--cat", name)
    wait("descriptors are let go", lambda: len(os.listdir(f"/proc/{auditd.process.pid}/fd")) <= held)


def case_who_gets_one_can_only_read(auditd):
    name = recorded("read only")
    program = """
import array, fcntl, os, socket, sys
s = socket.socket(socket.AF_UNIX); s.connect('/run/akashi/control'); s.send(b'akashi 1 recording read ' + sys.argv[1].encode() + b'\\n')
data, given, flags, address = s.recvmsg(300, socket.CMSG_SPACE(4))
fd = array.array('i', given[0][2])[0]
print(data, fcntl.fcntl(fd, fcntl.F_GETFL) & 3, os.read(fd, 10))
for what in (lambda: os.write(fd, b'x'), lambda: os.open('/proc/self/fd/%d' % fd, os.O_WRONLY), lambda: os.open('/proc/self/fd/%d' % fd, os.O_RDONLY),
             lambda: os.ftruncate(fd, 0), lambda: os.fchmod(fd, 0o666), lambda: os.link('/proc/self/fd/%d' % fd, '/home/two/x', follow_symlinks=True)):
    try: what(); print('WORKED')
    except OSError as e: print(e.errno)
"""
    said = as_user(program, uid=OTHER, words=[name]).splitlines()
    same(said[0], repr(b"akashi 1 ok 0\n") + " 0 " + repr(b'{"version"'))
    assert len(said) == 7 and "WORKED" not in said, said


def case_others_are_refused_and_recorded(auditd):
    name, before = recorded("not for its user"), len(looks())
    code, text, error = tool("replay", "--text", name, uid=UID)
    assert code == 1 and "for root, and for the recordings_group" in error and text == "", (code, text, error)
    code, text, error = tool("recordings", uid=UID)
    assert code == 1 and text == "", (code, text, error)
    program = "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect('/run/akashi/control'); s.send(b'akashi 1 recording watch '+sys.argv[1].encode()+b'\\n'); print(s.recv(300))"
    assert "refused" in as_user(program, words=[name])
    look = new_look(before)
    same((look["op"], look["res"], look["suid"]), ("recording-watch", "failed", str(UID)), look)
    for other in ("../../etc/shadow", "..", "", "a/b", "x" * 500, "-", "\\x00"):
        assert "refused" in as_user(program, words=[other]), other


def case_no_record_no_look(auditd):
    name = recorded("unseen")
    same(tool("auditctl", "-e", "0")[0], 0)
    try:
        code, text, error = tool("replay", "--text", name)
        assert code == 1 and text == "" and "can't be recorded: the kernel's audit is off" in error, (code, text, error)
    finally:
        same(tool("auditctl", "-e", "1")[0], 0)
    assert "unseen" in tool("replay", "--text", name)[1]


def case_no_service_no_look(auditd):
    recorded("another")
    name = recorded("alone")
    auditd.end()
    try:
        code, text, error = tool("replay", "--text", name)
        assert code == 1 and text == "" and "no service answers" in error, (code, text, error)
        # One reason, however many sessions; and that none shows it isn't known.
        code, text, error = tool("recordings", "--text", "alone")
        assert code == 1 and text == "" and len(recordings()) > 1 and error.count("no service answers") == 1 and error.count("\n") == 2, (code, text, error)
    finally:
        auditd.start()


def watch(word):
    return Terminal(lambda: os.execve(AKASHI, ["akashi", "replay", "--live", word], {"TERM": "xterm", "PATH": "/usr/bin:/bin"}), rows=32)


def case_watched_live_from_the_middle(auditd):
    login = Login()
    login.expect("$ ")
    login.ask("clear; echo on the screen by now")
    before = len(looks())
    watcher = watch(os.path.basename(live()[0])[:-5])
    watcher.expect("on the screen by now")
    watcher.expect(" live ")
    same(new_look(before)["op"], "recording-watch")
    times = []
    login.ask("PS1=; stty -echo; clear")
    while watcher.read(0.3):
        pass
    login.type("cat\n")
    wait("cat runs", lambda: any(lab.stats("cat")))
    for number in range(100):
        watcher.seen = b""
        mark = f"<{number}>"
        began = time.monotonic()
        # The shell's terminal shows it when cat gets the line.
        login.type(mark + "\n")
        watcher.expect(mark)
        times.append(time.monotonic() - began)
        time.sleep(0.12)
    median, most = statistics.median(times) * 1000, max(times) * 1000
    if os.environ.get("AKASHI_LAB_FIGURES"):
        print(f"key to watcher: median {median:.1f} ms, most {most:.1f} ms", flush=True)
    assert median < 50, (median, most)
    login.type("\x04")
    login.leave()
    watcher.expect("the session has ended")
    watcher.type("q")
    watcher.end()


def case_who_watches_slowly_slows_nobody(auditd):
    def flood():
        login.type("head -c 3000000 /dev/zero | tr '\\0' 'z'; echo; echo FLOOD''ED\n")
        began = time.monotonic()
        login.expect("FLOODED", seconds=60)
        return time.monotonic() - began

    login = Login()
    login.expect("$ ")
    alone = flood()
    # They never read what they are shown; one is stopped besides.
    watchers = [watch(os.path.basename(live()[0])[:-5]) for _ in range(3)]
    for watcher in watchers:
        watcher.expect(" live ")
    os.kill(watchers[0].pid, signal.SIGSTOP)
    watched = flood()
    if os.environ.get("AKASHI_LAB_FIGURES"):
        print(f"3 MB shown: {alone:.2f} s unwatched, {watched:.2f} s with three who don't read", flush=True)
    assert watched < alone * 3 + 1, (alone, watched)
    os.kill(watchers[0].pid, signal.SIGCONT)
    login.leave()
    for watcher in watchers:
        watcher.drop()


# The last: from here on all that has ended gets packed.
def case_packed_ones_are_listed_and_read(auditd):
    recorded("away with it")
    with open("/etc/akashi/recorder.conf", "w") as file:
        file.write("compress = zstd\n")
    auditd.recorder.process.send_signal(signal.SIGHUP)
    login = Login()
    login.expect("$ ")
    login.ask("echo to look at it")
    login.leave()
    wait("all are packed", lambda: not recordings())
    rows = [json.loads(line) for line in tool("recordings", "--json")[1].splitlines()]
    same([(row["state"], row["doubt"], row["seconds"] is None) for row in rows], [("finished", None, False)] * len(rows), rows)
    assert "away with it" in tool("replay", "--text", rows[-2]["id"])[1]


def main():
    akashi = os.path.abspath(sys.argv[1])
    place = lab.make_machine(akashi)
    os.makedirs("/etc/audit", mode=0o750, exist_ok=True)
    open("/etc/audit/auditd.conf", "w").write(f"log_file = {TRAIL}\nlog_format = RAW\nflush = NONE\nwrite_logs = yes\n")
    open("/etc/audit/akashi.conf", "w").write("recordings_group = akashi-two\n")
    os.makedirs("/var/log/audit", mode=0o700)
    lab.configure()
    service, auditd = Service(), Auditd().start()
    auditd.recorder = service
    lab.SES = lab.new_ses()
    failed = cases.run(cases.named(sys.modules[__name__], ["case_"], sys.argv[2:]), auditd, after=lab.end_logins)
    auditd.end()
    same(tool("auditctl", "-e", "0")[0], 0)
    service.end()
    os.chdir("/")
    lab.shutil.rmtree(place, ignore_errors=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
