using System.Globalization;
using Akashi.Daemon.Losses;
using Akashi.Host;

namespace Akashi.Daemon.State;

/// <summary>What the daemon hands to the program that it becomes at a planned restart: one line in a variable of its environment.</summary>
/// <remarks>
/// <code>
/// AKASHI_RESTART=1 DESCRIPTOR BACKGROUND LOST HIGHEST RANGES SIGNALS DIRECTORY
///   DESCRIPTOR   of the socket that owns the kernel's audit; - where the kernel isn't read
///   BACKGROUND   1 where messages go to the system log
///   LOST         the kernel's count of lost records when it was asked last; - for never
///   HIGHEST      the highest number of an event that arrived; - for none
///   RANGES       numbers below it that may still arrive: FIRST-LAST,FIRST-LAST,…; - for none
///   SIGNALS      what was asked for and not done yet, as numbers of <see cref="Signal"/>, in order: 2,3; - for none
///   DIRECTORY    of auditd.conf, whatever the working directory is now; to the end of the line
/// </code>
/// </remarks>
public sealed record RestartHandover
{
    /// <summary>The variable.</summary>
    public const string Variable = "AKASHI_RESTART";

    /// <summary>The most ranges handed over: Linux takes 128 KB for one variable. The oldest beyond it are counted as missing.</summary>
    public const int RangesMax = 2048;

    const string Version = "1";
    const int Words = 8;

    /// <summary>The socket that owns the kernel's audit; null where the kernel isn't read.</summary>
    public int? Descriptor { get; init; }

    /// <summary>Whether standard error is gone.</summary>
    public bool IsInBackground { get; init; }

    /// <summary>The kernel's count of lost records.</summary>
    public uint? Lost { get; init; }

    /// <summary>The highest number of an event.</summary>
    public uint? Highest { get; init; }

    /// <summary>Numbers below it that may still arrive, in order.</summary>
    public IReadOnlyList<SerialRange> Ranges { get; init; } = [];

    /// <summary>Signals that came and weren't answered yet.</summary>
    public IReadOnlyList<Signal> Signals { get; init; } = [];

    /// <summary>The directory of auditd.conf.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Takes it out of this process's environment, so that no child sees it.</summary>
    /// <returns>Null where there is none, or it isn't as it should be.</returns>
    public static RestartHandover? Take()
    {
        string? text = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return text is null ? null : Read(text);
    }

    /// <summary>The value of the variable.</summary>
    public string ToText() => string.Join(
        ' ', Version, Text(Descriptor), IsInBackground ? "1" : "0", Text(Lost), Text(Highest), List(Ranges.Select(range => $"{range.First}-{range.Last}")),
        List(Signals.Select(signal => Text((int)signal))), Directory);

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Null where a word isn't as it should be.</returns>
    public static RestartHandover? Read(string text)
    {
        string[] words = text.Split(' ', Words);
        if (words.Length != Words || words[0] != Version || words[2] is not ("0" or "1") || !Path.IsPathFullyQualified(words[7])
            || !TryNumber(words[1], out uint? descriptor) || descriptor > int.MaxValue
            || !TryNumber(words[3], out uint? lost) || !TryNumber(words[4], out uint? highest)
            || !TryRanges(words[5], highest, out List<SerialRange> ranges) || !TrySignals(words[6], out List<Signal> signals))
            return null;
        return new RestartHandover
        {
            Descriptor = (int?)descriptor,
            IsInBackground = words[2] == "1",
            Lost = lost,
            Highest = highest,
            Ranges = ranges,
            Signals = signals,
            Directory = words[7],
        };
    }

    static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";

    static string List(IEnumerable<string> items) => string.Join(',', items) is { Length: > 0 } text ? text : "-";

    static bool TryNumber(string word, out uint? number)
    {
        bool isNumber = uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out uint read);
        number = isNumber ? read : null;
        return isNumber || word == "-";
    }

    // In order, apart, and behind the highest; numbers wrap around, so all are taken as distances from it.
    static bool TryRanges(string word, uint? highest, out List<SerialRange> ranges)
    {
        ranges = [];
        if (word == "-")
            return true;
        uint before = uint.MaxValue;
        foreach (string item in word.Split(','))
        {
            string[] ends = item.Split('-');
            if (ends.Length != 2 || !TryNumber(ends[0], out uint? first) || !TryNumber(ends[1], out uint? last)
                || first is not { } from || last is not { } to || highest is not { } top || ranges.Count == RangesMax)
                return false;
            (uint far, uint near) = (top - from, top - to);
            if (far >= before || near > far || near == 0)
                return false;
            before = near;
            ranges.Add(new SerialRange(from, to));
        }

        return true;
    }

    static bool TrySignals(string word, out List<Signal> signals)
    {
        signals = [];
        if (word == "-")
            return true;
        foreach (string item in word.Split(','))
        {
            if (!TryNumber(item, out uint? number) || number is not { } value || !Enum.IsDefined((Signal)(int)value))
                return false;
            signals.Add((Signal)(int)value);
        }

        return true;
    }
}
