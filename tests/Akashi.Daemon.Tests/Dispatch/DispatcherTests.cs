using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Dispatch;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Dispatch;

/// <summary>Real programs behind real sockets.</summary>
public sealed class DispatcherTests : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    readonly TemporaryFolder _folder = new();
    readonly ListedActions _actions = new();
    readonly List<string> _said = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_program_gets_every_record_as_a_line_and_the_end_of_its_input_last()
    {
        using (Dispatcher dispatcher = Start(new AuditdConfiguration(), Script("all", $"while read -r line; do echo \"$line\"; done >{_folder["got"]}; echo end >>{_folder["got"]}")))
        {
            for (int index = 0; index < 1000; index++)
                Give(dispatcher, $"type=A msg=audit(1.000:{index}): a");
            Assert.Equal(1, dispatcher.ActiveCount);
        }

        Assert.Equal([.. Enumerable.Range(0, 1000).Select(index => $"type=A msg=audit(1.000:{index}): a"), "end"], File.ReadAllLines(_folder["got"]));
    }

    [Theory]
    [InlineData(LogFormat.Raw, 0u, "audit(1.000:1): a")]
    [InlineData(LogFormat.Enriched, 1u, "type=A msg=audit(1.000:1): a")]
    public void Binary_records_have_a_header_of_16_bytes(LogFormat format, uint version, string payload)
    {
        PluginConfiguration plugin = Script("binary", $"exec cat >{_folder["got"]}") with { IsBinary = true };
        using (Dispatcher dispatcher = Start(new AuditdConfiguration { LogFormat = format }, plugin))
            Give(dispatcher, "type=A msg=audit(1.000:1): a", type: 1300);

        byte[] got = File.ReadAllBytes(_folder["got"]);
        Assert.Equal(
            [version, 16u, 1300u, (uint)payload.Length], Enumerable.Range(0, 4).Select(index => BitConverter.ToUInt32(got, index * 4)));
        Assert.Equal(payload, Encoding.ASCII.GetString(got, 16, got.Length - 16));
    }

    [Fact]
    public void One_that_never_reads_costs_itself_alone()
    {
        PluginConfiguration hung = Script("hung", "exec sleep 600");
        PluginConfiguration good = Script("good", $"exec cat >{_folder["got"]}");
        using (Dispatcher dispatcher = Start(new AuditdConfiguration { QueueRecords = 100 }, hung, good))
        {
            string text = new('x', 4000);
            for (int index = 0; index < 2000; index++)
            {
                Give(dispatcher, text);
                Assert.True(SpinWait.SpinUntil(() => new FileInfo(_folder["got"]) is { Exists: true } got && got.Length >= (index - 50) * 4001L, s_limit));
            }

            Assert.InRange(dispatcher.Dropped, 1, 1999);
            Assert.Equal(100, dispatcher.DepthMax);
            Assert.Equal(["say the queue of plugin hung is full: records are counted and dropped"], _actions.Asked);
            Assert.Equal(0, dispatcher.TakeLoss());
        }

        Assert.Equal(2000 * 4001L, new FileInfo(_folder["got"]).Length);
    }

    [Fact]
    public void One_that_ends_is_started_anew_so_often_as_the_configuration_says()
    {
        using Dispatcher dispatcher = Start(new AuditdConfiguration { RestartsMax = 2 }, Script("brief", $"echo x >>{_folder["starts"]}"));

        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                Give(dispatcher, "type=A msg=audit(1.000:1): a");
                return dispatcher.ActiveCount == 0;
            },
            s_limit));

        Assert.Equal(3, File.ReadAllLines(_folder["starts"]).Length);
        Assert.Equal(
            ["plugin brief has ended and is started anew", "plugin brief has ended and is started anew",
                "plugin brief has ended 3 times: it gets nothing until the next SIGHUP"],
            _said);
    }

    [Fact]
    public void A_program_that_is_not_there_is_said_and_left_out()
    {
        using Dispatcher dispatcher = Start(new AuditdConfiguration(), new PluginConfiguration("none", true, "/no/such/program", [], false));

        Assert.Equal(0, dispatcher.ActiveCount);
        Assert.Equal(["plugin none: cannot start /no/such/program: No such file or directory"], _said);
    }

    Dispatcher Start(AuditdConfiguration configuration, params PluginConfiguration[] plugins) => new(
        new LinuxHost().Files, configuration, plugins, new DaemonSurroundings { Say = Say, Actions = _actions });

    // The plugins' threads say it.
    void Say(string text)
    {
        lock (_said)
            _said.Add(text);
    }

    PluginConfiguration Script(string name, string text)
    {
        string path = _folder[name];
        File.WriteAllText(path, $"#!/bin/sh\nPATH=/usr/bin:/bin\n{text}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0x1E8);
        return new PluginConfiguration(name, true, path, [], false);
    }

    static void Give(Dispatcher dispatcher, string line, ushort type = 1300)
    {
        dispatcher.Give(type, Encoding.ASCII.GetBytes(line));
        dispatcher.Publish();
    }
}
