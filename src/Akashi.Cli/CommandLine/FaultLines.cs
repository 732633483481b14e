using System.Text;
using Akashi.Output;

namespace Akashi.Cli.CommandLine;

/// <summary>A fault for people: a line, and its hint, where the message ends in one, as a line of its own.</summary>
static class FaultLines
{
    const string HintStart = "\nhint: ";

    /// <summary>Writes it; line feeds in what was typed, or in names of files, are escaped like other controls.</summary>
    /// <param name="error">Where it goes.</param>
    /// <param name="program">Who says it.</param>
    /// <param name="message">The fault; <c>\nhint: …</c> at its end is the hint.</param>
    public static void Write(Utf8Output error, string program, string message)
    {
        int hint = message.LastIndexOf(HintStart, StringComparison.Ordinal);
        Line(error, $"{program}: {(hint < 0 ? message : message[..hint])}");
        if (hint >= 0)
            Line(error, message[(hint + 1)..]);
    }

    static void Line(Utf8Output error, string text)
    {
        error.WriteEscaped(Encoding.UTF8.GetBytes(text));
        error.EndLine();
    }
}
