using System.Globalization;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Tests.Ausearch.Checkpoints;

/// <summary>Checkpoint files of every shape, over seven events; what is expected is what Debian's 3.0.9 printed.</summary>
/// <remarks>D and I stand for the log's device and inode. The events: 1 to 7 at 0.1, 1.1, 2.1, 5, 5.5, 6 and 9 seconds.</remarks>
public sealed class CheckpointFileTests : IDisposable
{
    const string Event4 = "output=- 1700000005.000:4 0x514\n";

    readonly TemporaryFolder _folder = new();

    public CheckpointFileTests()
    {
        Directory.CreateDirectory(_folder["logs"]);
        File.WriteAllLines(Log,
        [
            .. Call("1700000000.100:1"), Login("1700000001.100:2"), .. Call("1700000002.100:3"), .. Call("1700000005.000:4"), .. Call("1700000005.500:5"),
            Login("1700000006.000:6"), Login("1700000009.000:7"),
        ]);
    }

    string Log => Path.Combine(_folder["logs"], "audit.log");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", 10, "", "Missing dev/inode lines from checkpoint file CP")]
    [InlineData("dev=D\n", 10, "", "Missing dev/inode lines from checkpoint file CP")]
    [InlineData("dev=D\ninode=I\n", 0, "1 2 3 4 5 6 7", "")]
    [InlineData("dev=D\ninode=I\noutput=- 0.000:0 0x0\n", 0, "1 2 3 4 5 6 7", "")]
    [InlineData("dev=D\ninode=I\n" + Event4, 0, "5 6 7", "")]
    [InlineData(Event4 + "inode=I\ndev=D\n", 0, "5 6 7", "")]
    [InlineData("dev=D\ninode=I\noutput=- 1700000005.000:4 0x514", 0, "5 6 7", "")]
    [InlineData("dev=D\r\ninode=I\r\noutput=- 1700000005.000:4 0x514\r\n", 0, "5 6 7", "")]
    [InlineData("dev=D junk\ninode=I junk\noutput=-  1700000005.0:4   0x514 junk\n", 0, "5 6 7", "")]
    [InlineData("dev=D\ninode= I\noutput=- +1700000005.000:4 0x514\n", 0, "5 6 7", "")]
    [InlineData("dev=D\ninode=I\noutput=- 1700000006.000:6 0x458\n" + Event4, 0, "5 6 7", "")]
    [InlineData("dev=0xzz\ninode=I\n" + Event4, 10, "", "Missing dev/inode lines from checkpoint file CP")]
    [InlineData("dev=D\ninode=abc\n" + Event4, 10, "", "Missing dev/inode lines from checkpoint file CP")]
    [InlineData("dev=0xFFFFFFFFFFFFFFFFFFFFFFFF\ninode=I\n" + Event4, 10, "",
        "Malformed dev checkpoint line - [dev=0xFFFFFFFFFFFFFFFFFFFFFFFF]\nMissing dev/inode lines from checkpoint file CP")]
    [InlineData("dev=D\ninode=99999999999999999999999\n" + Event4, 10, "", "Malformed inode checkpoint line - [inode=99999999999999999999999]")]
    [InlineData("dev=D\ninode=I\noutput=-\n", 10, "", "Malformed output/event checkpoint line near node - [output=-]")]
    [InlineData("dev=D\ninode=I\noutput=\n", 10, "", "Malformed output/event checkpoint line near node - [output=]")]
    [InlineData("dev=D\ninode=I\noutput=- x\n", 10, "", "Malformed output/event checkpoint line after node - [output=-]")]
    [InlineData("dev=D\ninode=I\noutput=1700000005.000:4 0x514\n", 10, "", "Malformed output/event checkpoint line after node - [output=1700000005.000:4]")]
    [InlineData("dev=D\ninode=I\noutput=- 1700000005.000:4 1300\n", 10, "", "Malformed output/event checkpoint line after node - [output=-]")]
    [InlineData("dev=D\ninode=I\noutput=- 1700000005.000:4\n", 10, "", "Malformed output/event checkpoint line after node - [output=-]")]
    [InlineData("dev=D\ninode=I\noutput=- 1700000005.0000:4 0x514\n", 10, "", "Malformed output/event checkpoint line after node - [output=-]")]
    [InlineData("dev=D\ninode=I\noutput=- 1700000005:4 0x514\n", 10, "", "Malformed output/event checkpoint line after node - [output=-]")]
    [InlineData("dev=D\ninode=I\noutput=- 1700000005.000:40x514\n", 10, "", "Malformed output/event checkpoint line after node - [output=-]")]
    [InlineData("foo=1\ndev=D\ninode=I\n" + Event4, 10, "", "Unknown checkpoint line - [foo=1]\nMissing dev/inode lines from checkpoint file CP")]
    [InlineData("dev=D\n\ninode=I\n" + Event4, 10, "", "Unknown checkpoint line - []\nMissing dev/inode lines from checkpoint file CP")]
    [InlineData("dev=D\ninode=I\nfoo\n", 10, "", "Unknown checkpoint line - [foo]")]
    [InlineData("dev=D\ninode=I\noutput=- 1700000005.000:4 0x1\n", 12, "",
        "Corrupted checkpoint file. Inode match, but newer complete event (1700000009.000:7) found before loaded checkpoint 1700000005.000:4")]
    [InlineData("dev=D\ninode=I\noutput=host 1700000005.000:4 0x514\n", 12, "",
        "Corrupted checkpoint file. Inode match, but newer complete event (1700000009.000:7) found before loaded checkpoint 1700000005.000:4")]
    [InlineData("dev=D\ninode=I\noutput=- 1700000003.000:44 0x514\n", 12, "",
        "Corrupted checkpoint file. Inode match, but newer complete event (1700000006.000:6) found before loaded checkpoint 1700000003.000:44")]
    [InlineData("dev=D\ninode=I\noutput=- 1800000003.000:44 0x514\n", 1, "", "")]
    public void A_file_is_read_as_the_original_reads_it(string text, int code, string events, string complaint)
    {
        Write(text);

        CheckpointCommand ours = Run();

        Assert.Equal(code, ours.ExitCode);
        Assert.Equal(events, Serials(ours.Output));
        Assert.Equal(complaint.Replace("CP", _folder["cp"], StringComparison.Ordinal), ours.Complaints);
        Assert.Equal(code < 10 ? Expand("dev=D\ninode=I\noutput=- 1700000009.000:7 0x458\n") : Expand(text), File.ReadAllText(_folder["cp"]));
    }

    [Theory]
    [InlineData("1700000005.000:4 0x514", 0, "4 5 6 7")]
    [InlineData("1700000005.000:44 0x514", 0, "4 5 6 7")]
    [InlineData("1700000005.300:4 0x1", 0, "5 6 7")]
    [InlineData("1700000003.000:1 0x514", 0, "4 5 6 7")]
    [InlineData("1800000003.000:1 0x514", 1, "")]
    public void From_a_checkpoints_time_on_device_and_inode_do_not_count(string last, int code, string events)
    {
        Write($"dev=0x1\ninode=1\noutput=- {last}\n");

        CheckpointCommand ours = Run("-ts", "checkpoint");

        Assert.Equal(code, ours.ExitCode);
        Assert.Equal(events, Serials(ours.Output));
        Assert.Equal(Expand("dev=D\ninode=I\noutput=- 1700000009.000:7 0x458\n"), File.ReadAllText(_folder["cp"]));
    }

    [Fact]
    public void A_log_that_is_not_there_any_more_ends_with_10()
    {
        Write("dev=D\ninode=1\n" + Event4);

        CheckpointCommand ours = Run();

        Assert.Equal(10, ours.ExitCode);
        Assert.Contains($"ausearch: no log has the device and the inode of checkpoint {_folder["cp"]}\nhint: -ts checkpoint", ours.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_written_ends_with_11_after_all_was_printed()
    {
        string path = Path.Combine(_folder["missing"], "cp");

        CheckpointCommand ours = CheckpointCommand.Run("-if", _folder["logs"], "--checkpoint", path, "-r");

        Assert.Equal(11, ours.ExitCode);
        Assert.Equal("1 2 3 4 5 6 7", Serials(ours.Output));
        Assert.Contains($"Cannot open checkpoint file - {path}: No such file or directory\n", ours.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_event_counts_whether_or_not_it_was_looked_for()
    {
        Assert.Equal(1, Run("-k", "not-there").ExitCode);
        Assert.Equal(Expand("dev=D\ninode=I\noutput=- 1700000009.000:7 0x458\n"), File.ReadAllText(_folder["cp"]));

        File.AppendAllLines(Log, [.. Call("1700000010.000:8"), Login("1700000020.000:9")]);

        Assert.Equal("8", Serials(Run("-m", "SYSCALL").Output));
    }

    [Fact]
    public void With_just_one_the_event_printed_is_not_yet_behind_the_checkpoint()
    {
        Assert.Equal("2", Serials(Run("--just-one", "-m", "USER_LOGIN").Output));
        Assert.Equal(Expand("dev=D\ninode=I\noutput=- 1700000000.100:1 0x514\n"), File.ReadAllText(_folder["cp"]));
        Assert.False(File.Exists(_folder["cp.position"]));
        Assert.Equal("2", Serials(Run("--just-one", "-m", "USER_LOGIN").Output));
    }

    [Fact]
    public void The_node_and_a_type_that_no_table_knows_stand_in_the_file()
    {
        File.WriteAllText(Log, $"node=hh {Login("1700000010.000:2")}\n");
        _ = Run();
        Assert.Equal(Expand("dev=D\ninode=I\noutput=hh 1700000010.000:2 0x458\n"), File.ReadAllText(_folder["cp"]));

        File.WriteAllText(Log, $"type=FOO msg=audit(1700000000.000:1): a=b\n{Call("1700000050.000:2").First()}\n");
        File.Delete(_folder["cp"]);
        _ = Run();
        Assert.Equal(Expand("dev=D\ninode=I\noutput=- 1700000000.000:1 0xFFFFFFFF\n"), File.ReadAllText(_folder["cp"]));
    }

    static IEnumerable<string> Call(string stamp) =>
    [
        $"type=SYSCALL msg=audit({stamp}): arch=c000003e syscall=2 success=yes exit=3 a0=1 a1=0 a2=0 a3=0 items=1 ppid=1 pid=1 auid=0 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=1 comm=\"x\" exe=\"/x\" key=\"k\"",
        $"type=PATH msg=audit({stamp}): item=0 name=\"/f\" inode=1 dev=fd:00 mode=0100644 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL",
    ];

    static string Login(string stamp) =>
        $"type=USER_LOGIN msg=audit({stamp}): pid=1 uid=0 auid=0 ses=1 msg='op=login id=0 exe=\"/s\" hostname=h addr=1.2.3.4 terminal=t res=success'";

    static string Serials(string output) => string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..line.IndexOf(')', StringComparison.Ordinal)]).Distinct());

    CheckpointCommand Run(params string[] more) =>
        CheckpointCommand.Run(["-if", _folder["logs"], "--checkpoint", _folder["cp"], "-r", .. more]);

    void Write(string text) => File.WriteAllText(_folder["cp"], Expand(text));

    string Expand(string text)
    {
        IFiles files = new LinuxHost().Files;
        using SafeFileHandle handle = files.OpenForReading(Log);
        FileIdentity identity = files.Identify(handle);
        return text.Replace("dev=D", string.Create(CultureInfo.InvariantCulture, $"dev=0x{identity.Device:X}"), StringComparison.Ordinal)
            .Replace("inode=I", $"inode={identity.Inode}", StringComparison.Ordinal)
            .Replace("inode= I", $"inode= {identity.Inode}", StringComparison.Ordinal);
    }
}
