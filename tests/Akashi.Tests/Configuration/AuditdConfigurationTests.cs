using System.Text;
using Akashi.Configuration;
using Akashi.Diagnostics;

namespace Akashi.Tests.Configuration;

public class AuditdConfigurationTests
{
    // The keywords of auditd.conf(5), 4.2.2, and the two it still takes without effect.
    static readonly string[] s_keywords =
    [
        "local_events", "write_logs", "log_file", "log_format", "log_group", "priority_boost", "flush", "freq", "num_logs", "max_log_file",
        "max_log_file_action", "name_format", "name", "verify_email", "action_mail_acct", "space_left", "space_left_action", "admin_space_left",
        "admin_space_left_action", "disk_full_action", "disk_error_action", "tcp_listen_port", "tcp_listen_queue", "tcp_max_per_addr",
        "tcp_client_ports", "tcp_client_max_idle", "use_libwrap", "transport", "enable_krb5", "krb5_principal", "krb5_key_file", "tls_auth",
        "tls_crypto_profile", "tls_psk_file", "tls_psk_identity", "tls_allowed_clients", "tls_cipher_suites", "tls_key_exchange", "tls_require_pqc",
        "distribute_network", "q_depth", "overflow_action", "max_restarts", "plugin_dir", "end_of_event_timeout", "report_interval", "dispatcher",
        "disp_qos",
    ];

    // Of TLS with certificates, which 4.2 hasn't.
    static readonly string[] s_ownKeywords = ["tls_cert_file", "tls_key_file", "tls_ca_file", "tls_crl_file", "tls_node_check"];

    [Fact]
    public void All_48_keywords_of_the_manual_are_known() =>
        Assert.Equal(s_keywords.Concat(s_ownKeywords).Order(), AuditdKeywords.All.Select(keyword => keyword.Name).Order());

    [Fact]
    public void A_default_written_down_says_the_same_as_no_line()
    {
        foreach (Keyword<AuditdConfiguration> keyword in AuditdKeywords.All.Where(keyword => keyword.Default is not null))
        {
            AuditdConfiguration configuration = new();
            Assert.True(keyword.TryApply(keyword.Default!.Split(' '), ref configuration), keyword.Name);
            Assert.Equal(new AuditdConfiguration(), configuration);
        }
    }

    [Fact]
    public void The_file_that_debian_ships_is_read_without_a_word()
    {
        AuditdConfiguration all = Parse(
            """
            #
            # This file controls the configuration of the audit daemon
            #

            local_events = yes
            write_logs = yes
            log_file = /var/log/audit/audit.log
            log_group = adm
            log_format = ENRICHED
            flush = INCREMENTAL_ASYNC
            freq = 50
            max_log_file = 8
            num_logs = 5
            priority_boost = 4
            name_format = NONE
            ##name = mydomain
            max_log_file_action = ROTATE
            space_left = 75
            space_left_action = SYSLOG
            verify_email = yes
            action_mail_acct = root
            admin_space_left = 50
            admin_space_left_action = SUSPEND
            disk_full_action = SUSPEND
            disk_error_action = SUSPEND
            use_libwrap = yes
            ##tcp_listen_port = 60
            tcp_listen_queue = 5
            tcp_max_per_addr = 1
            ##tcp_client_ports = 1024-65535
            tcp_client_max_idle = 0
            transport = TCP
            krb5_principal = auditd
            ##krb5_key_file = /etc/audit/audit.key
            distribute_network = no
            q_depth = 2000
            overflow_action = SYSLOG
            max_restarts = 10
            plugin_dir = /etc/audit/plugins.d
            end_of_event_timeout = 2
            """, out DiagnosticBag diagnostics);

        Assert.Empty(diagnostics.All);
        Assert.Equal(
            new AuditdConfiguration
            {
                LogGroup = "adm",
                Flush = FlushTechnique.IncrementalAsync,
                FlushFrequencyRecords = 50,
                SegmentMegabytesMax = 8,
                SegmentsMax = 5,
                SizeAction = new LogAction(LogActionKind.Rotate),
                SpaceLeft = new SpaceLimit(75, false),
                SpaceLeftAction = new LogAction(LogActionKind.Syslog),
                AdminSpaceLeft = new SpaceLimit(50, false),
                AdminSpaceLeftAction = new LogAction(LogActionKind.Suspend),
                DiskFullAction = new LogAction(LogActionKind.Suspend),
                DiskErrorAction = new LogAction(LogActionKind.Suspend),
                PluginDirectory = "/etc/audit/plugins.d",
            },
            all);
    }

    [Fact]
    public void Every_error_is_said_with_its_line()
    {
        Parse("log_file = audit.log\n\nfrobnicate = yes\nnum_logs = 1000\n# fine\nfreq 50\nflush =\n", out DiagnosticBag diagnostics);

        Assert.Equal(
            [
                "auditd.conf:1: log_file is 'audit.log', not an absolute path",
                "auditd.conf:3: unknown keyword 'frobnicate'",
                "auditd.conf:4: num_logs is '1000', not a number from 0 to 999",
                "auditd.conf:6: 'freq 50' is not 'keyword = value', with blanks around the sign",
                "auditd.conf:7: flush has no value: one of none, incremental, incremental_async, data, sync",
            ],
            diagnostics.All.Select(diagnostic => diagnostic.ToString()));
    }

    [Theory]
    [InlineData("space_left = 100%", "space_left is '100%', not MiB as a whole number, or 1% to 99%")]
    [InlineData("space_left_action = halt", "space_left_action is 'halt', not one of ignore, syslog, rotate, email, exec /PROGRAM, suspend, single")]
    [InlineData("disk_full_action = email", "disk_full_action is 'email', not one of ignore, syslog, rotate, exec /PROGRAM, suspend, single, halt")]
    [InlineData("disk_error_action = rotate", "disk_error_action is 'rotate', not one of ignore, syslog, exec /PROGRAM, suspend, single, halt")]
    [InlineData("disk_error_action = exec", "disk_error_action is 'exec', not one of ignore, syslog, exec /PROGRAM, suspend, single, halt")]
    [InlineData("disk_error_action = exec mail", "disk_error_action is 'exec mail', not one of ignore, syslog, exec /PROGRAM, suspend, single, halt")]
    [InlineData("max_log_file_action = exec /a b", "max_log_file_action is 'exec /a b', not one of ignore, syslog, exec /PROGRAM, suspend, rotate, keep_logs")]
    [InlineData("num_logs = 5 6", "num_logs is '5 6', not a number from 0 to 999")]
    [InlineData("q_depth = 0", "q_depth is '0', not a number from 1 to 99999")]
    [InlineData("freq = -1", "freq is '-1', not a number from 0 on")]
    [InlineData("tcp_listen_port = 65536", "tcp_listen_port is '65536', not a number from 1 to 65535")]
    [InlineData("tcp_max_per_addr = 1025", "tcp_max_per_addr is '1025', not a number from 1 to 1024")]
    [InlineData("tcp_client_ports = 9-8", "tcp_client_ports is '9-8', not 'any', a port from 1 to 65535 or a range such as 1024-65535")]
    [InlineData("report_interval = 41d", "report_interval is '41d', not seconds, or a number with s, m, h, d or M behind it, of 40 days at most")]
    [InlineData("action_mail_acct = a;b", "action_mail_acct is 'a;b', not an account or an address of letters, digits and . _ - + @")]
    [InlineData("tls_auth = certificate", "tls_auth is 'certificate', not one of psk, x509")]
    [InlineData("log_file = \u001b[2Jx", "log_file is '?[2Jx', not an absolute path")]
    public void A_value_that_is_not_legal_is_said_with_those_that_are(string line, string expected)
    {
        AuditdConfiguration all = Parse(line, out DiagnosticBag diagnostics);

        Assert.Equal("auditd.conf:1: " + expected, Assert.Single(diagnostics.All).ToString());
        Assert.Equal(new AuditdConfiguration(), all);
    }

    [Theory]
    [InlineData("space_left = 50\nadmin_space_left = 50", 2, "space_left (50) must be larger than admin_space_left (50)")]
    [InlineData("admin_space_left = 7%\nspace_left = 5%", 1, "space_left (5%) must be larger than admin_space_left (7%)")]
    [InlineData("\nflush = incremental", 2, "flush by increments needs freq above 0")]
    [InlineData("name_format = user", 1, "name_format = user needs a name")]
    [InlineData("log_group = adm\nlog_file = /var/log/audit.log", 2, "log_file is in /var/log itself, whose permissions can't be given to log_group: use a directory of its own")]
    [InlineData("transport = tls\ntcp_listen_port = 60", 1, "transport = tls needs tls_psk_file or tls_allowed_clients, or tls_auth = x509 with its files")]
    [InlineData("transport = tls\ntcp_listen_port = 60\ntls_psk_file = /k", 3, "tls_psk_file needs tls_psk_identity or tls_allowed_clients")]
    [InlineData("transport = tls\ntcp_listen_port = 60\ntls_auth = x509\ntls_cert_file = /c\ntls_key_file = /k", 3, "tls_auth = x509 needs tls_ca_file")]
    [InlineData("tls_require_pqc = yes", 1, "tls_require_pqc needs tls_crypto_profile = pqc")]
    public void What_does_not_fit_together_is_an_error_at_its_line(string text, int line, string expected)
    {
        Parse(text, out DiagnosticBag diagnostics);

        Assert.Equal($"auditd.conf:{line}: {expected}", Assert.Single(diagnostics.All).ToString());
        Assert.True(diagnostics.HasErrors);
    }

    [Theory]
    [InlineData("space_left = 5%\nadmin_space_left = 50")]
    [InlineData("max_log_file_action = EXEC /usr/local/sbin/moved")]
    [InlineData("tcp_client_ports = Any")]
    [InlineData("report_interval = 1h")]
    public void What_is_legal_gets_no_word(string text)
    {
        Parse(text, out DiagnosticBag diagnostics);

        Assert.Empty(diagnostics.All);
    }

    [Theory]
    [InlineData("tcp_listen_port = 60\ntransport = krb5", "remote not served yet over krb5: records of other machines are not received")]
    [InlineData("q_depth = 511", "q_depth is 511: below 512 a burst overflows it")]
    [InlineData("report_interval = 7h", "report_interval is longer than 6 hours")]
    [InlineData("dispatcher = /sbin/audispd", "dispatcher is deprecated: the dispatcher is part of the daemon")]
    [InlineData("enable_krb5 = yes", "enable_krb5 is deprecated: the old form of transport = krb5")]
    [InlineData("flush = data\nfreq = 50", "freq is of no use with flush = data")]
    public void What_works_hardly_as_meant_is_a_warning(string text, string expected)
    {
        Parse(text, out DiagnosticBag diagnostics);

        Diagnostic warning = Assert.Single(diagnostics.All);
        Assert.Equal((Severity.Warning, expected), (warning.Severity, warning.Text));
    }

    [Fact]
    public void A_line_of_512_bytes_is_too_long()
    {
        Parse("name = " + new string('n', 504), out DiagnosticBag fits);
        Parse("name = " + new string('n', 505), out DiagnosticBag tooLong);
        Parse("name = " + new string('é', 253), out DiagnosticBag tooLongInBytes);

        Assert.Empty(fits.All);
        Assert.Equal("auditd.conf:1: the line is longer than 511 bytes", Assert.Single(tooLong.All).ToString());
        Assert.Single(tooLongInBytes.All);
    }

    [Fact]
    public void A_megabyte_of_anything_is_given_up_after_a_hundred_errors()
    {
        byte[] bytes = new byte[1024 * 1024];
        new Random(1).NextBytes(bytes);

        Parse(Encoding.UTF8.GetString(bytes), out DiagnosticBag diagnostics);

        Assert.Equal(AuditdConfigurationParser.FaultsMax + 1, diagnostics.All.Count);
        Assert.All(diagnostics.All, diagnostic => Assert.DoesNotContain(diagnostic.Text, char.IsControl));
    }

    // Lines in any order, case and width say the same; a wrong line among them is said, and only it.
    [Fact]
    public void Order_case_and_blanks_say_nothing()
    {
        const int Seed = 20261121;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (int round = 0; round < 500; round++)
        {
            Keyword<AuditdConfiguration>[] chosen = random.GetItems(AuditdKeywords.All.Where(keyword => keyword.Default is not null && !keyword.IsDeprecated).ToArray(), 12);
            var lines = chosen.Select(keyword => Spread(random, $"{Mixed(random, keyword.Name)} = {keyword.Default}")).ToList();
            int wrongLine = random.Next(lines.Count + 1);
            lines.Insert(wrongLine, Spread(random, $"{Mixed(random, random.GetItems(chosen, 1)[0].Name)} = \t?\u0001 ?"));

            AuditdConfiguration all = Parse(string.Join('\n', lines), out DiagnosticBag diagnostics);

            Assert.Equal(new AuditdConfiguration(), all);
            Assert.Equal(wrongLine + 1, Assert.Single(diagnostics.All).Line);
        }
    }

    // Whatever the bytes: no exception, no control characters in what is said, every fault with a line of the text.
    [Fact]
    public void Nothing_a_file_may_hold_does_harm()
    {
        const int Seed = 4;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        string[] pieces = [.. AuditdKeywords.All.Select(keyword => keyword.Name), "=", " ", "\n", "\t", "exec", "/p", "%", "50", "99999999999", "#", "\0", "é", "\r", "yes", "\u001b", "any", "-"];
        for (int round = 0; round < 3000; round++)
        {
            string text = string.Concat(random.GetItems(pieces, random.Next(60)));

            Parse(text, out DiagnosticBag diagnostics);

            Assert.All(diagnostics.All, diagnostic => Assert.InRange(diagnostic.Line, 1, text.Count(letter => letter == '\n') + 1));
            Assert.All(diagnostics.All, diagnostic => Assert.DoesNotContain(diagnostic.Text, char.IsControl));
        }
    }

    static AuditdConfiguration Parse(string text, out DiagnosticBag diagnostics)
    {
        diagnostics = new DiagnosticBag();
        return AuditdConfigurationParser.Parse(text, "auditd.conf", diagnostics);
    }

    static string Mixed(Random random, string name) =>
        string.Concat(name.Select(letter => random.Next(2) == 0 ? char.ToUpperInvariant(letter) : letter));

    static string Spread(Random random, string line) =>
        string.Concat(line.Select(letter => letter == ' ' ? random.GetItems([" ", "\t", "  "], 1)[0] : letter.ToString()));
}
