using System.Globalization;
using System.Text;

namespace Akashi.Configuration;

/// <summary>Words of a file in a message: what stands there may be anything, and messages go to terminals.</summary>
static class QuotedText
{
    const int CharactersMax = 60;

    /// <summary>The beginning of a text, with control and format characters as question marks.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder();
        foreach (char letter in text.AsSpan(0, Math.Min(text.Length, CharactersMax)))
            shown.Append(char.IsControl(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format ? '?' : letter);
        return text.Length > CharactersMax ? shown.Append('…').ToString() : shown.ToString();
    }
}
