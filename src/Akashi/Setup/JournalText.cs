using System.Globalization;
using System.Text;

namespace Akashi.Setup;

/// <summary>Words of the journal: text without blanks, control characters and the sign that escapes them.</summary>
static class JournalText
{
    /// <summary>Each byte up to the blank, and the percent sign, as %XX.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char value in text)
        {
            if (value is <= ' ' or '%' or '\x7F')
                escaped.Append(CultureInfo.InvariantCulture, $"%{(int)value:X2}");
            else
                escaped.Append(value);
        }

        return escaped.ToString();
    }

    /// <summary>The way back; false where a sign isn't followed by two hexadecimal digits.</summary>
    public static bool TryUnescape(string text, out string plain)
    {
        var found = new StringBuilder(text.Length);
        plain = "";
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] != '%')
            {
                found.Append(text[index]);
                continue;
            }

            if (index + 2 >= text.Length
                || !byte.TryParse(text.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                return false;
            }

            found.Append((char)value);
            index += 2;
        }

        plain = found.ToString();
        return true;
    }
}
