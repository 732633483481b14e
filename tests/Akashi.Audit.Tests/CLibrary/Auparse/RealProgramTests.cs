using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Akashi.Testing;

namespace Akashi.Audit.Tests.CLibrary.Auparse;

/// <summary>Debian's own programs, with theirs and with ours: they print the same.</summary>
public sealed partial class RealProgramTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("usr/bin/aulast", "-f")]
    [InlineData("usr/bin/auvirt", "--summary", "--file")]
    public void Logins_and_machines_are_the_same(string program, params string[] arguments)
    {
        int lines = 0;
        foreach ((string name, byte[] bytes) in TestArchive.Read("golden-kin.tar.gz").Where(file => file.Key.EndsWith(".log", StringComparison.Ordinal)))
        {
            string log = _folder[name];
            File.WriteAllBytes(log, bytes);

            string expected = Run(program, "", [.. arguments, log]), actual = Run(program, OwnLibrary.Place, [.. arguments, log]);

            Assert.Equal(expected, actual);
            lines += expected.Count('\n');
        }

        Assert.True(lines > 20, $"{lines} lines");
    }

    [Theory]
    [InlineData("ausearch")]
    [InlineData("ausearch", "--raw")]
    [InlineData("ausearch", "-sc", "execve", "-i")]
    [InlineData("ausearch", "-x", "su", "-i")]
    [InlineData("ausearch", "-m", "USER_AUTH,USER_CMD", "-i", "--escape", "raw")]
    [InlineData("aureport", "-i")]
    [InlineData("aureport", "-s", "-i")]
    [InlineData("aureport", "-f", "-i")]
    [InlineData("aureport", "-u", "-i")]
    [InlineData("aureport", "-x", "--summary", "-i")]
    [InlineData("aureport", "-au", "-i")]
    [InlineData("aureport", "-p", "-i")]
    [InlineData("aureport", "-k", "-i")]
    public void Searches_and_reports_are_the_same(string program, params string[] options)
    {
        Assert.Equal(Search(program, "", options), Search(program, OwnLibrary.Place, options));
    }

    // The newer tables have words for more arguments of calls.
    [Fact]
    public void Events_in_words_are_the_same_but_for_arguments()
    {
        string expected = Search("ausearch", "", ["-i"]), actual = Search("ausearch", OwnLibrary.Place, ["-i"]);

        Assert.Equal(Argument().Replace(expected, ""), Argument().Replace(actual, ""));
        Assert.True(expected.Count('\n') > 10_000);
    }

    [GeneratedRegex(" a[0-3]=[^ ]+")]
    private static partial Regex Argument();

    // The rules hold the program's own process id.
    [Fact]
    public void Traced_programs_ask_the_kernel_for_the_same()
    {
        string program = Program("sbin/autrace");

        string[] expected = Yardstick.Record(program, Yardstick.Libraries, out _, "/bin/true");
        string[] actual = Yardstick.Record(program, OwnLibrary.Place, out string output, "/bin/true");

        Assert.Contains("Trace complete.", output);
        Assert.Equal(4, expected.Length);
        Assert.Equal(expected.Select(request => request.Split(' ')[0]), actual.Select(request => request.Split(' ')[0]));
    }

    // Without local events it leaves the kernel's audit alone.
    [Fact]
    public void The_daemon_starts_writes_and_ends()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "auditd needs root");
        string log = _folder["audit.log"], program = Program("sbin/auditd");
        Directory.CreateDirectory(_folder["plugins.d"]);
        File.WriteAllText(
            _folder["auditd.conf"], $"local_events = no\nlog_file = {log}\nlog_format = ENRICHED\nflush = NONE\nspace_left = 2\nadmin_space_left = 1\nplugin_dir = {_folder["plugins.d"]}\n");
        File.SetUnixFileMode(_folder["auditd.conf"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var start = new ProcessStartInfo(program, ["-n", "-c", _folder.Path]) { RedirectStandardError = true };
        start.Environment["LD_LIBRARY_PATH"] = $"{OwnLibrary.Place}:{Yardstick.Libraries}";
        using Process daemon = Process.Start(start)!;
        try
        {
            Assert.True(SpinWait.SpinUntil(() => daemon.HasExited || Has("DAEMON_START"), TimeSpan.FromSeconds(20)), "it doesn't start");
            Assert.False(daemon.HasExited, daemon.HasExited ? daemon.StandardError.ReadToEnd() : "");
            Yardstick.Run("kill", [], daemon.Id.ToString(CultureInfo.InvariantCulture));
            Assert.True(daemon.WaitForExit(TimeSpan.FromSeconds(20)), "it doesn't end");
        }
        finally
        {
            daemon.Kill();
        }

        Assert.Equal(0, daemon.ExitCode);
        Assert.Matches(@"op=start ver=3\.\d.* res=success\x1DAUID=""\w+"" UID=""root""", File.ReadLines(log).First());
        Assert.True(Has("DAEMON_END"));

        bool Has(string type) => File.Exists(log) && File.ReadAllText(log).Contains($"type={type} ", StringComparison.Ordinal);
    }

    string Search(string program, string first, string[] options)
    {
        string log = _folder["audit.log"];
        File.WriteAllBytes(log, [.. TestLogs.Bytes("server.log")]);
        return Run("sbin/" + program, first, [.. options, "-if", log]);
    }

    static string Run(string program, string first, string[] arguments)
    {
        return Yardstick.Run(Program(program), new() { ["LD_LIBRARY_PATH"] = first.Length == 0 ? Yardstick.Libraries : $"{first}:{Yardstick.Libraries}", ["TZ"] = "UTC" }, arguments);
    }

    static string Program(string name)
    {
        string path = Path.Combine(RepositoryFiles.PathOf("artifacts", "yardsticks"), "root", name);
        Assert.SkipUnless(File.Exists(path), $"Debian's {name} isn't there: eng/yardsticks.sh fetches it");
        return path;
    }
}
