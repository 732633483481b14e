using System.Text;
using Akashi.Cli.CommandLine;
using Akashi.Cli.Recordings;
using Akashi.Host;
using Akashi.Output;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Recordings;

/// <summary><c>akashi recordings verify SESSION</c>: which recording is meant, and whether its last hash is the one that the service took down.</summary>
public sealed class VerifySessionTests : IDisposable
{
    const string Name = "20261121-165000-alice-ses12-0f3a9c1e-pts3";

    readonly TemporaryFolder _folder = new();

    public VerifySessionTests()
    {
        Directory.CreateDirectory(_folder["recordings"]);
        Write("shown");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Its_hashes_made_anew_are_found_out_by_the_one_kept_apart()
    {
        Assert.Equal(0, Verify(Name[..20], out string said));
        Assert.StartsWith($"{Name[..20]} ({Name}.cast): fine, 1 check, last hash ", said);

        Assert.Matches(" last hash [0-9a-f]{64}\n$", said);
        string hash = said.TrimEnd()[^64..];
        File.WriteAllText(_folder["finished"], $"{Name}.cast {hash} 400 0 0 whole\n");
        Assert.Equal(0, Verify(Name, out said));
        Assert.EndsWith($" last hash {hash}, the same as when it ended\n", said);

        Write("another");
        Assert.Equal(1, Verify(_folder[$"recordings/{Name}.cast"], out said));
        Assert.Contains(": fine, 1 check, last hash ", said);
        Assert.EndsWith($"; NOT as it ended: its last hash was {hash} ({_folder["finished"]})\n", said);
    }

    [Fact]
    public void A_copy_elsewhere_is_nobodys_session()
    {
        File.WriteAllText(_folder["finished"], $"{Name}.cast {new string('0', 64)} 400 0 0 whole\n");
        File.Copy(_folder[$"recordings/{Name}.cast"], _folder[$"{Name}.cast"]);

        Assert.Equal(0, Verify(_folder[$"{Name}.cast"], out string said));

        Assert.StartsWith(_folder[$"{Name}.cast"] + ": fine, ", said);
    }

    [Fact]
    public void A_hint_is_a_line_of_its_own_and_a_typed_line_feed_is_not()
    {
        Assert.Equal(1, Verify("nobody", out string said));
        Assert.Equal("akashi recordings: neither a file nor a session is called 'nobody'\nhint: akashi recordings lists sessions\n", said);

        var error = new MemoryStream();
        using (var lines = new Utf8Output(error))
            FaultLines.Write(lines, "akashi replay", "no 'a\nb'\nhint: c");
        Assert.Equal("akashi replay: no 'a\\012b'\nhint: c\n", Encoding.UTF8.GetString(error.ToArray()));
    }

    int Verify(string word, out string said)
    {
        int exitCode = 0;
        var tool = new ToolRun("recordings", invocation =>
        {
            using var output = new Utf8Output(invocation.Output);
            using var error = new Utf8Output(invocation.Error);
            return new VerifyCommand(invocation, output, error, _folder["recordings"], _folder["finished"]).Run([word]);
        });
        tool.Host.Process = tool.Host.Process with { Uid = 0 };
        tool.Host.Owners[_folder["recordings"]] = 0;
        exitCode = tool.Run();
        said = tool.Output + tool.Error;
        return exitCode;
    }

    void Write(string shown)
    {
        using FileStream file = File.Create(_folder[$"recordings/{Name}.cast"]);
        var writer = new RecordingWriter(file);
        writer.Begin(new RecordingHeader { IsChained = true, UnixSeconds = 1795279800, Session = [("user", "alice"), ("auid", "1000"), ("ses", "12")] });
        writer.Write(0, RecordingEventKind.Output, Encoding.UTF8.GetBytes(shown));
        writer.End(1, 0);
    }
}
