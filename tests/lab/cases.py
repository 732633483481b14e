"""What all labs share: each case a line and a limit of its own, a limit for the whole, and an end for everything that was started.

A lab that hangs names the case and the line it hangs in; nothing of it is left behind, whatever became of it.
"""
import ctypes, faulthandler, glob, os, signal, sys, time, traceback

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
CASE_SECONDS = 120


class Overdue(BaseException):
    """A case took longer than it may; not an Exception, so that no case takes it for a fault that it expects."""


def enter(seconds):
    """Goes on in a mount namespace and a session of its own, below a process that ends whatever is left when the lab has ended.

    After so many seconds (or AKASHI_LAB_SECONDS) the stacks of all threads go to standard error, and it ends with 1.
    """
    if os.environ.pop("AKASHI_LAB_NAMESPACE", None) is None:
        supervise()
        os.environ["AKASHI_LAB_NAMESPACE"] = "1"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", "setsid", "--wait", sys.executable, *sys.argv])
    faulthandler.dump_traceback_later(float(os.environ.get("AKASHI_LAB_SECONDS", seconds)), exit=True)


def supervise():
    """Returns in a child. The parent stays until that has ended, and then ends whatever it started, also what left its session or lost its parent."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    lab = os.fork()
    if lab == 0:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        return
    code = 1
    try:
        # A terminal's Ctrl-C, a test program that gives up.
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, stop)
        pid = 0
        while pid != lab:
            pid, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
    except InterruptedError:
        print(f"{sys.argv[0]}: ended from outside", file=sys.stderr)
    finally:
        end_children()
        os._exit(code if code >= 0 else 128 - code)


def stop(number, frame):
    raise InterruptedError


def end_children():
    """Kills everything below this process until nothing is left; what lost its parent meanwhile became ours."""
    limit = time.monotonic() + 20
    while time.monotonic() < limit:
        for pid in below(os.getpid()):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.01)


def below(pid):
    found = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            for child in open(f"/proc/{pid}/task/{thread}/children").read().split():
                found += [int(child), *below(int(child))]
    except OSError:
        pass
    return found


def attempt(part, *arguments, seconds=CASE_SECONDS, after=lambda: None):
    """What a case returns, and why it failed; None for it didn't. What is to be done after it counts to its time, and is done where it failed too."""
    def overdue(number, frame):
        raise Overdue(f"not done after {seconds} s: " + "".join(traceback.format_stack(frame)[-6:]))

    def done():
        # Again, for what comes after a case that took all of its time.
        signal.alarm(CASE_SECONDS)
        after()

    signal.signal(signal.SIGALRM, overdue)
    signal.alarm(seconds)
    result = fault = None
    for step in (lambda: part(*arguments), done):
        try:
            answer = step()
            result = answer if step is not done else result
        except (Exception, Overdue) as caught:
            fault = fault or (traceback.format_exc() if os.environ.get("AKASHI_LAB_TRACE") else f"{type(caught).__name__}: {caught}")
    signal.alarm(0)
    return result, fault


def report(name, fault):
    """Prints a case's line; whether it failed."""
    print(f"ok {name}" if fault is None else f"not ok {name}: " + fault[:4000].replace("\n", "\n  "), flush=True)
    return fault is not None


def run(cases, *arguments, after=lambda: None, mend=lambda: None):
    """Runs cases by name.

    after  is done after each, and a fault of it is the case's
    mend   is done after one that failed
    Returns how many did.
    """
    failed = 0
    for name, part in cases.items():
        fault = attempt(part, *arguments, seconds=getattr(part, "seconds", CASE_SECONDS), after=after)[1]
        if report(name, fault):
            failed += 1
            mend()
    return failed


def named(module, starts, wanted=()):
    """A module's own functions whose names begin with one of these, in its order; only those that are wanted, where any are."""
    return {name: part for name, part in vars(module).items()
            if name.startswith(tuple(starts)) and callable(part) and part.__module__ == module.__name__ and (not wanted or name in wanted)}


def takes(seconds):
    """For a case that may take longer than others."""
    def mark(part):
        part.seconds = seconds
        return part
    return mark


def same(got, wanted, what=""):
    assert got == wanted, f"{what}: got {got!r}, expected {wanted!r}"


def by_time(pattern):
    """Files, the oldest first; what is removed meanwhile isn't there."""
    found = []
    for path in glob.glob(pattern):
        try:
            found.append((os.stat(path).st_mtime_ns, path))
        except FileNotFoundError:
            pass
    return [path for _, path in sorted(found)]


def text_of(path):
    """A file's bytes; none where it can't be read, as of a process that has ended."""
    try:
        return open(path, "rb").read()
    except OSError:
        return b""


def keepers():
    """Keepers of this mount namespace: the lab's own."""
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and b"recorder-keeper" in text_of(f"/proc/{name}/cmdline") and is_ours(name)]


def is_ours(pid):
    try:
        return os.stat(f"/proc/{pid}/ns/mnt").st_ino == os.stat("/proc/self/ns/mnt").st_ino
    except OSError:
        return False


def wait(what, condition, seconds=30, note=lambda: ""):
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            raise AssertionError(f"never: {what}\n{note()}")
        time.sleep(0.01)
