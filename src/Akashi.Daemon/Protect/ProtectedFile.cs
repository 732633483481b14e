using System.Globalization;

namespace Akashi.Daemon.Protect;

/// <summary>How a file came to its append-only flag.</summary>
public enum ProtectedWhen
{
    /// <summary>When it was made: who made it had no descriptor yet.</summary>
    Made,

    /// <summary>When it was opened, having been there without it.</summary>
    Opened,

    /// <summary>When the directory was looked through.</summary>
    Found,
}

/// <summary>A file that was given the append-only flag, and what stood in it by then.</summary>
/// <remarks>A line of the journal: <c>UNIXSECONDS INODE BYTES UID WHEN NAME</c>; NAME with all but letters, digits and <c>_.~-</c> as <c>%XX</c>.</remarks>
/// <param name="UnixSeconds">When it was given it.</param>
/// <param name="Inode">Its number.</param>
/// <param name="BytesBefore">What it held then: nothing guarded that.</param>
/// <param name="Uid">Its owner then.</param>
/// <param name="When">How it came to it.</param>
/// <param name="Name">Its name then, within the directory.</param>
public sealed record ProtectedFile(long UnixSeconds, ulong Inode, long BytesBefore, uint Uid, ProtectedWhen When, string Name)
{
    static readonly string[] s_words = ["made", "opened", "found"];

    /// <summary>The word for how it came to it.</summary>
    public string Word => s_words[(int)When];

    /// <summary>The line of it, without its line feed.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{UnixSeconds} {Inode} {BytesBefore} {Uid} {Word} {Uri.EscapeDataString(Name)}");

    /// <summary>Reads a line.</summary>
    /// <param name="line">Any text.</param>
    /// <returns>Null where it's none.</returns>
    public static ProtectedFile? TryParse(string line)
    {
        string[] words = line.Split(' ');
        return words.Length == 6 && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            && ulong.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode)
            && long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            && uint.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out uint uid)
            && Array.IndexOf(s_words, words[4]) is >= 0 and var when && words[5].Length > 0
            && Uri.UnescapeDataString(words[5]) is var name && Uri.EscapeDataString(name) == words[5]
            ? new ProtectedFile(seconds, inode, bytes, uid, (ProtectedWhen)when, name)
            : null;
    }
}
