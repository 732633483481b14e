using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Audisp;

/// <summary>audisp-filter as a process, with a program behind it.</summary>
public sealed class AudispFilterTests : IDisposable
{
    const string Opened =
        "type=SYSCALL msg=audit(1700000001.100:11): arch=c000003e syscall=257 success=no exit=-2 uid=0\n" +
        "type=PATH msg=audit(1700000001.100:11): item=0 name=\"/etc/x\"\n" +
        "type=PROCTITLE msg=audit(1700000001.100:11): proctitle=\"cat\"\n";

    const string Started = "type=SERVICE_START msg=audit(1700000001.200:12): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=x res=success'\n";

    readonly TemporaryFolder _folder = new();

    string Rules => _folder["rules"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("allowlist", Started)]
    [InlineData("drop-matching", Started)]
    [InlineData("blocklist", Opened)]
    [InlineData("forward-matching", Opened)]
    public void Whole_events_are_dropped_or_given_on(string mode, string expected)
    {
        File.WriteAllText(Rules, "# failed opens\ntype r= SYSCALL && syscall i= openat && success r= no\nkey r= nothing\n");
        using var filter = new PluginProgram("audisp-filter", mode, Rules, "/bin/cat");

        filter.Send(Opened + Started);

        Assert.Equal((0, expected, ""), filter.End());
    }

    [Fact]
    public void Events_that_are_mixed_are_told_apart()
    {
        File.WriteAllText(Rules, "name i= \"/etc/x\"\n");
        using var filter = new PluginProgram("audisp-filter", "blocklist", Rules, "/bin/cat");
        string other = Opened.Replace(":11)", ":12)").Replace("/etc/x", "/etc/y");

        filter.Send(string.Concat(Opened.Split('\n').Zip(other.Split('\n'), (left, right) => left.Length == 0 ? "" : $"{left}\n{right}\n")));

        Assert.Equal((0, Opened, ""), filter.End());
    }

    [Fact]
    public void An_event_leaves_while_the_input_is_open()
    {
        File.WriteAllText(Rules, "type r= SERVICE_START\n");
        using var filter = new PluginProgram("audisp-filter", "blocklist", Rules, "/bin/sh", "-c", $"exec cat >{_folder["got"]}");

        filter.Send(Started);

        PluginProgram.WaitFor(() => File.Exists(_folder["got"]) && File.ReadAllText(_folder["got"]) == Started, "the event does not come");
    }

    [Fact]
    public void HUP_reads_the_expressions_anew_and_a_wrong_file_changes_nothing()
    {
        File.WriteAllText(Rules, "type r= SERVICE_START\n");
        using var filter = new PluginProgram("audisp-filter", "allowlist", Rules, "/bin/sh", "-c", $"exec cat >{_folder["got"]}");
        SendUntilGot(filter, Opened, "type=SYSCALL");

        File.WriteAllText(Rules, "type r=\n");
        filter.Signal(Signal.Hangup);
        PluginProgram.WaitFor(() => filter.Said.Contains("the expressions stay as they were", StringComparison.Ordinal), "it says nothing of the wrong file");
        File.WriteAllText(Rules, "type r= SYSCALL\n");
        filter.Signal(Signal.Hangup);
        SendUntilGot(filter, Started, "SERVICE_START");

        Assert.Equal(0, filter.End().ExitCode);
    }

    [Fact]
    public void The_end_of_the_program_is_its_own()
    {
        File.WriteAllText(Rules, "");
        using var filter = new PluginProgram("audisp-filter", "allowlist", Rules, "/bin/true");

        var (exitCode, _, error) = filter.WaitForEnd();

        Assert.Equal((1, "audisp-filter: /bin/true has ended\n"), (exitCode, error));
    }

    [Trait("Category", "Long")]
    [Fact]
    public void TERM_ends_it_also_where_the_program_neither_reads_nor_obeys()
    {
        File.WriteAllText(Rules, "");
        using var filter = new PluginProgram("audisp-filter", "allowlist", Rules, "/bin/sh", "-c", $"trap '' TERM; echo $$ >{_folder["pid"]}; while :; do sleep 0.1; done");
        PluginProgram.WaitFor(() => File.Exists(_folder["pid"]) && File.ReadAllText(_folder["pid"]).EndsWith('\n'), "it does not start");
        var feeding = new Thread(() =>
        {
            try
            {
                while (true)
                    filter.Send(Started);
            }
            catch (IOException)
            {
                // It has ended.
            }
        });
        feeding.Start();

        filter.Signal(Signal.Terminate);
        filter.WaitForEnd();

        Assert.True(feeding.Join(PluginProgram.Limit));
        int child = int.Parse(File.ReadAllText(_folder["pid"]));
        Assert.False(File.Exists($"/proc/{child}/exe") && File.ReadAllText($"/proc/{child}/stat").Contains(") S"));
    }

    [Fact]
    public void Check_says_every_fault_with_its_place()
    {
        File.WriteAllText(Rules, "exit == 1\ntype r= SYSCALL\ntype r= (\n");
        using var check = new PluginProgram("audisp-filter", "--check", Rules);

        Assert.Equal(
            (1, "",
                $"audisp-filter: {Rules}:1:1: 'exit' has no value to compare: only users and groups have, use r= or i=\n" +
                $"audisp-filter: {Rules}:3:9: '(' where a value is expected: a word, or a text in quotes\n"),
            check.End());
    }

    [Fact]
    public void Check_of_a_right_file_says_nothing()
    {
        File.WriteAllText(Rules, "type r= \"SERVICE_STOP\"\ntype r= \"NETFILTER_CFG\"\n");
        using var check = new PluginProgram("audisp-filter", "--check", Rules);

        Assert.Equal((0, "", ""), check.End());
    }

    [Theory]
    [InlineData("a mode, a file and a program are needed")]
    [InlineData("a mode, a file and a program are needed", "allowlist", "file")]
    [InlineData("unknown mode 'whitelist': allowlist or blocklist", "whitelist", "file", "/bin/cat")]
    public void Wrong_words_are_1(string message, params string[] arguments)
    {
        using var filter = new PluginProgram("audisp-filter", arguments);

        var (exitCode, _, error) = filter.End();

        Assert.Equal((1, $"audisp-filter: {message}"), (exitCode, error.Split('\n')[0]));
    }

    [Theory]
    [InlineData("allowlist", "/nonexistent/rules", "/bin/cat", "cannot open /nonexistent/rules: No such file or directory")]
    [InlineData("allowlist", "/", "/bin/cat", "cannot read /: it is not a file")]
    [InlineData("allowlist", "/dev/null", "/nonexistent/program", "cannot start /nonexistent/program: No such file or directory")]
    public void What_is_not_there_is_1(string mode, string file, string program, string message)
    {
        using var filter = new PluginProgram("audisp-filter", mode, file, program);

        Assert.Equal((1, "", $"audisp-filter: {message}\n"), filter.End());
    }

    void SendUntilGot(PluginProgram filter, string events, string text) => PluginProgram.WaitFor(
        () =>
        {
            filter.Send(events);
            return File.Exists(_folder["got"]) && File.ReadAllText(_folder["got"]).Contains(text);
        },
        $"no {text} comes");
}
