using System.Text;
using System.Text.Json;
using Akashi.Cli.CommandLine;
using Akashi.Cli.Searching;
using Akashi.Health;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Doctor;

/// <summary><c>akashi doctor</c>: looks a whole installation over and names the command that mends what it finds.</summary>
/// <remarks>Changes nothing. Exit codes: 0 nothing but notes; 1 warnings or problems; 2 usage.</remarks>
static class DoctorTool
{
    // Behind the longest word for a severity.
    const int TextColumn = 9;

    /// <summary>The row for the registry.</summary>
    public static Tool Tool { get; } = new("doctor", "look the installation over: what is wrong, why it matters, what mends it", Run) { Manual = MakeManual };

    static int Run(Invocation invocation)
    {
        var typed = new DoctorOptions();
        if (DoctorOptions.Table.Parse(invocation.Arguments, typed) is { } fault)
            return WrongUsage.Refuse(invocation, "akashi doctor", fault);

        using var output = new Utf8Output(invocation.Output);
        if (typed.WantsHelp)
            return CommandHelp.Print(invocation, "doctor");

        if (invocation.Host.Process.Uid != 0)
        {
            using var error = new Utf8Output(invocation.Error);
            error.Write("akashi doctor: not root: what only root may see counts as not there\nhint: sudo akashi doctor\n"u8);
        }

        IReadOnlyList<Finding> findings = HealthChecks.Examine(new FactGathering(invocation).Gather());
        if (typed.IsJson)
            WriteJson(output, findings);
        else if (invocation.OutputIsTerminal)
            WriteRows(invocation, findings, typed.ShowsAll);
        else
            Write(output, findings, typed.ShowsAll);
        return findings.Any(finding => finding.Severity >= FindingSeverity.Warning) ? 1 : 0;
    }

    static void WriteRows(Invocation invocation, IReadOnlyList<Finding> findings, bool showsAll)
    {
        using var rows = new RowStream(invocation.Output, Terminal.Columns, TextColumn);
        using var output = new Utf8Output(rows);
        Write(output, findings, showsAll);
    }

    static void Write(Utf8Output output, IReadOnlyList<Finding> findings, bool showsAll)
    {
        int fine = findings.Count(finding => finding.Severity == FindingSeverity.Fine);
        foreach (Finding finding in findings.OrderByDescending(finding => finding.Severity))
        {
            if (finding.Severity == FindingSeverity.Fine && !showsAll)
                continue;
            Line(output, $"{WordOf(finding.Severity).PadRight(TextColumn)}{finding.Name}: {finding.What}");
            if (finding.Why.Length > 0)
                Line(output, Below(finding.Why));
            if (finding.Mend is { } mend)
                Line(output, Below($"mend: {mend}"));
        }

        if (!showsAll)
            Line(output, fine == findings.Count ? $"all {fine} checks are fine" : $"{fine} other checks are fine (--all shows them)");
    }

    static Manual MakeManual() => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            Looks kernel, rules, daemon, disk, PAM, journal and clock over, and says of each finding what is the case, why it matters and which command mends it.
            Changes nothing. Root sees all of it.

            A `problem` means that nothing is recorded, records are lost, or strangers may read or change them; a `warning` that something is not recorded, or may not be soon;
            a `note` is worth knowing.
            """,
        Options = DoctorOptions.Table.Descriptions,
        ExitStatus = [("0", "Nothing but notes."), ("1", "Warnings or problems."), ("2", "Wrong usage.")],
        Examples = [("akashi doctor", "Shows what is to be mended."), ("akashi doctor --json", "The same for a program.")],
        SeeAlso = ["akashi-setup(8)", "auditctl(8)", "auditd(8)"],
    };

    static void WriteJson(Utf8Output output, IReadOnlyList<Finding> findings)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (Finding finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("name", finding.Name);
                json.WriteString("severity", WordOf(finding.Severity));
                json.WriteString("what", finding.What);
                json.WriteString("why", finding.Why);
                json.WriteString("mend", finding.Mend);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.Write(bytes.ToArray());
        output.EndLine();
    }

    static string Below(string text) => new string(' ', TextColumn) + text;

    static string WordOf(FindingSeverity severity) => severity.ToString().ToLowerInvariant();

    static void Line(Utf8Output output, string text)
    {
        output.WriteEscaped(Encoding.UTF8.GetBytes(text));
        output.EndLine();
    }
}
