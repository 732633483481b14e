using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Audisp;

/// <summary>audisp-syslog as a process, with a system log of the test's own: a private mount namespace whose /dev is the test's directory.</summary>
public sealed class AudispSyslogTests : IDisposable
{
    const string Namespace =
        "cd \"$0\" && for device in 'null 3' 'zero 5' 'random 8' 'urandom 9'; do set -- $device \"$@\"; mknod -m 666 $1 c 1 $2; shift 2; done; mkdir shm; " +
        "mount --bind . /dev && cd / && exec \"$@\"";

    const string Record = "type=SYSCALL msg=audit(1700000004.300:14): arch=c000003e syscall=59 uid=0 key=6B31016B32\u001dARCH=x86_64 SYSCALL=execve UID=\"root\"";

    readonly TemporaryFolder _folder = new();
    readonly Socket? _log;

    public AudispSyslogTests()
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        Directory.CreateDirectory(_folder["dev"]);
        _log = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveBufferSize = 1024 * 1024 };
        _log.Bind(new UnixDomainSocketEndPoint(_folder["dev/log"]));
        _log.ReceiveTimeout = (int)PluginProgram.Limit.TotalMilliseconds;
    }

    public void Dispose()
    {
        _log?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("<14>", "audisp-syslog")]
    [InlineData("<155>", "audispd", "LOG_LOCAL3", "LOG_ERR")]
    [InlineData("<32>", "audispd", "LOG_EMERG", "LOG_AUTH")]
    [InlineData("<15>", "audisp-syslog", "LOG_DEBUG", "LOG_USER")]
    public void A_record_is_a_line_of_that_facility_and_level(string priority, string name, params string[] arguments)
    {
        using PluginProgram plugin = Start([PluginProgram.Program, "audisp-syslog", .. arguments]);

        plugin.Send(Record + "\n");

        string line = Receive();
        Assert.StartsWith(priority, line);
        Assert.EndsWith($" {name}: {Record.Replace('\u001d', ' ')}", line);
        Assert.Equal((0, "", ""), plugin.End());
    }

    [Fact]
    public void Interpreted_records_are_in_words()
    {
        using PluginProgram plugin = Start([PluginProgram.Program, "audisp-syslog", "interpret"]);

        plugin.Send(Record + "\ntype=EOE msg=audit(1700000004.300:14):\n");

        Assert.EndsWith(": type=SYSCALL msg=audit(11/14/23 22:13:24) : arch=x86_64 syscall=execve uid=root key=k1 key=k2 ", Receive());
        Assert.Equal((0, "", ""), plugin.End());
    }

    [Fact]
    public void A_word_without_meaning_is_1_and_said_in_the_system_log()
    {
        using PluginProgram plugin = Start([PluginProgram.Program, "audisp-syslog", "LOG_LOCAL8"]);

        var (exitCode, _, error) = plugin.End();

        Assert.Equal((1, "audisp-syslog: Unknown log priority/facility LOG_LOCAL8"), (exitCode, error.Split('\n')[0]));
        Assert.EndsWith(": Unknown log priority/facility LOG_LOCAL8", Receive());
    }

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("mixed.log")]
    [InlineData("mixed.log", "interpret")]
    [InlineData("mixed.log", "interpret", "LOG_LOCAL0", "LOG_NOTICE")]
    public void Lines_are_those_of_Debians(string log, params string[] arguments)
    {
        string original = RepositoryFiles.PathOf("artifacts", "yardsticks", "run", "audisp-syslog");
        Assert.SkipUnless(File.Exists(original), "Debian's own tools aren't there: eng/yardsticks.sh fetches them");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

        string[] expected = All([original, .. arguments], TestLogs.Bytes(log), "initialized with facility");
        string[] actual = All([PluginProgram.Program, "audisp-syslog", .. arguments], TestLogs.Bytes(log), "initialized with facility");

        Assert.True(expected.Length > 40);
        Assert.Equal(expected.Order(), actual.Order());
    }

    // The order of interpreted records is that in which their events end; the time before the name is now.
    string[] All(string[] command, byte[] input, string without)
    {
        using PluginProgram plugin = Start(command);
        var lines = new List<string>();
        Task feeding = Task.Run(() =>
        {
            plugin.Input.Write(input);
            plugin.End();
        });
        while (!feeding.IsCompleted || _log!.Poll(0, SelectMode.SelectRead))
        {
            if (_log!.Poll(10_000, SelectMode.SelectRead))
                lines.Add(Receive());
        }

        feeding.Wait();
        return [.. lines.Where(line => !line.Contains(without)).Select(line => line[..line.IndexOf('>')] + line[(line.IndexOf('>') + 16)..])];
    }

    string Receive()
    {
        byte[] bytes = new byte[64 * 1024];
        return Encoding.UTF8.GetString(bytes, 0, _log!.Receive(bytes)).TrimEnd('\n');
    }

    PluginProgram Start(string[] command)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Assert.SkipUnless(PrivateMounts.Exist, PrivateMounts.Missing);
        foreach (string name in Directory.GetFileSystemEntries(_folder["dev"]).Where(path => Path.GetFileName(path) != "log"))
            Remove(name);
        return PluginProgram.Of(["env", "LC_ALL=C", "TZ=UTC", "unshare", "--mount", "--propagation", "private", "sh", "-c", Namespace, _folder["dev"], .. command]);
    }

    static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path);
        else
            File.Delete(path);
    }
}
