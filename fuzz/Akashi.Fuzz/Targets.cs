using System.Text;
using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Events;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Records;
using Akashi.Rules;
using Akashi.Search;
using Akashi.Tables;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Fuzz;

/// <summary>A parser of untrusted bytes: it may refuse them, and must neither throw nor hang nor contradict itself.</summary>
/// <param name="Name">What is parsed.</param>
/// <param name="Seeds">Real input.</param>
/// <param name="Run">Parses; throws where something is wrong.</param>
sealed record Target(string Name, Func<IReadOnlyList<byte[]>> Seeds, Action<byte[]> Run);

/// <summary>All targets.</summary>
static class Targets
{
    static readonly RuleContext s_context = new(Machine.X86_64, new LinuxHost().Accounts, _ => FileKind.Regular);

    public static IReadOnlyList<Target> All { get; } =
    [
        new("record", Lines, ParseRecord),
        new("search", Logs, Search),
        new("rule-file", RuleTexts, ReadRules),
        new("rule-bytes", RuleBytes, DecodeRule),
        new("auditd.conf", Configurations, ParseConfiguration),
        new("plugin.conf", Plugins, ParsePlugin),
    ];

    static List<byte[]> Lines() => [.. TestLogs.Names.SelectMany(TestLogs.Lines).Where((_, index) => index % 7 == 0)];

    // Whole events side by side, some hundred bytes to some kilobytes each.
    static List<byte[]> Logs() =>
        [.. TestLogs.Names.SelectMany(name => TestLogs.Lines(name).Chunk(12).Take(200)).Select(Joined)];

    static byte[] Joined(byte[][] lines) => [.. lines.SelectMany(line => line.Append((byte)'\n'))];

    static List<byte[]> RuleTexts() =>
        [.. File.ReadLines(RepositoryFiles.PathOf("testdata", "auditctl", "rules.tsv")).Select(line => Encoding.UTF8.GetBytes(line.Split('\t')[0] + "\n"))];

    static List<byte[]> RuleBytes() =>
        [.. RuleTexts().Select(text => ParseRule(text, new DiagnosticBag())).OfType<RuleChange>().Select(change => RuleEncoder.Encode(change.Rule))];

    static List<byte[]> Configurations() =>
    [
        "log_file = /var/log/audit/audit.log\nlog_format = ENRICHED\nflush = INCREMENTAL_ASYNC\nfreq = 50\nnum_logs = 5\nmax_log_file = 8\n"u8.ToArray(),
        "max_log_file_action = ROTATE\nname_format = user\nname = host\nspace_left = 75\n# a comment\n"u8.ToArray(),
    ];

    static List<byte[]> Plugins() =>
        ["active = yes\ndirection = out\npath = /sbin/audisp-syslog\ntype = always\nargs = LOG_INFO interpret\nformat = string\n"u8.ToArray()];

    static void ParseRecord(byte[] line)
    {
        if (!Record.TryParse(line, out Record record, out RecordFault fault))
        {
            Check(fault != RecordFault.None, "refused without a fault");
            return;
        }

        byte[] decoded = new byte[line.Length];
        foreach (Field field in record.Fields)
        {
            Check(!field.Name.IsEmpty, "a field without a name");
            EncodedText.TryDecode(field.Value, decoded, out _);
        }

        foreach (Field field in record.EnrichedFields)
            Check(!field.Name.IsEmpty, "an enriched field without a name");
        Span<byte> stamp = stackalloc byte[EventStamp.TextBytesMax];
        int length = record.Stamp.Format(stamp);
        Check(EventStamp.TryParse([.. stamp[..length], (byte)')'], out EventStamp again, out _) && again == record.Stamp, "the stamp is not what it writes");
    }

    static void Search(byte[] log)
    {
        using var stream = new MemoryStream(log);
        var search = new TrailSearch(new TrailReader(stream), new SearchPlan([]), new EventAssembler());
        long records = 0;
        while (search.TryNext(out AuditEvent? found))
            records += found.Count;
        Check(records <= search.Counts.Lines - search.Counts.BadLines, "more records than lines");
    }

    static void ReadRules(byte[] text)
    {
        var diagnostics = new DiagnosticBag();
        foreach (RuleFileLine line in RuleFile.Read(text, "fuzz", diagnostics))
        {
            if (line.Options is null || RuleParser.Parse(line.Options, s_context, diagnostics) is not { } change)
                continue;
            byte[] bytes = RuleEncoder.Encode(change.Rule);
            Check(RuleDecoder.TryDecode(bytes, out _, out _), "an encoded rule doesn't decode");
        }
    }

    static RuleChange? ParseRule(byte[] text, DiagnosticBag diagnostics) =>
        RuleFile.Read(text, "fuzz", diagnostics).FirstOrDefault()?.Options is { } options
            ? RuleParser.Parse(options, s_context, diagnostics)
            : null;

    static void DecodeRule(byte[] bytes) => RuleDecoder.TryDecode(bytes, out _, out _);

    static void ParseConfiguration(byte[] text)
    {
        var diagnostics = new DiagnosticBag();
        AuditdConfigurationParser.Parse(Encoding.UTF8.GetString(text), "fuzz", diagnostics);
        Check(diagnostics.All.All(diagnostic => diagnostic.Line > 0), "a fault without a line");
        Check(diagnostics.All.All(diagnostic => !diagnostic.Text.Any(char.IsControl)), "a control character is said");
    }

    static void ParsePlugin(byte[] text)
    {
        var diagnostics = new DiagnosticBag();
        PluginConfiguration plugin = PluginConfiguration.Parse(Encoding.UTF8.GetString(text), "fuzz", diagnostics);
        Check(diagnostics.HasErrors || !plugin.IsActive || plugin.Path.StartsWith('/'), "an active plugin without a path");
        Check(diagnostics.All.All(diagnostic => !diagnostic.Text.Any(char.IsControl)), "a control character is said");
    }

    static void Check(bool holds, string fault)
    {
        if (!holds)
            throw new InvalidOperationException(fault);
    }
}
