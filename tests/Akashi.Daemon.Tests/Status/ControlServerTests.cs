using System.Text;
using Akashi.Control;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Linux.Sockets;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Status;

/// <summary>The control socket: who asks, what, and how badly.</summary>
public sealed class ControlServerTests : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    readonly LinuxHost _host = new();
    readonly TemporaryFolder _folder = new();

    string SocketPath => _folder["control"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Status_and_rules_are_answered()
    {
        byte[][] rules = [new byte[1040], new byte[1050]];
        using ControlServer server = Serve(question => question == ControlQuestion.Status
            ? ServiceStatusText.Write(new ServiceStatus { Program = "auditd", Pid = 7 })
            : RuleListText.Write(rules));
        var client = new ControlClient(_host, SocketPath);

        Assert.Equal(("auditd", 7), client.FindStatus(out string? refusal) is { } status ? (status.Program, status.Pid) : default);
        Assert.Null(refusal);
        Assert.Equal(rules, client.FindRules(out _));
    }

    [Fact]
    public void Where_nobody_listens_there_is_no_answer_and_no_refusal()
    {
        var client = new ControlClient(_host, SocketPath);
        Assert.Null(client.FindStatus(out string? refusal));
        Assert.Null(refusal);

        Serve(_ => []).Dispose();
        Assert.Null(client.FindStatus(out refusal));
        Assert.Null(refusal);
    }

    [Fact]
    public void A_restart_is_done_where_the_service_can_with_the_asker_named()
    {
        int asker = 0;
        using (var server = new ControlServer(SocketPath, _host.Process.Uid, 0, _ => [], pid => { asker = pid; return []; }))
            Assert.True(new ControlClient(_host, SocketPath).TryRestart(out _));
        Assert.Equal(Environment.ProcessId, asker);

        using ControlServer other = Serve(_ => []);
        Assert.False(new ControlClient(_host, SocketPath).TryRestart(out string? refusal));
        Assert.Equal("it can't start anew in place", refusal);
    }

    [Fact]
    public void A_refusal_has_its_reason()
    {
        using ControlServer server = Serve(_ => throw new AuditException("cannot list rules: Operation not permitted"));

        Assert.Null(new ControlClient(_host, SocketPath).FindRules(out string? refusal));
        Assert.Equal("cannot list rules: Operation not permitted", refusal);
    }

    [Fact]
    public void An_answer_of_another_version_is_not_taken()
    {
        using ControlServer server = Serve(_ => "akashi status 9\nend\n"u8.ToArray());

        Assert.Null(new ControlClient(_host, SocketPath).FindStatus(out string? refusal));
        Assert.Equal("the answer is damaged, or of another version", refusal);
    }

    [Fact]
    public void Noise_is_refused_and_the_next_asker_is_served() => Seeded.Repeat(30, random =>
    {
        using ControlServer server = Serve(_ => ServiceStatusText.Write(new ServiceStatus()));
        for (int count = 0; count < 5; count++)
        {
            byte[] noise = Mutations.Damage(ControlRequest.Write(ControlQuestion.Status), random);
            if (noise.Length > 0 && noise.AsSpan().IndexOf((byte)'\n') < 0)
                noise[^1] = (byte)'\n';
            bool isQuestion = noise.AsSpan().IndexOf((byte)'\n') == noise.Length - 1 && noise.Length > 0 && ControlRequest.TryRead(noise.AsSpan()[..^1], out _);
            if (!isQuestion && noise.Length > 0)
                Assert.StartsWith("akashi 1 refused ", Ask(noise));
        }

        Assert.NotNull(new ControlClient(_host, SocketPath).FindStatus(out _));
    });

    [Fact]
    public void Who_says_nothing_is_dropped_and_holds_up_nobody_for_long()
    {
        using ControlServer server = Serve(_ => ServiceStatusText.Write(new ServiceStatus()));
        Assert.True(StreamConnection.TryConnect(SocketPath, out StreamConnection? silent));
        using StreamConnection held = silent;

        Assert.NotNull(new ControlClient(_host, SocketPath).FindStatus(out _));
    }

    [Fact]
    public void Others_than_root_and_the_group_are_not_let_in()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "needs python3, which asks as another user");
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0x1ED);
        using var server = new ControlServer(SocketPath, 0, 4, _ => "yes\n"u8.ToArray());
        const string Ask = "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.send(b'akashi 1 status\\n'); print(s.recv(99))";

        Assert.Contains("akashi 1 ok 4", RunAs("--groups", "4", Ask));
        Assert.Contains("Permission", RunAs("--groups", "1234", Ask));

        // The permissions of the name are not the only guard.
        File.SetUnixFileMode(SocketPath, (UnixFileMode)0x1B6);
        Assert.Contains("refused not for you", RunAs("--groups", "1234", Ask));
    }

    string RunAs(string option, string groups, string script)
    {
        var start = new System.Diagnostics.ProcessStartInfo(
            "setpriv", ["--reuid", "54321", "--regid", "54321", option, groups, "/usr/bin/python3", "-c", script, SocketPath])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + error.Result;
    }

    ControlServer Serve(Func<ControlQuestion, byte[]> answer) => new(SocketPath, _host.Process.Uid, 0, answer);

    string Ask(byte[] request)
    {
        Assert.True(StreamConnection.TryConnect(SocketPath, out StreamConnection? connected));
        using StreamConnection asker = connected;
        asker.TrySend(request, s_limit);
        byte[] answer = new byte[1000];
        int received = asker.Receive(answer, s_limit);
        return Encoding.ASCII.GetString(answer, 0, Math.Max(received, 0));
    }
}
