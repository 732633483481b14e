using System.Globalization;
using System.Text;

namespace Akashi.Recordings;

/// <summary>Characters that aren't seen, turn the direction of text or steer a terminal: what a viewer of a recording never gets.</summary>
public static class HiddenCharacters
{
    /// <summary>Whether it's one: controls (C0, DEL, C1), zero-width and direction-turning characters, separators of lines, tags.</summary>
    public static bool IsHidden(Rune rune) => rune.Value is < ' ' or (>= 0x7F and < 0xA0) or 0xAD or 0x61C or (>= 0x200B and <= 0x200F)
        or (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0xFEFF or (>= 0xFFF0 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>Writes them as <c>\u202e</c>, those beyond U+FFFF as <c>\U000e0041</c>.</summary>
    public static string Escape(string text)
    {
        StringBuilder? escaped = null;
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsHidden(rune))
            {
                escaped ??= new StringBuilder(text, 0, at, text.Length + 16);
                escaped.Append(rune.IsBmp ? "\\u" : "\\U").Append(rune.Value.ToString(rune.IsBmp ? "x4" : "x8", CultureInfo.InvariantCulture));
            }
            else
            {
                escaped?.Append(rune);
            }

            at += rune.Utf16SequenceLength;
        }

        return escaped?.ToString() ?? text;
    }
}
