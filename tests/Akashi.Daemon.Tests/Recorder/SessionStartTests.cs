using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Recorder;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;
using Akashi.Linux.Terminals;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

public sealed class SessionStartTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        foreach (string file in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
            AppendOnlyFlag.TrySet(file, false);
        _folder.Dispose();
    }

    // No zombie either: a service that runs for months would run out of processes.
    [Fact]
    public void A_keeper_that_cannot_be_told_what_to_keep_is_ended_and_leaves_no_note()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: the terminal becomes another user's");
        const string Name = "keeper-of-tests";
        string program = _folder[Name];
        File.WriteAllText(program, "#!/bin/sh\nexec 2>/dev/null\nread -r never <&0\nsleep 100\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using PseudoTerminal terminal = PseudoTerminal.OpenFor(0, 0);
        using OuterTerminal outer = OuterTerminal.TryOpen(terminal.SlaveHandle, out string fault) ?? throw new AuditException(fault);
        using MessageSocket connection = MessageSocket.Listen(_folder["socket"], UnixFileMode.UserRead);
        RecordingDirectory directory = RecordingDirectory.Open(_folder["recordings"], "0f3a9c1e-0000-0000-0000-000000000000");
        var settings = new RecorderSettings(
            _folder["socket"], _folder["recordings"], 1, 1, program, new RecorderPlaces(_folder["state"], _folder["sessions"], _folder["status"], _folder["trials"]));
        var start = new SessionStart(new NamelessHost(), new TestHost().Accounts, settings, directory, 0, new SessionNotes(new LinuxHost().Files, _folder["sessions"], _ => { }));

        var refused = Assert.Throws<AuditException>(() =>
            start.Start(connection, PeerProcess.Find(Environment.ProcessId)!, new SessionClaim("xterm", null), outer, null, RecorderConfiguration.Default));

        Assert.Equal("there is no name", refused.Message);
        Assert.DoesNotContain(new ProcessTable(DateTimeOffset.UnixEpoch).List(), process => process.ParentPid == Environment.ProcessId && process.Name == Name);
        Assert.False(Directory.Exists(_folder["sessions"]) && Directory.EnumerateFiles(_folder["sessions"]).Any());
    }

    // What the header says of the machine is asked for while the keeper begins.
    sealed class NamelessHost : IHost
    {
        readonly LinuxHost _inner = new();

        public IAccounts Accounts => _inner.Accounts;
        public ILocalTime LocalTime => _inner.LocalTime;
        public TimeProvider Clock => _inner.Clock;
        public IFiles Files => _inner.Files;
        public string Name => throw new AuditException("there is no name");
        string IHost.Machine => _inner.Machine;
        public string KernelRelease => _inner.KernelRelease;
        public DateTimeOffset BootTime => _inner.BootTime;
        public ProcessIdentity Process => _inner.Process;
        public string DescribeError(int errno) => _inner.DescribeError(errno);
        public string? SendSignal(int pid, Signal signal, TimeSpan endTimeout) => _inner.SendSignal(pid, signal, endTimeout);
        public void Log(string program, string text) { }
        public IAuditKernel OpenAuditKernel() => throw new NotSupportedException();
        public IKernelEvents TakeAuditEvents() => throw new NotSupportedException();
        public IKernelEvents JoinAuditMulticast() => throw new NotSupportedException();
    }
}
