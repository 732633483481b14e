using Akashi.Cli.CommandLine;
using Akashi.Linux.Files;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Trace;

/// <summary>What was typed after <c>akashi trace</c>.</summary>
sealed class TraceOptions
{
    const string What = "What is recorded";
    const string Where = "Where it goes";

    /// <summary>The options.</summary>
    public static OptionTable<TraceOptions> Table { get; } = new(
        [
            new("-r", "--resources", null, What, "only what says which files and hosts the program uses, as autrace -r",
                (typed, _) => Set(() => typed.IsLimited = true)),
            new("-o", "--output", "FILE", Where, "write what the program did to FILE instead of to standard error",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.OutputPath = path) : "--output needs a file"),
            new(null, "--save", "FILE", Where, "keep the records too: ausearch -if FILE reads them",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.SavePath = path) : "--save needs a file"),
            new(null, "--lock", "FILE", Where, $"the lock against others that change the kernel's audit (default {FileLock.AuditPath})",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.LockPath = path) : "--lock needs a file"),
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    public bool IsLimited { get; private set; }

    public string? OutputPath { get; private set; }

    public string? SavePath { get; private set; }

    public string LockPath { get; private set; } = FileLock.AuditPath;

    public bool WantsHelp { get; private set; }

    /// <summary>The program and its arguments, as typed.</summary>
    public List<string> Command { get; } = [];

    /// <summary>Reads the words; from the program's name on all are the program's.</summary>
    /// <returns>Null, or the fault.</returns>
    public string? Parse(IReadOnlyList<string> words) => Table.Parse(words, this, static (typed, rest) =>
    {
        while (rest.TryTakeAny(out string word))
            typed.Command.Add(word);
        return null;
    });
}
