"""A process on a terminal whose other end is ours, for the labs: what it shows is read, what a person types is written."""
import fcntl, os, pty, select, struct, termios, time, traceback


class Terminal:
    alive = []
    # Seconds that something may take on two busy processors.
    patience = 30

    def __init__(self, become, rows=30, columns=100):
        """become runs in the child, on the terminal, and doesn't return."""
        self.seen = b""
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                become()
            except BaseException:
                traceback.print_exc()
            os._exit(99)
        os.set_inheritable(self.master, False)
        Terminal.alive.append(self)

    @staticmethod
    def drop_all():
        for left in list(Terminal.alive):
            left.drop()

    def read(self, seconds=0.2):
        """True for something, None for nothing in this time, False for the end."""
        if select.select([self.master], [], [], seconds)[0]:
            try:
                self.seen += os.read(self.master, 65536)
                return True
            except OSError:
                return False
        return None

    def expect(self, text, seconds=None):
        """Waits for a text, and returns what was shown before it."""
        limit, text = time.monotonic() + (seconds or self.patience), text.encode()
        while text not in self.seen:
            if self.read() is False or time.monotonic() > limit:
                raise AssertionError(f"never seen: {text!r} in {self.seen[-600:]!r}\n{self.note()}")
        before, _, self.seen = self.seen.partition(text)
        return before.decode("utf-8", "replace")

    def note(self):
        """What helps whoever reads that something never came."""
        return ""

    def type(self, text):
        os.write(self.master, text.encode())

    def ask(self, line):
        """Runs a line in the session's shell and returns what it printed."""
        self.type(f"echo BE''GIN; {line}; echo E''ND\n")
        self.expect("BEGIN\r\n")
        return self.expect("END\r\n").replace("\r\n", "\n").strip()

    def resize(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def end(self, seconds=None):
        """Waits for its end: the exit code, or minus the signal."""
        limit = time.monotonic() + (seconds or self.patience)
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                break
            assert time.monotonic() < limit, f"the login doesn't end: {self.seen[-600:]!r}"
            self.read(0.01)
        while self.read(0.01):
            pass
        os.close(self.master)
        Terminal.alive.remove(self)
        return os.waitstatus_to_exitcode(status)

    def drop(self):
        """What is left of a case that failed, or a client whose line drops."""
        Terminal.alive.remove(self)
        for end in (lambda: os.kill(self.pid, 9), lambda: os.close(self.master), lambda: os.waitpid(self.pid, 0)):
            try:
                end()
            except OSError:
                pass

    def leave(self):
        self.type("exit\n")
        return self.end()
