using Akashi.Cli.CommandLine;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Recordings;

/// <summary><c>akashi recordings</c>: what is done with recordings beside playing them.</summary>
/// <remarks>Exit codes: 0; 1 where one isn't fine or can't be read; 2 usage.</remarks>
static class RecordingsTool
{
    const int UsageError = 2;

    const string Usage = """
        usage: akashi recordings verify FILE...
               akashi recordings convert --to FORMAT [--timing FILE] [--timing-out FILE] [--force] FILE NEW

          verify    compare recordings (- is standard input) with their running hash: fine, altered, or without their end
          convert   write a recording in another format, unless it was altered or cut: v1, v2, v3 (asciicast), akashi, typescript, advanced, ttyrec

        A typescript needs its timing file (--timing); one that is written writes it too (--timing-out).

        """;

    public static Tool Tool { get; } = new("recordings", "verify and convert recorded sessions", Run) { Manual = MakeManual };

    static Manual MakeManual() => new()
    {
        Usage = ["verify FILE...", "convert --to FORMAT [OPTION...] FILE NEW"],
        Description = """
            Recorded sessions of `akashi record`, asciinema, script(1) and ttyrec: verified and converted.

            `verify` finds what was altered or cut by somebody who didn't make the hashes anew. Against somebody who did, compare the last hash that it prints
            with one that was kept elsewhere.

            `convert` verifies a recording of `akashi record` first and refuses one that was altered or whose end is missing; --force converts it with a warning. A recording that is written
            `--to akashi` says in its header what it was converted from and what `verify` said of that: its own hashes prove only what happened since. What the new format has no words for is
            told on standard error. NEW must not exist.
            """,
        Options = ConvertOptions.Table.Descriptions,
        Operands = new(ValueKind.File),
        ExitStatus = [("0", "All are fine; it was converted."), ("1", "One isn't fine, has gaps (fine, but bytes were not recorded), or can't be read; it wasn't converted, or with damaged parts passed over."), ("2", "An option is wrong.")],
        Examples =
        [
            ("akashi recordings verify session.cast", "Is it as it was recorded?"),
            ("akashi recordings convert --to v2 --timing typescript.time typescript session.cast", "For players of asciicast."),
        ],
        SeeAlso = ["akashi-replay(1)", "akashi(1)"],
        Section = 1,
    };

    static int Run(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output);
        using var error = new Utf8Output(invocation.Error);
        IReadOnlyList<string> words = invocation.Arguments;
        if (words.TakeWhile(word => word != "--").Any(word => word is "-h" or "--help"))
        {
            output.Write(Usage);
            return 0;
        }

        if (words.Count > 1 && words[0] == "verify")
            return Verify(invocation, output, error);
        if (words.Count > 1 && words[0] == "convert")
        {
            var typed = new ConvertOptions();
            string? fault = ConvertOptions.Table.Parse([.. words.Skip(1)], typed, ConvertOptions.TakeOperand) ?? typed.FindFault();
            if (fault is null)
                return ConvertCommand.Run(invocation.Host, typed, error);
            error.Write($"akashi recordings: {fault}\nhint: akashi recordings --help tells more\n");
            return UsageError;
        }

        error.Write(Usage);
        return UsageError;
    }

    // It has no options; "-" is standard input, and what follows "--" are files whatever they are called.
    static int Verify(Invocation invocation, Utf8Output output, Utf8Output error)
    {
        string[] words = [.. invocation.Arguments.Skip(1)];
        int end = Array.IndexOf(words, "--");
        string[] files = end < 0 ? words : [.. words[..end], .. words[(end + 1)..]];
        if ((end < 0 ? words : words[..end]).FirstOrDefault(word => word.Length > 1 && word[0] == '-') is { } option)
        {
            error.WriteEscaped(System.Text.Encoding.UTF8.GetBytes($"akashi recordings verify: unrecognized option '{option}'"));
            error.Write("\nhint: akashi recordings --help tells more; -- stands before a file of such a name\n");
            return UsageError;
        }

        return new VerifyCommand(invocation, output, error).Run(files);
    }
}
