using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Remote;

namespace Akashi.Tests.Remote;

public sealed class RemoteConfigurationFileTests
{
    // As audispd-plugins 3.0.9 installs it, but for the server.
    const string Shipped = """
        #
        # This file controls the configuration of the audit remote
        # logging subsystem, audisp-remote.
        #

        remote_server = 10.0.0.1
        port = 60
        ##local_port =
        transport = tcp
        queue_file = /var/spool/audit/remote.log
        mode = immediate
        queue_depth = 10240
        format = managed
        network_retry_time = 1
        max_tries_per_record = 3
        max_time_per_record = 5
        heartbeat_timeout = 0

        network_failure_action = stop
        disk_low_action = ignore
        disk_full_action = warn_once
        disk_error_action = warn_once
        remote_ending_action = reconnect
        generic_error_action = syslog
        generic_warning_action = syslog
        queue_error_action = stop
        overflow_action = syslog
        startup_failure_action = warn_once_continue

        ##krb5_principal =
        ##krb5_client_name = auditd
        ##krb5_key_file = /etc/audisp/audisp-remote.key
        """;

    [Fact]
    public void The_file_as_it_is_shipped_says_the_defaults_but_for_the_depth() =>
        Assert.Equal(new RemoteConfiguration { Server = "10.0.0.1", QueueRecords = 10240 }, Read(Shipped));

    [Fact]
    public void A_default_in_a_line_says_the_same_as_no_line()
    {
        foreach (Keyword<RemoteConfiguration> keyword in RemoteKeywords.All)
        {
            var configuration = new RemoteConfiguration();
            if (keyword.Default is { } usual)
                Assert.True(keyword.TryApply(usual.Split(' '), ref configuration), keyword.Name);
            Assert.Equal(new RemoteConfiguration(), configuration);
        }
    }

    [Fact]
    public void Every_value_reaches_the_configuration()
    {
        RemoteConfiguration read = Read("""
            Remote_Server = log.example
            PORT = 6060
            local_port = 62
            mode = FORWARD
            queue_file = /q
            queue_depth = 7
            network_retry_time = 2
            max_tries_per_record = 4
            max_time_per_record = 6
            heartbeat_timeout = 15
            network_failure_action = exec /usr/bin/true
            disk_low_action = warn_once_continue
            remote_ending_action = suspend
            overflow_action = halt
            """);

        Assert.Equal(
            new RemoteConfiguration
            {
                Server = "log.example", Port = 6060, LocalPort = 62, QueuesInFile = true, QueueFile = "/q", QueueRecords = 7, RetrySeconds = 2, TriesMax = 4,
                SecondsPerRecordMax = 6, HeartbeatSeconds = 15, NetworkFailureAction = new RemoteAction(RemoteActionKind.Exec, "/usr/bin/true"),
                DiskLowAction = new RemoteAction(RemoteActionKind.WarnOnceContinue), EndingAction = new RemoteAction(RemoteActionKind.Suspend),
                OverflowAction = new RemoteAction(RemoteActionKind.Halt),
            },
            read);
        Assert.Equal([("network_failure_action", "/usr/bin/true")], read.Programs());
    }

    [Theory]
    [InlineData("port = 0", "port is '0', not a number from 1 to 65535")]
    [InlineData("remote_server = ", "remote_server has no value: one word")]
    [InlineData("remote_server=a", "'remote_server=a' is not 'keyword = value', with blanks around the sign")]
    [InlineData("speed = 1", "unknown keyword 'speed'")]
    [InlineData("overflow_action = stop", "overflow_action is 'stop', not one of ignore, syslog, suspend, single, halt")]
    [InlineData("disk_full_action = reconnect", "disk_full_action is 'reconnect', not one of ")]
    [InlineData("disk_full_action = exec true", "disk_full_action is 'exec true', not one of ")]
    [InlineData("queue_depth = 2000000", "queue_depth is '2000000', not a number from 1 to 1000000")]
    [InlineData("remote_server = a\nmode = forward\nformat = ascii", "mode = forward needs format = managed")]
    [InlineData("port = 61", "remote_server is needed")]
    [InlineData("remote_server = a\ntransport = tls", "transport = tls needs tls_psk_file, or tls_auth = x509 with its files")]
    [InlineData("remote_server = a\ntransport = tls\ntls_psk_file = /k", "tls_psk_file needs tls_psk_identity")]
    [InlineData("remote_server = a\ntransport = tls\ntls_auth = x509", "tls_auth = x509 needs tls_cert_file")]
    [InlineData("remote_server = a\nformat = ascii\ntransport = tls", "format = ascii goes over transport = tcp alone")]
    public void What_is_wrong_is_said(string text, string fault)
    {
        var diagnostics = new DiagnosticBag();
        RemoteConfigurationFile.Parse(text, "f", diagnostics);

        Assert.Contains(fault, string.Join("\n", diagnostics.All));
        Assert.True(diagnostics.HasErrors);
    }

    static RemoteConfiguration Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        RemoteConfiguration read = RemoteConfigurationFile.Parse(text, "f", diagnostics);
        Assert.Empty(diagnostics.All);
        return read;
    }
}
