using Akashi.Cli.CommandLine;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Recordings;

/// <summary><c>akashi recordings</c>: what is done with recordings beside playing them.</summary>
/// <remarks>Exit codes: 0; 1 where one isn't fine or can't be read; 2 usage.</remarks>
static class RecordingsTool
{
    const string Usage = """
        usage: akashi recordings [OPTION...]
               akashi recordings verify FILE...
               akashi recordings convert --to FORMAT [--timing FILE] [--timing-out FILE] [--force] FILE NEW

        Without a command it lists the sessions that akashi recorder recorded: user, from where, start, length, programs started (CMDS), size, state, exit code.

          verify    compare recordings (- is standard input; a session's name or id will do) with their running hash: fine, altered, or without their end
          convert   write a recording in another format, unless it was altered or cut: v1, v2, v3 (asciicast), akashi, typescript, advanced, ttyrec

        A typescript needs its timing file (--timing); one that is written writes it too (--timing-out).

        """;

    public static Tool Tool { get; } = new("recordings", "list, verify and convert recorded sessions", Run) { Manual = RecordingsManual.Make };

    static int Run(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output);
        using var error = new Utf8Output(invocation.Error);
        IReadOnlyList<string> words = invocation.Arguments;
        if (words.TakeWhile(word => word != "--").Any(word => word is "-h" or "--help"))
        {
            output.Write(Usage);
            ListOptions.Table.WriteHelp(output);
            return 0;
        }

        if (words.Count == 0 || words[0].StartsWith('-'))
            return List(invocation, output, error);
        if (words.Count > 1 && words[0] == "verify")
            return Verify(invocation, output, error);
        if (words.Count > 1 && words[0] == "convert")
        {
            var typed = new ConvertOptions();
            string? fault = ConvertOptions.Table.Parse([.. words.Skip(1)], typed, ConvertOptions.TakeOperand) ?? typed.FindFault();
            if (fault is null)
                return ConvertCommand.Run(invocation.Host, typed, error);
            return WrongUsage.Refuse(invocation, "akashi recordings convert", fault);
        }

        return words[0] is "verify" or "convert"
            ? WrongUsage.Refuse(invocation, $"akashi recordings {words[0]}", "which recording? a FILE is missing")
            : WrongUsage.Refuse(invocation, "akashi recordings", NoCommand(words[0]));
    }

    static int List(Invocation invocation, Utf8Output output, Utf8Output error)
    {
        var typed = new ListOptions();
        if (ListOptions.Table.Parse(invocation.Arguments, typed, (_, words) => words.TryTakeAny(out string word) ? NoCommand(word) : null) is not { } fault)
            return ListCommand.Run(invocation, typed, output, error);
        return WrongUsage.Refuse(invocation, "akashi recordings", fault);
    }

    static string NoCommand(string word) => $"no command '{word}': verify, convert, or none for the list";

    // It has no options; "-" is standard input, and what follows "--" are files whatever they are called.
    static int Verify(Invocation invocation, Utf8Output output, Utf8Output error)
    {
        string[] words = [.. invocation.Arguments.Skip(1)];
        int end = Array.IndexOf(words, "--");
        string[] files = end < 0 ? words : [.. words[..end], .. words[(end + 1)..]];
        if ((end < 0 ? words : words[..end]).FirstOrDefault(word => word.Length > 1 && word[0] == '-') is { } option)
            return WrongUsage.Refuse(invocation, "akashi recordings verify", $"unrecognized option '{option}'", "-- stands before a file of such a name");

        return new VerifyCommand(invocation, output, error).Run(files);
    }
}
