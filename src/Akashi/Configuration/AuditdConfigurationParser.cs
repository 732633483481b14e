using System.Globalization;
using Akashi.Diagnostics;

namespace Akashi.Configuration;

/// <summary>Reads auditd.conf: <c>keyword = value</c> lines, blanks around the sign, <c>#</c> for comments.</summary>
/// <remarks>
/// Keywords and fixed words are taken in any case. Every fault of the file is collected with its line, not only the first. A keyword that auditd.conf(5)
/// knows and this version doesn't serve yet is a note, so that a machine's own file can be used as it is.
/// </remarks>
public sealed class AuditdConfigurationParser
{
    const int LineCharactersMax = 511;

    static readonly string[] s_notServed =
    [
        "local_events", "write_logs", "log_group", "priority_boost", "verify_email", "action_mail_acct", "space_left",
        "space_left_action", "admin_space_left", "admin_space_left_action", "disk_full_action", "disk_error_action",
        "tcp_listen_port", "tcp_listen_queue", "tcp_max_per_addr", "tcp_client_ports", "tcp_client_max_idle", "use_libwrap",
        "transport", "enable_krb5", "krb5_principal", "krb5_key_file", "tls_auth", "tls_crypto_profile", "tls_psk_file",
        "tls_psk_identity", "tls_allowed_clients", "tls_cipher_suites", "tls_key_exchange", "tls_require_pqc",
        "distribute_network", "q_depth", "overflow_action", "max_restarts", "plugin_dir", "report_interval",
        "dispatcher", "disp_qos",
    ];

    readonly DiagnosticBag _diagnostics;
    readonly string _file;
    AuditdConfiguration _result = new();
    int _line;

    AuditdConfigurationParser(string file, DiagnosticBag diagnostics)
    {
        _file = file;
        _diagnostics = diagnostics;
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its name, for diagnostics.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The configuration; not to be used where there are errors.</returns>
    public static AuditdConfiguration Parse(string text, string file, DiagnosticBag diagnostics)
    {
        var parser = new AuditdConfigurationParser(file, diagnostics);
        foreach (string line in text.Split('\n'))
        {
            parser._line++;
            parser.ParseLine(line.TrimEnd('\r'));
        }

        parser.CheckTogether();
        return parser._result;
    }

    void ParseLine(string line)
    {
        if (line.Length > LineCharactersMax)
        {
            Fail(1, $"the line is longer than {LineCharactersMax} characters");
            return;
        }

        string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].StartsWith('#'))
            return;
        if (words.Length < 3 || words[1] != "=")
            Fail(2, $"'{line.Trim()}' is not 'keyword = value', with blanks around the sign");
        else
            Apply(words[0].ToLowerInvariant(), words[2]);
    }

    void Apply(string keyword, string value)
    {
        switch (keyword)
        {
            case "log_file":
                _result = _result with { LogFile = AbsolutePath(keyword, value) };
                break;
            case "log_format":
                _result = _result with { LogFormat = Word(keyword, value, ("raw", LogFormat.Raw), ("enriched", LogFormat.Enriched)) };
                break;
            case "flush":
                _result = _result with
                {
                    Flush = Word(
                        keyword, value, ("none", FlushTechnique.None), ("incremental", FlushTechnique.Incremental),
                        ("incremental_async", FlushTechnique.IncrementalAsync), ("data", FlushTechnique.Data), ("sync", FlushTechnique.Sync)),
                };
                break;
            case "freq":
                _result = _result with { FlushFrequencyRecords = Number(keyword, value, 0, int.MaxValue) };
                break;
            case "num_logs":
                _result = _result with { SegmentsMax = Number(keyword, value, 0, 999) };
                break;
            case "max_log_file":
                _result = _result with { SegmentMegabytesMax = Number(keyword, value, 0, int.MaxValue) };
                break;
            case "max_log_file_action":
                _result = _result with
                {
                    SizeAction = Word(
                        keyword, value, ("ignore", SizeAction.Ignore), ("rotate", SizeAction.Rotate), ("keep_logs", SizeAction.KeepLogs)),
                };
                break;
            case "name_format":
                _result = _result with
                {
                    NameFormat = Word(
                        keyword, value, ("none", NameFormat.None), ("hostname", NameFormat.HostName), ("user", NameFormat.User)),
                };
                break;
            case "name":
                _result = _result with { Name = value };
                break;
            case "end_of_event_timeout":
                _result = _result with { EndOfEventTimeoutSeconds = Number(keyword, value, 1, int.MaxValue) };
                break;
            default:
                ApplyOther(keyword);
                break;
        }
    }

    void ApplyOther(string keyword)
    {
        if (Array.IndexOf(s_notServed, keyword) >= 0)
            Say(3, Severity.Note, $"{keyword} is not served yet");
        else
            Fail(4, $"unknown keyword '{keyword}'");
    }

    void CheckTogether()
    {
        _line = 0;
        bool flushesByCount = _result.Flush is FlushTechnique.Incremental or FlushTechnique.IncrementalAsync;
        if (flushesByCount && _result.FlushFrequencyRecords == 0)
            Fail(5, "flush by increments needs freq above 0");
        if (_result.NameFormat == NameFormat.User && _result.Name.Length == 0)
            Fail(6, "name_format = user needs a name");
    }

    string AbsolutePath(string keyword, string value)
    {
        if (!value.StartsWith('/'))
            Fail(7, $"{keyword} is '{value}', not an absolute path");
        return value;
    }

    int Number(string keyword, string value, int min, int max)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
            return number;
        Fail(8, $"{keyword} is '{value}', not a number from {min} to {max}");
        return min;
    }

    T Word<T>(string keyword, string value, params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        foreach ((string word, T meaning) in words)
        {
            if (word.Equals(value, StringComparison.OrdinalIgnoreCase))
                return meaning;
        }

        string all = string.Join(", ", words.ToArray().Select(pair => pair.Word));
        Fail(9, $"{keyword} is '{value}', not one of {all}");
        return words[0].Meaning;
    }

    void Fail(int number, string text) => Say(number, Severity.Error, text);

    void Say(int number, Severity severity, string text) =>
        _diagnostics.Add(new Diagnostic(number, severity, text) { File = _file, Line = _line });
}
