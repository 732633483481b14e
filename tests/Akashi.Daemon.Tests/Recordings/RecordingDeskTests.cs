using System.Text;
using Akashi.Control;
using Akashi.Daemon.Recordings;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;
using Akashi.Recordings;
using Akashi.Testing;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Tests.Recordings;

/// <summary>Recordings at the control socket: what the record says, and that nothing goes out without it.</summary>
public sealed class RecordingDeskTests : IDisposable
{
    const string Name = "20261121-165000-alice-ses12-0f3a9c1e-pts3";
    const int TrustedApp = 1121;

    static readonly byte[] s_text = Encoding.UTF8.GetBytes("""
        {"version":3,"term":{"cols":80,"rows":24},"timestamp":1795279800,"akashi":{"format":1,"chain":"sha256","session":{"boot":"0f3a9c1e-77","auid":"1000","ses":"12","user":"al ice"}}}
        [0.250000, "o", "secret"]

        """);

    readonly ScriptedHost _host = new();
    readonly TemporaryFolder _folder = new();

    public RecordingDeskTests()
    {
        _host.Process = _host.Process with { Uid = new LinuxHost().Process.Uid };
        _host.Kernel.Status = _host.Kernel.Status with { Pid = 612 };
        Directory.CreateDirectory(_folder["recordings"]);
        File.WriteAllBytes(_folder[$"recordings/{Name}.cast"], s_text);
    }

    ControlClient Client => new(_host, _folder["control"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_recording_is_handed_out_and_the_record_of_it_is_with_the_kernel_by_then()
    {
        using ControlServer server = Serve();

        using SafeFileHandle? given = Client.OpenRecording(new RecordingRequest(RecordingLook.Watch, Name), out string? refusal);

        Assert.Null(refusal);
        Assert.Equal(s_text, ReadAll(given!));
        (int type, string text) = Assert.Single(_host.Kernel.Messages);
        Assert.Equal(TrustedApp, type);
        Assert.StartsWith(
            $"op=recording-watch acct=616C20696365 id=1000 recording=\"{Name}\" rec_ses=12 sauid=", text);
        Assert.Contains($" suid={_host.Process.Uid} ", text);
        Assert.Contains($" spid={Environment.ProcessId} exe=", text);
        Assert.EndsWith(" hostname=? addr=? terminal=? res=success", text);
    }

    [Fact]
    public void Who_has_no_login_user_is_the_kernels_number_for_that()
    {
        var nobody = new PeerProcess(7, 1, 0, 0, uint.MaxValue, uint.MaxValue, 7, 0, "akashi");
        var seen = new RecordingSummary { Name = Name, Session = [("user", "alice"), ("auid", "unset"), ("ses", "unset")] };

        string text = Encoding.UTF8.GetString(LookRecord.Text(new RecordingRequest(RecordingLook.Read, Name), nobody, seen, isGranted: true));

        // ausearch -i interprets id and sauid as users: a word would be "conversion error(unset)".
        Assert.StartsWith($"op=recording-read acct=\"alice\" id=4294967295 recording=\"{Name}\" rec_ses=4294967295 sauid=4294967295 suid=0 sses=4294967295 spid=7 exe=", text);
    }

    [Theory]
    [InlineData(0u, 612u, "the kernel's audit is off")]
    [InlineData(1u, 0u, "no daemon takes records")]
    public void Without_a_record_nothing_is_seen(uint enabled, uint owner, string reason)
    {
        _host.Kernel.Status = _host.Kernel.Status with { Enabled = enabled, Pid = owner };
        using ControlServer server = Serve();

        Assert.Null(Client.OpenRecording(new RecordingRequest(RecordingLook.Read, Name), out string? refusal));

        Assert.Equal("the look can't be recorded: " + reason, refusal);
        Assert.Empty(_host.Kernel.Messages);
    }

    [Fact]
    public void Where_the_kernel_refuses_the_record_nothing_is_seen()
    {
        _host.Kernel.Refusals["send user message"] = (1, "Operation not permitted");
        using ControlServer server = Serve();

        Assert.Null(Client.OpenRecording(new RecordingRequest(RecordingLook.Read, Name), out string? refusal));
        Assert.Contains("Operation not permitted", refusal);
    }

    [Fact]
    public void Root_may_say_that_no_record_is_needed()
    {
        _host.Kernel.Status = _host.Kernel.Status with { Enabled = 0 };
        using ControlServer server = Serve(needsRecord: false);

        using SafeFileHandle? given = Client.OpenRecording(new RecordingRequest(RecordingLook.Read, Name), out _);
        Assert.Equal(s_text, ReadAll(given!));
    }

    [Fact]
    public void What_is_no_plain_file_of_the_directory_is_not_handed_out()
    {
        File.WriteAllBytes(_folder["outside.cast"], s_text);
        File.CreateSymbolicLink(_folder["recordings/linked.cast"], _folder["outside.cast"]);
        Directory.CreateDirectory(_folder["recordings/directory.cast"]);
        using ControlServer server = Serve();

        foreach (string name in (string[])["linked", "directory", "missing"])
        {
            Assert.Null(Client.OpenRecording(new RecordingRequest(RecordingLook.Read, name), out string? refusal));
            Assert.Equal("no recording of that name", refusal);
        }

        Assert.Equal("akashi 1 refused not a question of this version\n", Ask("akashi 1 recording read ../outside\n"));
    }

    [Fact]
    public void They_are_listed()
    {
        using ControlServer server = Serve();

        RecordingSummary found = Assert.Single(Client.ListRecordings(out _)!);

        Assert.Equal((Name, "al ice", RecordingState.Suspect), (found.Name, found.Fact("user"), found.State));
        Assert.Empty(_host.Kernel.Messages);
    }

    [Fact]
    public void Damaged_requests_are_refused_and_hold_no_descriptor()
    {
        using ControlServer server = Serve();
        using (SafeFileHandle held = File.OpenHandle(Path.Combine(_folder["recordings"], Name + ".cast")))
            Assert.Equal(1, OpenCount());

        Seeded.Repeat(100, random =>
        {
            byte[] request = Mutations.Damage(new RecordingRequest(RecordingLook.Read, Name).Write(), random);
            string answer = Ask(Encoding.Latin1.GetString([.. request.Where(letter => letter != '\n'), (byte)'\n']));
            Assert.StartsWith("akashi 1 ", answer);
        });

        Assert.True(SpinWait.SpinUntil(() => OpenCount() == 0, TimeSpan.FromSeconds(20)), "the server holds a recording");
    }

    // Of the recordings alone: what else this process has open is other tests'.
    int OpenCount() => Directory.GetFiles("/proc/self/fd").Count(path => new FileInfo(path).LinkTarget?.StartsWith(_folder["recordings"], StringComparison.Ordinal) == true);

    [Fact]
    public void Who_is_neither_root_nor_of_the_group_is_refused_with_a_record()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, which asks as another user");
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "needs python3, which asks as another user");
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0x1ED);
        using ControlServer server = Serve(gid: 1234);
        string request = $"akashi 1 recording read {Name}\\n";

        string refused = RunAs("--groups", "4321", request);
        string granted = RunAs("--groups", "1234", request);

        Assert.Contains("akashi 1 refused recordings are for root", refused);
        Assert.Contains("akashi 1 ok 0", granted);
        Assert.Equal(["failed", "success"], _host.Kernel.Messages.Select(message => message.Text[(message.Text.LastIndexOf('=') + 1)..]));
        Assert.Contains("akashi 1 refused not for you", RunAs("--groups", "1234", "akashi 1 status\\n"));
    }

    ControlServer Serve(uint gid = 0, bool needsRecord = true) => new(
        _folder["control"], _host.Process.Uid, 0, _ => [], null,
        new RecordingDesk(_host, new RecordingCatalog(_host, _folder["recordings"]), gid, needsRecord));

    string Ask(string request)
    {
        Assert.True(StreamConnection.TryConnect(_folder["control"], out StreamConnection? connection));
        using StreamConnection asker = connection;
        asker.TrySend(Encoding.Latin1.GetBytes(request), TimeSpan.FromSeconds(5));
        byte[] buffer = new byte[4096];
        int length = asker.Receive(buffer, TimeSpan.FromSeconds(5), out SafeFileHandle? given);
        given?.Dispose();
        return Encoding.ASCII.GetString(buffer, 0, Math.Max(0, length));
    }

    static byte[] ReadAll(SafeFileHandle handle)
    {
        using var file = new FileStream(handle, FileAccess.Read);
        using var all = new MemoryStream();
        file.CopyTo(all);
        return all.ToArray();
    }

    string RunAs(string option, string group, string request)
    {
        string program = "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.send(b'" + request + "'); print(s.recv(300))";
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "setpriv", ["--reuid", "65534", "--regid", "65534", option, group, "/usr/bin/python3", "-c", program, _folder["control"]])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        string said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return said;
    }
}
