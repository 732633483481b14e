using System.Text;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Origins;
using Akashi.Diagnostics;
using Akashi.Events;
using Akashi.Formats;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Output;
using Akashi.Recordings;
using Akashi.Records;
using Akashi.Rules;
using Akashi.Search;
using Akashi.Search.Expressions;
using Akashi.Search.Query;
using Akashi.Setup;
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
    static readonly LinuxHost s_host = new();
    static readonly Lazy<byte[]> s_sample = new(() => TestLogs.Bytes("server.log")[..40_000]);
    static readonly RuleContext s_context = new(Machine.X86_64, s_host.Accounts, _ => FileKind.Regular);
    static readonly byte[] s_record = [.. TestLogs.Lines("kernel.log").First()];

    static readonly RecordExpression s_expression =
        new ExpressionCompiler(s_host).Compile("seperms r= x || key i= x || a0 i= x || \\regexp /(.*a)*x/ || uid == 5 || !node r= x", new DiagnosticBag())!;

    public static IReadOnlyList<Target> All { get; } =
    [
        new("record", Lines, ParseRecord),
        new("search", Logs, Search),
        new("query", Queries, CompileQuery),
        new("json", Logs, WriteJson),
        new("feed", Logs, FeedTarget.Run),
        new("tools", Logs, ToolTarget.Run),
        new("rule-file", RuleTexts, ReadRules),
        new("rule-bytes", RuleBytes, DecodeRule),
        new("auditd.conf", Configurations, ParseConfiguration),
        new("plugin.conf", Plugins, ParsePlugin),
        new("expression", Expressions, CompileExpression),
        new("timing", Timings, ReadTiming),
        new("screen", Sessions, DrawScreen),
        new("recording", Recordings, ReadRecording),
        new("typescript", Typescripts, ReadTypescript),
        new("ttyrec", Ttyrecs, ReadTtyrec),
        new("cgroup", ControlGroups, ReadControlGroups),
        new("authorized_keys", Keys, bytes => AuthorizedKeys.FindForced(Encoding.UTF8.GetString(bytes))),
        new("transfer", Copies, bytes => TransferNotice.TryRecognise(bytes, out _)),
        new("recording-request", ControlTarget.Requests, ControlTarget.ReadRequest),
        new("recording-summary", ControlTarget.Summaries, ControlTarget.ReadSummaries),
        new("protect-journal", ControlTarget.Journals, ControlTarget.ReadJournal),
        new("session-trail", SessionTrailTarget.Trails, SessionTrailTarget.Run),
        .. RemoteTargets.All,
    ];

    static List<byte[]> Keys() =>
        ["ssh-ed25519 AAAA me\n"u8.ToArray(), "no-pty,command=\"a, b\",from=\"1.2.3.*\" ssh-rsa AAAA\n"u8.ToArray(), "# x\nenvironment=\"A=\\\"b\" sk-ssh-ed25519@openssh.com AA\n"u8.ToArray()];

    static List<byte[]> Copies() => ["scp -v -r -t -- dir"u8.ToArray(), "rsync --server --sender -logDtpr . tree/"u8.ToArray(), "git receive-pack 'a b'"u8.ToArray()];

    static List<byte[]> Lines() => [.. TestLogs.Names.SelectMany(TestLogs.Lines).Where((_, index) => index % 7 == 0)];

    // Whole events side by side, some hundred bytes to some kilobytes each.
    static List<byte[]> Logs() =>
        [.. TestLogs.Names.SelectMany(name => TestLogs.Lines(name).Chunk(12).Take(200)).Select(Joined)];

    static byte[] Joined(byte[][] lines) => [.. lines.SelectMany(line => line.Append((byte)'\n'))];

    static List<byte[]> Queries() =>
    [
        "key=passwd user=alice and not exe=/usr/bin/sudo since yesterday"u8.ToArray(),
        "(file=/etc/* or command~'curl.*(http|ftp)') exit<0 until 2026-11-20T10:30:05+09:00"u8.ToArray(),
        "type=USER_* host!=192.0.2.7 a2>=0x200 \"two words\" not (serial=5 or time<@1700000000)"u8.ToArray(),
        "since 3 days ago raw.comm=\"tmux: server\" syscall=openat result=failed"u8.ToArray(),
    ];

    static List<byte[]> Sessions() =>
    [
        "\u001b[2J\u001b[3;10r\u001b[5;5H\u001b[1;31;48;5;200mhi 日本\u001b[K\u001b[3L\u001b[2P\u001b[?1049h\u001b(0lqk\u001b(B\u001b7\u001b8\u001bM"u8.ToArray(),
        "e\u0301\u001b[99999b\u001b]0;title\u0007\u001bP+q\u001b\\\u001b[38:2::1:2:3mx\u001b[!p\u001bc\t\u001b[3g\u001b[4h\u001b[?6h\u001b#8"u8.ToArray(),
    ];

    static void DrawScreen(byte[] bytes)
    {
        var whole = new Screen(40, 12);
        var parts = new Screen(40, 12);
        whole.Write(bytes);
        for (int at = 0; at < bytes.Length; at += 3)
            parts.Write(bytes.AsSpan(at, Math.Min(3, bytes.Length - at)));
        for (int row = 0; row < whole.RowCount; row++)
        {
            if (whole.RowText(row) != parts.RowText(row))
                throw new InvalidOperationException($"row {row} depends on how the bytes are split");
        }
    }

    static List<byte[]> Recordings() =>
    [
        "{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n[0.1, \"o\", \"a\\u001b[1m\"]\n[0.000000, \"b\", \"Yf8=\"]\n[1, \"r\", \"10x5\"]\n[0, \"x\", \"1\"]\n"u8.ToArray(),
        "{\"version\":2,\"width\":80,\"height\":24}\n[0.1, \"o\", \"a\uFFFD\"]\n[0.5, \"i\", \"b\"]\n"u8.ToArray(),
        "{\"version\":1,\"width\":80,\"height\":24,\"stdout\":[[0.1,\"a\"],[2,\"b\"]]}"u8.ToArray(),
    ];

    static void ReadRecording(byte[] bytes)
    {
        RecordingVerifier.Verify(new MemoryStream(bytes));
        if (RecordingTail.TryRead(new MemoryStream(bytes), out RecordingTail? tail) && tail!.UnprovedBytes > bytes.Length)
            throw new InvalidOperationException("more bytes at the end than there are");
        if (AsciicastReader.TryOpen(new MemoryStream(bytes), out AsciicastReader? reader))
            Play(new Timeline(reader!));
        if (ListedRecording.TryOpen(bytes, out ListedRecording? listed))
            Play(new Timeline(listed!));
    }

    static List<byte[]> Typescripts() =>
        ["Script started on 2026-11-21 14:00:00+00:00 [COLUMNS=\"80\" LINES=\"24\"]\n"u8.ToArray(), "0.1 5\n0.2 9\n"u8.ToArray(), "H 0.000000 COLUMNS 80\nO 0.1 5\nI 0.1 2\nS 0.1 SIGWINCH ROWS=5 COLS=6\n"u8.ToArray()];

    static void ReadTypescript(byte[] bytes) => Play(new Timeline(new TypescriptReader(new MemoryStream(bytes), new MemoryStream(bytes))));

    static List<byte[]> Ttyrecs() =>
    [
        [0, 1, 2, 0x65, 16, 39, 0, 0, 10, 0, 0, 0, .. "\u001b[8;24;80t"u8, 1, 1, 2, 0x65, 0, 0, 0, 0, 5, 0, 0, 0, .. "hello"u8],
    ];

    static void ReadTtyrec(byte[] bytes)
    {
        if (TtyrecReader.TryOpen(new MemoryStream(bytes), out TtyrecReader? reader))
            Play(new Timeline(reader!));
    }

    static List<byte[]> ControlGroups()
    {
        string id = new('a', 64);
        return
        [
            "0::/user.slice/user-0.slice/session-3.scope\n"u8.ToArray(),
            Encoding.ASCII.GetBytes($"12:cpu:/docker/{id}\n1:name=systemd:/system.slice/docker-{id}.scope\n0::/\n"),
            Encoding.ASCII.GetBytes($"0::/kubepods/besteffort/pod1/{id}\n0::/lxc.payload.web/init.scope\n0::/machine.slice/libpod-{id}.scope/container\n"),
        ];
    }

    static void ReadControlGroups(byte[] bytes)
    {
        ReadOnlySpan<byte> path = CgroupOrigin.PathOf(bytes);
        ReadOnlySpan<byte> container = CgroupOrigin.ContainerOf(path, out ReadOnlySpan<byte> engine);
        if (container.IsEmpty != engine.IsEmpty || path.IndexOf(container) < 0 || path.IndexOf(CgroupOrigin.UnitOf(path)) < 0)
            throw new InvalidOperationException("a unit or a container that isn't in the path");
    }

    static void Play(Timeline timeline)
    {
        timeline.FindText("needle");
        timeline.Seek(timeline.KnownMicroseconds / 2);
        timeline.Seek(0);
    }

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

    static List<byte[]> Expressions() =>
    [
        "(type r= SYSCALL && syscall i= openat && success r= no) || !auid == -1"u8.ToArray(),
        "\\regexp /a(b|c)*[[:alpha:]-]{1,3}\\\\w$/ && \\timestamp_ex >= ts:1.2:3 || \\record_type !== \"UNKNOWN[1399]\""u8.ToArray(),
    ];

    static void CompileExpression(byte[] text)
    {
        var diagnostics = new DiagnosticBag();
        RecordExpression? expression = new ExpressionCompiler(s_host).Compile(Encoding.UTF8.GetString(text), diagnostics);
        Check(expression is null == diagnostics.HasErrors, "neither an expression nor a fault");
        Check(diagnostics.All.All(diagnostic => diagnostic.Column > 0), "a fault without a column");
        Check(diagnostics.All.All(diagnostic => !diagnostic.Text.Any(char.IsControl)), "a control character is said");
        if (Record.TryParse(text, out Record record, out _))
            s_expression.IsTrue(record);
        if (expression is not null && Record.TryParse(s_record, out record, out _))
            expression.IsTrue(record);
    }

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

    static void CompileQuery(byte[] text)
    {
        string query = Encoding.UTF8.GetString(text);
        var diagnostics = new DiagnosticBag();
        CompiledQuery? compiled = new QueryCompiler(s_host, diagnostics).Compile(query);
        Check(compiled is null == diagnostics.HasErrors, "a query without errors isn't compiled, or one with errors is");
        Check(diagnostics.All.All(diagnostic => diagnostic.Column >= 1 && diagnostic.Column <= query.Length + 1), "a fault without a place");
        if (compiled is null)
            return;
        byte[] log = s_sample.Value;
        var search = new TrailSearch(new TrailReader(new MemoryStream(log)), compiled.ToPlan(), new EventAssembler());
        long found = 0, expected = 0;
        while (search.TryNext(out _))
            found++;
        var everything = new TrailSearch(new TrailReader(new MemoryStream(log)), new SearchPlan([]), new EventAssembler());
        while (everything.TryNext(out AuditEvent? next))
            expected += compiled.Conditions.All(condition => condition.Matches(next)) ? 1 : 0;
        Check(found == expected, "a query with needles finds something else than one without");
    }

    static void WriteJson(byte[] log)
    {
        var search = new TrailSearch(new TrailReader(new MemoryStream(log)), new SearchPlan([]), new EventAssembler());
        var format = new JsonEvents(s_host);
        while (search.TryNext(out AuditEvent? next))
        {
            var stream = new MemoryStream();
            using (var output = new Utf8Output(stream))
                format.Write(next, output);
            Check(stream.ToArray().AsSpan(0, (int)stream.Length - 1).IndexOfAnyInRange((byte)0, (byte)0x1F) < 0, "a control byte in JSON");
            using var document = System.Text.Json.JsonDocument.Parse(stream.ToArray(), new System.Text.Json.JsonDocumentOptions { AllowDuplicateProperties = false });
        }
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

    static List<byte[]> Timings() =>
    [
        "0.010151 4\n0.250000 4095\n"u8.ToArray(),
        "H 0.000000 START_TIME 2026-11-21 14:03:16+00:00\nO 0.001904 2\nI 0.384142 8\nS 0.201731 SIGWINCH ROWS=30 COLS=100\n"u8.ToArray(),
    ];

    static void ReadTiming(byte[] bytes)
    {
        var reader = new TimingReader(new MemoryStream(bytes));
        int count = 0;
        while (reader.TryRead(out TimingEntry entry) == TimingFault.None)
        {
            Check(entry.Name.AsSpan().IndexOf((byte)'\n') < 0 && entry.Value.AsSpan().IndexOf((byte)'\n') < 0, "a name goes over a line");
            Check(++count <= bytes.Length, "more entries than bytes");
        }
    }

    static void Check(bool holds, string fault)
    {
        if (!holds)
            throw new InvalidOperationException(fault);
    }
}
