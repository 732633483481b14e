using System.Globalization;
using System.Text.RegularExpressions;
using Akashi.Testing;

namespace Akashi.Audit.Tests.CLibrary.Auparse;

/// <summary>What a program that walks a log by libauparse printed, event by event.</summary>
/// <remarks>
/// Events are compared in the order of their ids: the original gives an event out when the next one begins, so that two of a millisecond may change places;
/// here it leaves with its last record. What was fed when is left out for the same reason.
/// </remarks>
static partial class WalkedLog
{
    /// <summary>Bits of the program's MODE.</summary>
    internal const int Fields = 1, Words = 2, Normal = 4, Jumps = 8, Paths = 16;

    /// <summary>How values in words are escaped, as MODE has it.</summary>
    internal static int Escape(int mode) => mode * 32;

    /// <summary>A log without LOGIN records that have a SYSCALL record with them (3.0.9 makes two events of these, 4.0 and later one), and without records of types that 3.0.9 doesn't know.</summary>
    internal static void WriteLog(string name, string path)
    {
        byte[][] lines = [.. TestLogs.Lines(name)];
        ILookup<string, byte[]> stamps = lines.ToLookup(Stamp);
        using FileStream log = File.Create(path);
        foreach (byte[] line in lines)
        {
            bool isSplit = line.AsSpan().StartsWith("type=LOGIN"u8) && stamps[Stamp(line)].Count() > 1;
            if (isSplit || line.AsSpan().StartsWith("type=LANDLOCK"u8))
                continue;
            log.Write(line);
            log.WriteByte((byte)'\n');
        }
    }

    /// <summary>Runs the program.</summary>
    /// <param name="libraries">LD_LIBRARY_PATH.</param>
    /// <param name="source">Where the library gets the records from.</param>
    /// <param name="mode">What is printed.</param>
    /// <param name="log">The log.</param>
    /// <param name="pieceBytes">Of a feed, the bytes of a piece.</param>
    internal static string[] Run(string libraries, string source, int mode, string log, int pieceBytes = 1000)
    {
        string output = Yardstick.Run(
            Yardstick.Compile("auparse-walk"), new() { ["LD_LIBRARY_PATH"] = libraries },
            source, mode.ToString(CultureInfo.InvariantCulture), log, pieceBytes.ToString(CultureInfo.InvariantCulture));
        return [.. EventStart().Split(Fed().Replace(output, "")).Order(StringComparer.Ordinal)];
    }

    static string Stamp(byte[] line) => StampText().Match(System.Text.Encoding.Latin1.GetString(line)).Value;

    [GeneratedRegex("msg=audit\\([0-9.:]*\\)")]
    private static partial Regex StampText();

    [GeneratedRegex("^(?=event )", RegexOptions.Multiline)]
    private static partial Regex EventStart();

    [GeneratedRegex("^fed .*\n", RegexOptions.Multiline)]
    private static partial Regex Fed();
}
