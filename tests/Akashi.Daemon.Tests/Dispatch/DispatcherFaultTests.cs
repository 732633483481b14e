using System.Diagnostics;
using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Dispatch;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Dispatch;

/// <summary>Plugins that don't do what they should, and what is done where a queue is full.</summary>
[Trait("Category", "Long")]
public sealed class DispatcherFaultTests : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    readonly TemporaryFolder _folder = new();
    readonly ListedActions _actions = new();
    readonly List<string> _said = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(LogActionKind.Ignore)]
    [InlineData(LogActionKind.Syslog, "say the queue of plugin hung is full: records are counted and dropped")]
    [InlineData(LogActionKind.Suspend, "say the queue of plugin hung is full: records are counted and dropped")]
    [InlineData(LogActionKind.Single, "say the queue of plugin hung is full: records are counted and dropped", "level SingleUser")]
    [InlineData(LogActionKind.Halt, "say the queue of plugin hung is full: records are counted and dropped", "level Halt")]
    public void A_full_queue_is_answered_once_as_the_configuration_says(LogActionKind kind, params string[] asked)
    {
        using Dispatcher dispatcher = Start(
            new AuditdConfiguration { QueueRecords = 10, OverflowAction = new LogAction(kind) }, Script("hung", "exec sleep 600"));

        Flood(dispatcher, 1000);

        Assert.Equal(kind == LogActionKind.Suspend, dispatcher.IsSuspended);
        Assert.True(dispatcher.Dropped > 0);
        Assert.Equal(asked, _actions.Asked);
    }

    [Fact]
    public void A_suspended_dispatcher_gives_nothing_on_and_counts_it_until_it_is_resumed()
    {
        PluginConfiguration hung = Script("hung", "exec sleep 600");
        PluginConfiguration good = Script("good", $"exec cat >{_folder["got"]}");
        using (Dispatcher dispatcher = Start(new AuditdConfiguration { QueueRecords = 1000, OverflowAction = new LogAction(LogActionKind.Suspend) }, hung, good))
        {
            Flood(dispatcher, 3000);
            Assert.True(dispatcher.IsSuspended);
            Give(dispatcher, "while suspended");
            Assert.Equal(0, dispatcher.TakeLoss());
            // A program that was slow to start may have a full queue of its own.
            Assert.True(SpinWait.SpinUntil(() => dispatcher.Describe().Single(plugin => plugin.Name == "good").Depth == 0, s_limit));
            dispatcher.Resume();
            Give(dispatcher, "resumed");
            Assert.True(SpinWait.SpinUntil(() => File.Exists(_folder["got"]) && Text("got").Contains("resumed"), s_limit));
        }

        Assert.DoesNotContain("while suspended", Text("got"));
    }

    [Fact]
    public void After_five_complaints_it_is_silent()
    {
        using Dispatcher dispatcher = Start(new AuditdConfiguration { QueueRecords = 4 }, Script("slow", $"while [ ! -e {_folder["go"]} ]; do sleep 0.05; done; exec cat >/dev/null"));
        for (int round = 0; round < 8; round++)
        {
            if (round > 0)
                Assert.True(SpinWait.SpinUntil(() => dispatcher.Depth == 0, s_limit));
            dispatcher.TakeLoss();
            if (round == 0)
                Flood(dispatcher, 400);
            else
                FloodUntilDropped(dispatcher);
            File.WriteAllText(_folder["go"], "");
        }

        Assert.InRange(_actions.Asked.Count, 1, 5);
    }

    [Fact]
    public void One_that_closes_its_input_counts_as_ended()
    {
        using Dispatcher dispatcher = Start(
            new AuditdConfiguration { RestartsMax = 1 }, Script("deaf", $"echo x >>{_folder["starts"]}; exec <&-; exec sleep 600"));

        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                Give(dispatcher, "a");
                return dispatcher.ActiveCount == 0;
            },
            s_limit));

        Assert.Equal(2, File.ReadAllLines(_folder["starts"]).Length);
        Assert.Equal(["plugin deaf has ended and is started anew", "plugin deaf has ended 2 times: it gets nothing until the next SIGHUP"], _said);
    }

    [Fact]
    public void With_no_restarts_allowed_the_first_end_is_the_last()
    {
        using Dispatcher dispatcher = Start(new AuditdConfiguration { RestartsMax = 0 }, Script("brief", $"echo x >>{_folder["starts"]}"));

        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                Give(dispatcher, "a");
                return dispatcher.ActiveCount == 0;
            },
            s_limit));

        Assert.Single(File.ReadAllLines(_folder["starts"]));
    }

    [Theory]
    [InlineData("trap '' TERM HUP; while :; do read -r line || sleep 0.1; done")]
    [InlineData("trap '' TERM HUP; while :; do sleep 0.1; done")]
    public void One_that_ignores_TERM_is_killed(string script)
    {
        PluginConfiguration plugin = Script("stubborn", $"echo $$ >{_folder["pid"]}; {script}");
        var watch = Stopwatch.StartNew();
        using (Dispatcher dispatcher = Start(new AuditdConfiguration(), plugin))
        {
            Flood(dispatcher, 500);
            Assert.True(SpinWait.SpinUntil(() => File.Exists(_folder["pid"]) && Text("pid").EndsWith('\n'), s_limit));
        }

        Assert.True(watch.Elapsed < s_limit);
        Assert.False(Directory.Exists($"/proc/{Text("pid").Trim()}"));
    }

    [Fact]
    public void A_plugin_has_no_environment_and_no_descriptor_but_its_three()
    {
        using (Start(new AuditdConfiguration(), Script("bare", $"env >{_folder["env"]}; ls /proc/self/fd >{_folder["fds"]}; exec cat >/dev/null")))
            Assert.True(SpinWait.SpinUntil(() => File.Exists(_folder["fds"]) && Text("fds").Length > 0, s_limit));

        // What the shell itself sets; and the directory that ls has open.
        Assert.Equal(["PATH", "PWD"], Text("env").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).Where(name => name is not ("_" or "SHLVL" or "OLDPWD")).Order());
        Assert.Equal(["0", "1", "2", "3"], Text("fds").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    string Text(string name) => File.ReadAllText(_folder[name]);

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
        File.WriteAllText(path, $"#!/bin/sh\nPATH=/usr/bin:/bin\nexport PATH\n{text}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0x1E8);
        return new PluginConfiguration(name, true, path, [], false);
    }

    static void Flood(Dispatcher dispatcher, int records)
    {
        string text = new('x', 4000);
        for (int count = 0; count < records; count++)
            Give(dispatcher, text);
    }

    static void FloodUntilDropped(Dispatcher dispatcher)
    {
        long dropped = dispatcher.Dropped;
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                Flood(dispatcher, 400);
                return dispatcher.Dropped > dropped;
            },
            s_limit));
    }

    static void Give(Dispatcher dispatcher, string line)
    {
        dispatcher.Give(1300, Encoding.ASCII.GetBytes(line));
        dispatcher.Publish();
    }
}
