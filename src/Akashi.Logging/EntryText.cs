using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Microsoft.Extensions.Logging;

namespace Akashi.Logging;

/// <summary>Puts a log entry together as the message of a record, in ASCII, no longer than asked.</summary>
/// <remarks>
/// <code>
/// op=log level=LEVEL category=V event=NUMBER [event-name=V] data=V [exception=V error=V] {app-NAME=V} {scope=V} [cut=BYTES]
/// </code>
/// V is <c>"text"</c>, or hexadecimal digits of UTF-8 where there is a quote, or a byte below 0x21 or above 0x7E: no value ends before its end, and names
/// of the program's begin with <c>app-</c>, which no other field does. The single quote takes digits too, for it ends the message of a record. The text of
/// the entry is <c>data</c>, whose digits <c>ausearch -i</c> shows as text. A value that is too long is cut between two characters; <c>cut</c> says how many
/// bytes of UTF-8 are missing in all. The entry's text has half of the room at most, another value an eighth: a long one doesn't push the others out.
/// </remarks>
/// <param name="bytesMax">How long the message may be; 128 or more.</param>
sealed class EntryText(int bytesMax)
{
    const int NameLengthMax = 64;

    // Where there is less room, a value isn't begun.
    const int ValueBytesMin = 4;

    static readonly int s_cutBytesMax = " cut=".Length + long.MaxValue.ToString(CultureInfo.InvariantCulture).Length;

    readonly StringBuilder _text = new();
    long _cut;

    /// <summary>Adds what kind of entry it is.</summary>
    internal void AddHead(LogLevel level, string category, EventId id)
    {
        _text.Append("op=log level=").Append(WordOf(level));
        Add(" category=", category, bytesMax / 8);
        _text.Append(CultureInfo.InvariantCulture, $" event={id.Id}");
        if (!string.IsNullOrEmpty(id.Name))
            Add(" event-name=", id.Name, bytesMax / 8);
    }

    /// <summary>Adds what it says.</summary>
    internal void AddMessage(string? message, Exception? exception)
    {
        Add(" data=", message ?? "", bytesMax / 2);
        if (exception is null)
            return;
        Add(" exception=", exception.GetType().ToString(), bytesMax / 8);
        Add(" error=", exception.Message, bytesMax / 8);
    }

    /// <summary>Adds the values of a message, or of a scope, where it has names for them.</summary>
    /// <returns>Whether it has.</returns>
    internal bool AddValues(object? state)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> values)
            return false;
        foreach ((string name, object? value) in values)
        {
            // The message before its values were put in: data has it with them.
            if (name != "{OriginalFormat}")
                Add($" app-{ToName(name)}=", TextOf(value), bytesMax / 8);
        }

        return true;
    }

    /// <summary>Adds a scope: its values, or its text.</summary>
    internal void AddScope(object? scope)
    {
        if (!AddValues(scope))
            Add(" scope=", TextOf(scope), bytesMax / 8);
    }

    /// <summary>The message. Nothing may be added any more.</summary>
    internal string Finish()
    {
        if (_cut > 0)
            _text.Append(CultureInfo.InvariantCulture, $" cut={_cut}");
        return _text.ToString();
    }

    // The name with blank and equals sign; it's none of the caller's bytes but what ToName leaves.
    void Add(string name, string value, int valueBytesMax)
    {
        int room = Math.Min(bytesMax - s_cutBytesMax - _text.Length - name.Length, valueBytesMax);
        if (room < ValueBytesMin)
        {
            _cut += Encoding.UTF8.GetByteCount(value);
            return;
        }

        // Without its two quotes.
        Span<byte> plain = new byte[room - 2];
        Utf8.FromUtf16(value, plain, out _, out int length);
        plain = plain[..length];
        bool hasDigits = NeedsDigits(plain);
        if (hasDigits)
            plain = plain[..BoundaryBefore(plain, room / 2)];

        // No digits at all would be no value: that is "".
        _text.Append(name);
        if (hasDigits && !plain.IsEmpty)
            _text.Append(Convert.ToHexString(plain));
        else
            _text.Append('"').Append(Encoding.ASCII.GetString(plain)).Append('"');
        _cut += Encoding.UTF8.GetByteCount(value) - plain.Length;
    }

    static string TextOf(object? value) => value is null ? "?" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    static bool NeedsDigits(ReadOnlySpan<byte> text) => text.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E) || text.ContainsAny((byte)'"', (byte)'\'');

    // The longest start that is no longer than asked and ends between two characters.
    static int BoundaryBefore(ReadOnlySpan<byte> utf8, int lengthMax)
    {
        if (utf8.Length <= lengthMax)
            return utf8.Length;
        while ((utf8[lengthMax] & 0xC0) == 0x80)
            lengthMax--;
        return lengthMax;
    }

    static string ToName(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return "_";
        var letters = new StringBuilder(NameLengthMax);
        foreach (char letter in name.AsSpan(0, Math.Min(name.Length, NameLengthMax)))
            letters.Append(char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_');
        return letters.ToString();
    }

    static string WordOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "information",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        LogLevel.Critical => "critical",
        _ => ((int)level).ToString(CultureInfo.InvariantCulture),
    };
}
