using System.Globalization;
using System.Text;

namespace Akashi.Control;

/// <summary>The text of a <see cref="ServiceStatus"/>, as it goes over the control socket.</summary>
/// <remarks>
/// UTF-8, one thing a line, at most <see cref="BytesMax"/>:
/// <code>
/// akashi status 1
/// NAME VALUE...          in any order; blanks between values; a text has %XX for '%', blanks and control bytes, and '-' for an empty one
/// end
/// </code>
/// Times are milliseconds since the epoch, yes and no are 1 and 0. Lists have a line for each element. A line of an unknown name is passed over, so
/// that a newer service can say more to an older asker; a missing one leaves the default; any other fault refuses the whole.
/// </remarks>
public static class ServiceStatusText
{
    /// <summary>The longest text that is read.</summary>
    public const int BytesMax = 256 * 1024;

    const string Heading = "akashi status 1";
    const string End = "end";
    const int ElementsMax = 1000;

    /// <summary>Writes it.</summary>
    public static byte[] Write(ServiceStatus status)
    {
        var text = new StringBuilder();
        text.Append(Heading).Append('\n');
        foreach (StatusRow row in StatusRows.All)
        {
            foreach (string[] values in row.Write(status))
                text.Append(row.Name).Append(' ').AppendJoin(' ', values).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.Append(End).Append('\n').ToString());
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="status">The status; null where false is returned.</param>
    /// <returns>False where it isn't whole, is of another version, or a value isn't in range.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ServiceStatus? status)
    {
        status = null;
        if (bytes.Length > BytesMax)
            return false;
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        if (lines.Length < 3 || lines[0] != Heading || lines[^2] != End || lines[^1].Length != 0)
            return false;
        var read = new ServiceStatus();
        int elements = 0;
        foreach (string line in lines.AsSpan(1..^2))
        {
            string[] words = line.Split(' ');
            if (StatusRows.Find(words[0]) is not { } row)
                continue;
            if (words.Length - 1 != row.ValueCount || ++elements > ElementsMax || !row.TryRead(words.AsSpan(1), ref read))
                return false;
        }

        status = read;
        return true;
    }

    internal static string Escape(string text)
    {
        if (text.Length == 0)
            return "-";
        if (text != "-" && !text.Any(IsEscaped))
            return text;
        var escaped = new StringBuilder();
        foreach (char letter in text)
        {
            if (IsEscaped(letter) || text == "-")
                escaped.Append('%').Append(((int)letter).ToString("X2", CultureInfo.InvariantCulture));
            else
                escaped.Append(letter);
        }

        return escaped.ToString();
    }

    internal static bool TryUnescape(string word, out string text)
    {
        text = word == "-" ? "" : word;
        if (!text.Contains('%', StringComparison.Ordinal))
            return word.Length > 0 && !text.Any(IsEscaped);
        var unescaped = new StringBuilder();
        for (int index = 0; index < word.Length; index++)
        {
            if (word[index] != '%')
            {
                unescaped.Append(word[index]);
                continue;
            }

            if (index + 2 >= word.Length
                || !byte.TryParse(word.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value) || value > 127)
                return false;
            unescaped.Append((char)value);
            index += 2;
        }

        text = unescaped.ToString();
        return true;
    }

    static bool IsEscaped(char letter) => letter is <= ' ' or '%' or '\x7F';
}
