using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Plugins;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Plugins;

// What audit-userspace 4.2.2's audisp-statsd sends, in its order, and the state file as its auditd writes it.
public sealed class StatsdPluginTests : IDisposable
{
    const string Events = """
        events.total_count:1|c
        events.total_failed:1|c
        events.avc_count:0|c
        events.fanotify_count:0|c
        events.logins_success:0|c
        events.logins_failed:1|c
        events.anomaly_count:0|c
        events.response_count:0|c

        """;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_datagram_has_the_names_and_the_order_of_the_original()
    {
        File.WriteAllText(_folder["auditd.state"], """
            audit version = 4.2.2
            Logging partition free space = 5120 MiB
            current plugin queue depth = 3
            max plugin queue depth used = 17
            glibc arena (total memory) is: 364 KiB, was: 0 KiB
            glibc uordblks (in use memory) is: 121 KiB, was: 0 KiB
            glibc fordblks (total free space) is: 243 KiB, was: 0 KiB

            """);

        Assert.Equal(
            """
            kernel.lost:7|g
            kernel.backlog:2|g
            auditd.free_space:5120|g
            auditd.plugin_current_depth:3|g
            auditd.plugin_max_depth:17|g
            auditd.total_memory:364|g
            auditd.memory_in_use:121|g
            auditd.memory_free:243|g

            """ + Events,
            Send());
    }

    [Fact]
    public void A_gauge_that_is_not_known_is_not_sent() =>
        Assert.Equal("kernel.lost:7|g\nkernel.backlog:2|g\n" + Events, Send());

    string Send()
    {
        var host = new ScriptedHost();
        host.Kernel.Status = host.Kernel.Status with { Lost = 7, Backlog = 2 };
        var sent = new List<string>();
        var input = new PluginInput(new MemoryStream("type=USER_LOGIN msg=audit(1.000:2): pid=1 uid=0 msg='op=login res=failed'\n"u8.ToArray()));

        new StatsdPlugin(host, new StatsdConfiguration("x", 1, TimeSpan.FromHours(1)), _folder["auditd.state"], datagram => sent.Add(Encoding.ASCII.GetString(datagram)))
            .Run(input);

        return Assert.Single(sent);
    }
}
