using System.Globalization;

namespace Akashi.Daemon.Recorder;

/// <summary>What was found of a recording when it had ended.</summary>
/// <param name="Name">Its file's name, as it was before it was packed.</param>
/// <param name="Hash">The last hash that holds; empty for none.</param>
/// <param name="Bytes">Its length, unpacked.</param>
/// <param name="Gaps">Places where something is missing.</param>
/// <param name="MissingBytes">What is missing there.</param>
/// <param name="State">whole, closed (its keeper was killed, and the service ended the file), cut (it couldn't be), altered, or none (no running hash).</param>
public sealed record FinishedRecording(string Name, string Hash, long Bytes, long Gaps, long MissingBytes, string State)
{
    /// <summary>Whether nothing is missing in it.</summary>
    public bool IsWhole => State == "whole" && Gaps == 0;

    /// <summary>A line of the ledger.</summary>
    public string ToLine() => string.Create(
        CultureInfo.InvariantCulture, $"{Name} {(Hash.Length == 0 ? "-" : Hash)} {Bytes} {Gaps} {MissingBytes} {State}");

    /// <summary>Reads such a line.</summary>
    /// <returns>Null where it isn't one.</returns>
    public static FinishedRecording? Read(string line)
    {
        string[] words = line.Split(' ');
        return words.Length == 6
            && long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            && long.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out long gaps)
            && long.TryParse(words[4], NumberStyles.None, CultureInfo.InvariantCulture, out long missing)
            ? new FinishedRecording(words[0], words[1] == "-" ? "" : words[1], bytes, gaps, missing, words[5])
            : null;
    }
}
