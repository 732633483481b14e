using Akashi.Cli.CommandLine;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Recordings;

/// <summary><c>akashi recordings</c>: what is done with recordings beside playing them.</summary>
/// <remarks>Exit codes: 0; 1 where one isn't fine or can't be read; 2 usage.</remarks>
static class RecordingsTool
{
    public static Tool Tool { get; } = new("recordings", "list, verify and convert recorded sessions", Run) { Manual = RecordingsManual.Make };

    static int Run(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output);
        using var error = new Utf8Output(invocation.Error);
        IReadOnlyList<string> words = invocation.Arguments;
        if (words.TakeWhile(word => word != "--").Any(word => word is "-h" or "--help"))
            return CommandHelp.Print(invocation, "recordings");

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
            : WrongUsage.RefuseCommand(invocation, "akashi recordings", words[0], RecordingsManual.Make());
    }

    static int List(Invocation invocation, Utf8Output output, Utf8Output error)
    {
        var typed = new ListOptions();
        if (ListOptions.Table.Parse(invocation.Arguments, typed, (_, words) => $"unexpected word '{words.Peek()}': the list takes options only") is not { } fault)
            return ListCommand.Run(invocation, typed, output, error);
        return WrongUsage.Refuse(invocation, "akashi recordings", fault);
    }

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
