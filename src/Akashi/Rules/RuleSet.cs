using Akashi.Diagnostics;

namespace Akashi.Rules;

/// <summary>A line of a rule file that was understood.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Text">The line.</param>
/// <param name="Options">Its options.</param>
/// <param name="Change">The rule it adds or deletes; null where it only controls.</param>
public sealed record RuleSetLine(string File, int Line, string Text, IReadOnlyList<RuleOption> Options, RuleChange? Change)
{
    /// <summary><c>file:line</c>.</summary>
    public string Place => $"{File}:{Line}";
}

/// <summary>Rule files read whole: every line that was understood, and what is wrong with the others.</summary>
/// <remarks>Nothing was asked of a kernel; it may still refuse a rule.</remarks>
public sealed class RuleSet
{
    readonly List<RuleSetLine> _lines = [];
    readonly List<string> _files = [];

    /// <summary>The lines, in the order of loading.</summary>
    public IReadOnlyList<RuleSetLine> Lines => _lines;

    /// <summary>The files, in the order in which they were read.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>What is wrong; warnings too.</summary>
    public DiagnosticBag Diagnostics { get; } = new();

    /// <summary>Reads one more file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">Its name, for diagnostics.</param>
    /// <param name="context">What names are looked up in.</param>
    public void Add(ReadOnlyMemory<byte> bytes, string name, RuleContext context)
    {
        if (!_files.Contains(name))
            _files.Add(name);
        foreach (RuleFileLine line in RuleFile.Read(bytes, name, Diagnostics))
        {
            if (line.Options is { } options)
                Add(line, options, name, context);
        }
    }

    /// <summary>Puts the lines that are nothing but <c>-D</c> before the others, as augenrules does with a directory: it may stand in any file.</summary>
    /// <param name="firstLineIndex">Where the directory's lines begin.</param>
    public void PutDeletionFirst(int firstLineIndex)
    {
        List<RuleSetLine> lines = _lines.GetRange(firstLineIndex, _lines.Count - firstLineIndex);
        _lines.RemoveRange(firstLineIndex, lines.Count);
        _lines.AddRange(lines.FindAll(IsDeletion));
        _lines.AddRange(lines.FindAll(line => !IsDeletion(line)));

        static bool IsDeletion(RuleSetLine line) => line.Options is [{ Name: "-D" }];
    }

    void Add(RuleFileLine line, IReadOnlyList<RuleOption> options, string name, RuleContext context)
    {
        bool isSelection = options.Any(option => option.Name is "-D" or "-l");
        RuleOption[] ofRule = [.. options.Where(option => option.IsOfRule && !(isSelection && option.Name == "-k"))];
        if (options.Any(option => option.Name == "-R"))
        {
            Report(RuleMessage.RuleFileNested, "", line, name);
            return;
        }
        RuleChange? change = null;
        if (ofRule.Length > 0)
        {
            change = Parse(ofRule, line, name, context);
            if (change is null)
                return;
        }
        _lines.Add(new RuleSetLine(name, line.Number, line.Text, options, change));
    }

    RuleChange? Parse(RuleOption[] options, RuleFileLine line, string name, RuleContext context)
    {
        var diagnostics = new DiagnosticBag();
        var parser = new RuleParser(context, diagnostics) { File = name, Line = line.Number };
        RuleChange? change = options.All(parser.Take) ? parser.Finish() : null;
        foreach (Diagnostic diagnostic in diagnostics.All)
            Diagnostics.Add(IsOfEntryList(diagnostic) ? diagnostic with { Hint = "write " + WithExitList(line.Text) } : diagnostic);
        if (change?.Rule.List != FilterList.Unknown)
            return change;

        // auditctl leaves an unknown list to the kernel, whose refusal says nothing of it.
        RuleOption list = options.First(option => option.Name is "-a" or "-A" or "-d");
        Diagnostics.Add(new Diagnostic((int)RuleMessage.KeywordBad, Severity.Error, $"there is no such list: {list.Value}")
        {
            File = name,
            Line = line.Number,
            Column = list.Column,
            Hint = IsOfEntryList(list.Value!) ? "write " + WithExitList(line.Text) : RuleHints.For(RuleMessage.KeywordBad, ""),
        });
        return null;
    }

    static bool IsOfEntryList(Diagnostic diagnostic) =>
        diagnostic.Number == (int)RuleMessage.KeywordBad && IsOfEntryList(diagnostic.Text.Split(' ')[^1]);

    static bool IsOfEntryList(string words) => words.Split(',').Contains("entry");

    // Gone since Linux 3.14; what the kernel knew on entry it knows on exit too.
    static string WithExitList(string line) =>
        line.Replace("entry,", "exit,", StringComparison.Ordinal).Replace(",entry", ",exit", StringComparison.Ordinal);

    void Report(RuleMessage message, string value, RuleFileLine line, string name) => Diagnostics.Add(
        new Diagnostic((int)message, Severity.Error, RuleMessages.Text(message, value))
        {
            File = name,
            Line = line.Number,
            Hint = RuleHints.For(message, value),
        });
}
