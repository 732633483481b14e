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
               akashi recordings convert --to FORMAT [--timing FILE] [--timing-out FILE] FILE NEW

          verify    compare recordings with their running hash: fine, altered, or without their end
          convert   write a recording in another format: v1, v2, v3 (asciicast), akashi, typescript, advanced, ttyrec

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

            `convert` says on standard error how much the new format has no words for. NEW must not exist.
            """,
        Options = ConvertOptions.Table.Descriptions,
        Operands = new(ValueKind.File),
        ExitStatus = [("0", "All are fine; it was converted."), ("1", "One isn't fine, has gaps (fine, but bytes were not recorded), or can't be read."), ("2", "An option is wrong.")],
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
        if (words.Any(word => word is "-h" or "--help"))
        {
            output.Write(Usage);
            return 0;
        }

        if (words.Count > 1 && words[0] == "verify")
            return new VerifyCommand(invocation.Host, output, error).Run(words.Skip(1));
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
}
