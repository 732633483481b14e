using System.Diagnostics;
using Akashi.Daemon.Protect;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Protect;

/// <summary>A guarded directory of a real file system, real programs in it, the real script(1).</summary>
public sealed class DirectoryGuardTests : IDisposable
{
    const string Nobody = "65534";

    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    readonly LinuxHost _host = new();
    readonly TemporaryFolder _folder = new();
    readonly List<string> _said = [];
    readonly string _directory;
    readonly ProtectJournal _journal;

    public DirectoryGuardTests()
    {
        _directory = _folder["guarded"];
        _journal = new ProtectJournal(_host.Files, _directory, _folder["journals"]);
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0x1ED);
        Directory.CreateDirectory(_directory);
        File.SetUnixFileMode(_directory, (UnixFileMode)0x3FF);
    }

    public void Dispose()
    {
        _journal.Dispose();
        foreach (string path in Directory.EnumerateFiles(_directory))
        {
            using var file = AppendOnlyFiles.Open(path);
            if (file is not null)
                AppendOnlyFlag.TryChange(file, false);
        }

        _folder.Dispose();
    }

    [Fact]
    public void What_is_made_has_the_flag_before_its_maker_has_a_descriptor()
    {
        using Guarding guarding = Guard();

        Assert.Equal("200\n", Shell("for n in $(seq 200); do : > f$n; lsattr f$n; done | grep -c '^-----a'"));
        Assert.Equal("", Shell("echo one > g"));
        Assert.Equal("sh: 1: cannot create g: Operation not permitted\n", Shell("echo two > g"));
        Assert.Equal("rm: cannot remove 'g': Operation not permitted\n", Shell("rm -f g"));
        Assert.Equal("mv: cannot move 'g' to 'h': Operation not permitted\n", Shell("mv g h"));
        Assert.Equal("one\nthree\n", Shell("echo three >> g; cat g"));
        Assert.Equal(201, _journal.Read().Count(file => file is { When: ProtectedWhen.Made, BytesBefore: 0 }));
    }

    [Fact]
    public void The_flag_is_there_before_open_returns()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "needs python3, which looks at the descriptor it got");
        using Guarding guarding = Guard();
        const string Program = """
            import fcntl, os, struct, sys
            missing = 0
            for number in range(300):
                fd = os.open(f"p{number}", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
                missing += not struct.unpack("i", fcntl.ioctl(fd, 0x80086601, bytes(4)))[0] & 0x20
                os.write(fd, b"abc"); os.lseek(fd, 0, 0); os.write(fd, b"X"); os.close(fd)
            print(missing, open("p0").read())
            """;

        // Xbc: whoever made it may write anywhere as long as it's open.
        Assert.Equal("0 Xbc\n", Run("/usr/bin/python3", "-c", Program));
    }

    [Fact]
    public void Typescripts_of_script_are_whole_and_can_not_be_altered_by_their_user()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "util-linux's script isn't installed");
        using Guarding guarding = Guard();

        Shell("script -f -q -c 'echo recorded' -T t.time t.log </dev/null >/dev/null");

        Assert.Contains("recorded\n", File.ReadAllText(Path.Combine(_directory, "t.log")).ReplaceLineEndings("\n"));
        Assert.NotEmpty(File.ReadAllText(Path.Combine(_directory, "t.time")));
        Assert.Contains("not permitted", Shell("echo > t.log"));
        Assert.Contains("not permitted", Shell("truncate -s 0 t.time"));
        Assert.Equal(["t.log", "t.time"], _journal.Read().Select(file => file.Name).Order());
    }

    [Fact]
    public void What_was_there_and_what_is_moved_in_gets_the_flag_and_is_told_of()
    {
        Shell("echo earlier > old; mkdir sub; ln -s old link; mkfifo pipe; : > empty");
        using Guarding guarding = Guard();
        Assert.Equal([("empty", 0L, ProtectedWhen.Found), ("old", 8L, ProtectedWhen.Found)], _journal.Read().OrderBy(file => file.Name).Select(file => (file.Name, file.BytesBefore, file.When)));

        File.WriteAllText(_folder["elsewhere"], "written to");
        File.Move(_folder["elsewhere"], Path.Combine(_directory, "moved"));

        WaitFor(() => _journal.Read().Any(file => file is { Name: "moved", BytesBefore: 10 }));
        Assert.Equal(["empty", "moved", "old"], Directory.EnumerateFiles(_directory).Where(path => AppendOnlyFiles.Look(path) is { IsAppendOnly: true }).Select(Path.GetFileName).Order());
        Assert.Empty(_said);
    }

    [Fact]
    public void Undoing_takes_the_flags_that_it_set_and_no_others()
    {
        Shell("echo a > theirs; echo b > ours");
        using (var file = AppendOnlyFiles.Open(Path.Combine(_directory, "theirs")))
            Assert.Null(AppendOnlyFlag.TryChange(file!, true));
        Guard().Dispose();

        Assert.Equal(1, ProtectUndo.Clear(_directory, _journal.Read()).Cleared);
        Assert.Equal("", Shell("echo > ours"));
        Assert.Contains("not permitted", Shell("echo > theirs"));
    }

    [Fact]
    public void Who_has_one_open_for_writing_elsewhere_than_at_its_end_is_found()
    {
        using Process holder = Start("sh", "-c", "exec 5>held 6>>appended; echo ready; read x");
        Assert.Equal("ready", holder.StandardOutput.ReadLine());

        (string path, PeerProcess process) = Assert.Single(OpenFiles.FindWriters(_directory));

        Assert.Equal((Path.Combine(_directory, "held"), holder.Id), (path, process.Pid));
        holder.StandardInput.Close();
        holder.WaitForExit();
    }

    [Fact]
    public void Who_opened_one_by_another_name_is_found()
    {
        Shell("echo text > held");
        string elsewhere = _folder["elsewhere"];
        Assert.Equal("", Shell($"ln {_directory}/held {_directory}/linked"));
        File.Move(Path.Combine(_directory, "linked"), elsewhere);
        using Process holder = Start("sh", "-c", $"exec 5<>{elsewhere}; echo ready; read x");
        Assert.Equal("ready", holder.StandardOutput.ReadLine());

        (string path, PeerProcess process) = Assert.Single(OpenFiles.FindWriters(_directory));

        Assert.Equal((Path.Combine(_directory, "held"), holder.Id), (path, process.Pid));
        holder.StandardInput.Close();
        holder.WaitForExit();
    }

    [Fact]
    public void A_file_system_without_the_flag_is_refused_with_its_reason()
    {
        NeedRoot();
        AuditException exception = Assert.Throws<AuditException>(() => DirectoryGuard.Begin(_host, "/proc", _journal, _said.Add));
        Assert.StartsWith("cannot protect /proc: ", exception.Message);
        Assert.False(File.Exists(_journal.Path));
        Assert.EndsWith("/nothing: No such file or directory", Assert.Throws<AuditException>(() => DirectoryGuard.Begin(_host, _folder["nothing"], _journal, _said.Add)).Message);
    }

    // The service manager starts it again; a unit that is up guards.
    [Fact]
    public void A_directory_that_cannot_be_looked_through_ends_it_and_is_never_said_to_be_guarded()
    {
        NeedRoot();
        bool isReady = false;
        using (DirectoryGuard guard = DirectoryGuard.Begin(_host, _directory, _journal, _said.Add))
        {
            Directory.Delete(_directory);
            AuditException exception = Assert.Throws<AuditException>(() => guard.Run(() => isReady = true));
            Assert.Equal($"cannot look through {_directory}: No such file or directory", exception.Message);
        }

        Directory.CreateDirectory(_directory);
        Assert.False(isReady);
    }

    [Fact]
    public void Two_do_not_guard_one_directory()
    {
        using Guarding guarding = Guard();
        using var other = new ProtectJournal(_host.Files, _directory, _folder["journals"]);
        Assert.Equal($"{_directory} is guarded by another process", Assert.Throws<AuditException>(other.Hold).Message);

        // Trying whether the file system has the flag would open a file there, which the first one would protect and tell of.
        Assert.Equal($"{_directory} is guarded by another process", Assert.Throws<AuditException>(() => DirectoryGuard.Begin(_host, _directory, other, _said.Add)).Message);
        Assert.Empty(_journal.Read());
    }

    [Fact]
    public void Lines_of_the_journal_are_read_as_they_were_written() => Seeded.Repeat(2000, random =>
    {
        var file = new ProtectedFile(1795279800, 77, 12, 1000, ProtectedWhen.Opened, "a b\n%ü.log");
        Assert.Equal("1795279800 77 12 1000 opened a%20b%0A%25%C3%BC.log", file.ToString());
        Assert.Equal(file, ProtectedFile.TryParse(file.ToString()));
        byte[] damaged = Mutations.Damage(System.Text.Encoding.UTF8.GetBytes(file.ToString()), random);
        if (ProtectedFile.TryParse(System.Text.Encoding.UTF8.GetString(damaged)) is { } read)
            Assert.Equal(read, ProtectedFile.TryParse(read.ToString()));
    });

    static void NeedRoot() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: fanotify, append-only flags");

    static void WaitFor(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, s_limit));

    Guarding Guard()
    {
        NeedRoot();
        return new Guarding(DirectoryGuard.Begin(_host, _directory, _journal, _said.Add));
    }

    string Shell(string script) => Run("sh", "-c", script);

    string Run(params string[] words)
    {
        using Process process = Start(words);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(s_limit));
        return output + error.Result;
    }

    Process Start(params string[] words) => Process.Start(new ProcessStartInfo("setpriv", ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", .. words])
    {
        WorkingDirectory = _directory,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["LC_ALL"] = "C", ["SHELL"] = "/bin/sh" },
    })!;

    sealed class Guarding : IDisposable
    {
        readonly DirectoryGuard _guard;
        readonly Thread _thread;

        public Guarding(DirectoryGuard guard)
        {
            _guard = guard;
            using var ready = new ManualResetEventSlim();
            _thread = new Thread(() => guard.Run(ready.Set));
            _thread.Start();
            Assert.True(ready.Wait(s_limit));
        }

        public void Dispose()
        {
            _guard.Stop();
            Assert.True(_thread.Join(s_limit));
            _guard.Dispose();
        }
    }
}
