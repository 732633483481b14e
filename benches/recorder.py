#!/usr/bin/env python3
"""Measures the recorder on the machine of tests/lab/recorder.py: its login server is this process, so that nothing of sshd is in the figures.

    benches/recorder.py AKASHI echo|start|many|row|list [NUMBER]

echo   a key's echo, bare (policy = off) and recorded in turn: NUMBER (5) pairs of medians of 300; microseconds
start  from starting the login shell to the prompt, NUMBER (40) of each in turn; milliseconds
many   NUMBER (500) sessions at once: memory of each (PSS), and how long all take to answer a line typed into all of them
row    NUMBER (1000) logins one after the other, and what is left of them
list   akashi recordings over NUMBER (10000) recordings of 40 KB; seconds, processor seconds, bytes read
Each prints lines "NAME VALUE…"; benches/recorder.sh makes a report of them.
"""
import os, statistics, subprocess, sys, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "lab"))
import recorder as lab
from recorder import Login, Service, wait, wait_done

CONFIGURATION = "/etc/akashi/recorder.conf"


def policy(word):
    with open(CONFIGURATION, "w") as file:
        file.write(f"policy = {word}\n")


def echoes(word, count):
    policy(word)
    login = Login()
    login.expect("$ ")
    login.type("stty -echoctl; exec cat\n")
    wait("cat runs", lambda: any(lab.stats("cat")))
    times = []
    for number in range(count):
        login.seen = b""
        began = time.perf_counter()
        os.write(login.master, b"z")
        while b"z" not in login.seen:
            login.read(5)
        times.append((time.perf_counter() - began) * 1e6)
        if number % 50 == 49:
            login.type("\n")
            login.expect("z\r\n")
    login.type("\n\x04")
    login.end()
    return statistics.median(times)


def measure_echo(pairs):
    for _ in range(pairs):
        print("bare", echoes("off", 300), "recorded", echoes("degrade", 300), flush=True)
        wait_done()


def begun(word):
    policy(word)
    began = time.perf_counter()
    login = Login()
    login.expect("$ ")
    took = (time.perf_counter() - began) * 1e3
    login.leave()
    return took


def measure_start(count):
    for _ in range(count):
        print("bare", begun("off"), "recorded", begun("degrade"), flush=True)
    wait_done()


def pss(pid):
    for line in open(f"/proc/{pid}/smaps_rollup"):
        if line.startswith("Pss:"):
            return int(line.split()[1])


def measure_many(count):
    policy("degrade")
    logins = []
    for number in range(count):
        login = Login()
        login.expect("$ ", seconds=60)
        logins.append(login)
    keepers = lab.keepers()
    print("keepers", len(keepers), "recordings", len(lab.live()))
    print("keeper_kib", statistics.median(pss(pid) for pid in keepers), "login_kib", statistics.median(pss(login.pid) for login in logins), "service_kib", pss(SERVICE.process.pid))

    # All at once: whoever is blocked doesn't answer.
    began = time.perf_counter()
    for login in logins:
        login.seen = b""
        login.type("echo answ''er\n")
    last = []
    for login in logins:
        login.expect("answer\r\n", seconds=120)
        last.append(time.perf_counter() - began)
    print("answered", len(last), "seconds", max(last))
    times = []
    for login in logins[::10]:
        login.expect("$ ")
        began = time.perf_counter()
        login.type("echo one''more\n")
        login.expect("onemore\r\n")
        times.append((time.perf_counter() - began) * 1e3)
    print("one_ms", statistics.median(times), "most_ms", max(times))
    for login in logins:
        login.type("exit\n")
    for login in logins:
        login.end(seconds=120)
    wait_done()


def state():
    """Descriptors, threads and private memory of the service; processes of the lab's namespace; free pseudo terminals in use."""
    pid = SERVICE.process.pid
    private = sum(int(line.split()[1]) for line in open(f"/proc/{pid}/smaps_rollup") if line.startswith(("Private_Clean", "Private_Dirty")))
    return len(os.listdir(f"/proc/{pid}/fd")), len(os.listdir(f"/proc/{pid}/task")), private, len(lab.keepers()), int(open("/proc/sys/kernel/pty/nr").read())


def measure_row(count):
    policy("degrade")
    for number in range(count + 100):
        # What a first hundred leaves is warming up.
        if number == 100:
            wait_done()
            print("before", *state(), flush=True)
            began = time.perf_counter()
        login = Login()
        login.expect("$ ")
        login.leave()
    wait_done()
    wait("keepers end", lambda: not lab.keepers())
    print("seconds", time.perf_counter() - began)
    print("after", *state(), "logins", count + 100, "recordings", len(lab.recordings()), "finished", finished())
    for line in sorted({line.partition(" ses ")[2].partition(": ")[2] for line in open("/run/service.log") if "not recorded" in line}):
        print("refused:", line.strip())


def measure_list(count):
    login = Login()
    login.expect("$ ")
    login.ask("for n in $(seq 400); do echo line $n of what is shown here, and a few words more to make it as long as lines are; done")
    login.leave()
    wait_done()
    model = lab.recordings()[-1]
    text, name = open(model).read(), os.path.basename(model)
    os.utime(model)
    for number in range(count):
        # Header and name tell of one session; the running hash isn't looked at.
        copy = text.replace('"ses":"', f'"ses":"{number}', 1).replace('"append_only":"yes"', '"append_only":"no"')
        path = os.path.join(lab.RECORDINGS, name.replace("-ses", f"-ses{number}", 1))
        with open(path, "w") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(copy)
    print("bytes", sum(os.stat(path).st_size for path in lab.recordings()), "files", len(lab.recordings()))
    for _ in range(7):
        before, began = os.times(), time.perf_counter()
        with open("/run/list", "wb") as output:
            subprocess.run(["/usr/local/lib/akashi", "recordings"], stdout=output, check=True)
        took, after = time.perf_counter() - began, os.times()
        print("wall", took, "cpu", after.children_user + after.children_system - before.children_user - before.children_system,
              "rows", open("/run/list").read().count("finished"), flush=True)


def finished():
    said = subprocess.run(["/usr/local/lib/akashi", "recordings", "--csv", "--state", "finished"], capture_output=True, text=True)
    return len(said.stdout.splitlines()) - 1


def main():
    global SERVICE
    lab.make_machine(os.path.abspath(sys.argv[1]), seconds=3600)
    os.makedirs(os.path.dirname(CONFIGURATION), exist_ok=True)
    policy("degrade")
    SERVICE = Service()
    lab.new_ses()
    parts = {"echo": (measure_echo, 5), "start": (measure_start, 40), "many": (measure_many, 500), "row": (measure_row, 1000), "list": (measure_list, 10000)}
    part, number = parts[sys.argv[2]]
    part(int(sys.argv[3]) if len(sys.argv) > 3 else number)
    SERVICE.end()


if __name__ == "__main__":
    main()
