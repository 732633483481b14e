using System.Text;

namespace Akashi.Setup;

/// <summary>Takes back what a setup did to lines of a file in which other programs change lines too: /etc/passwd, /etc/shells.</summary>
/// <remarks>
/// A line is known by what stands before its first colon, so each key is to stand in one line. What somebody did since stays:
/// <code>
/// before           after                     now                                      taken back
/// a:x:1:A:/bin/sh  a:x:1:A:/bin/wrapper      a:x:1:Anna:/bin/wrapper                  a:x:1:Anna:/bin/sh           field by field
/// a:x:1:A:/bin/sh  a:x:1:A:/bin/wrapper      a:x:1:A:/bin/zsh                         a:x:1:A:/bin/zsh             root gave another shell since
/// -                r:*:900:::/bin/false      r:*:900:::/bin/false                     -                            a line that was added
/// a:…              a:…                       b:…, a:…                                 b:…, a:…                     lines of others
/// </code>
/// </remarks>
public static class SharedLines
{
    /// <summary>What the file is to hold.</summary>
    /// <param name="before">What it held before the setup.</param>
    /// <param name="after">What the setup made of it.</param>
    /// <param name="now">What it holds.</param>
    public static byte[] TakeBack(byte[] before, byte[] after, byte[] now)
    {
        // Byte for byte, whatever the file's form.
        if (now.AsSpan().SequenceEqual(after))
            return before;
        Dictionary<string, string> old = ByKey(before), made = ByKey(after);
        var lines = new List<string>();
        foreach (string line in Text(now).Split('\n'))
        {
            string key = KeyOf(line);
            if (!made.TryGetValue(key, out string? ours) || (old.TryGetValue(key, out string? was) && was == ours))
                lines.Add(line);
            else if (was is not null)
                lines.Add(Merge(was, ours, line));
            else if (line != ours)
                lines.Add(line);
        }

        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    static string Merge(string was, string ours, string now)
    {
        string[] old = was.Split(':'), made = ours.Split(':'), fields = now.Split(':');
        if (old.Length != made.Length || fields.Length != made.Length)
            return now == ours ? was : now;
        for (int index = 0; index < fields.Length; index++)
        {
            if (fields[index] == made[index])
                fields[index] = old[index];
        }

        return string.Join(':', fields);
    }

    static Dictionary<string, string> ByKey(byte[] bytes)
    {
        var found = new Dictionary<string, string>();
        foreach (string line in Text(bytes).Split('\n'))
            found.TryAdd(KeyOf(line), line);
        return found;
    }

    static string KeyOf(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? line : line[..colon];
    }

    // Bytes stay what they are, in whatever encoding.
    static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
