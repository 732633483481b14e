using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Akashi.Live;

/// <summary>One line of the live view while it is made: bytes that are safe for a terminal, with colours where they are wanted.</summary>
/// <remarks>
/// Whatever comes from a record passes AppendText, which lets nothing through that could move a terminal, hide itself or turn the
/// direction of writing: such bytes become visible escapes. What goes beyond the longest line is dropped, and a mark says so.
/// Allocates nothing after its buffer.
/// </remarks>
/// <param name="hasColors">Whether pieces get ANSI colours.</param>
/// <param name="bytesMax">The longest line.</param>
public sealed class LineText(bool hasColors, int bytesMax = LineText.BytesMax)
{
    /// <summary>The longest line where nobody says otherwise.</summary>
    public const int BytesMax = 64 * 1024;

    const int ReservedBytes = 64;

    readonly byte[] _bytes = new byte[bytesMax];
    int _length;
    bool _isCut;
    bool _isDimmed;

    /// <summary>Columns written so far, colours not counted.</summary>
    public int Columns { get; private set; }

    /// <summary>The line; valid until the next change.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Starts anew.</summary>
    public void Clear()
    {
        _length = Columns = 0;
        _isCut = _isDimmed = false;
    }

    /// <summary>Appends words of our own: printable ASCII.</summary>
    public void Append(ReadOnlySpan<byte> ascii)
    {
        if (!HasRoom(ascii.Length))
            return;
        ascii.CopyTo(_bytes.AsSpan(_length));
        _length += ascii.Length;
        Columns += ascii.Length;
    }

    /// <summary>Appends a character of our own.</summary>
    public void Append(char character, int times = 1)
    {
        for (int count = 0; count < times && HasRoom(1); count++)
        {
            _bytes[_length++] = (byte)character;
            Columns++;
        }
    }

    /// <summary>Appends a number.</summary>
    public void Append(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out int length);
        Append(digits[..length]);
    }

    /// <summary>Appends text of the host, such as a user's name; made safe like any other.</summary>
    public void AppendText(string text)
    {
        Span<byte> bytes = stackalloc byte[256];
        int length = Encoding.UTF8.GetByteCount(text) <= bytes.Length ? Encoding.UTF8.GetBytes(text, bytes) : 0;
        AppendText(length > 0 ? bytes[..length] : Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Appends bytes that anybody may have chosen.</summary>
    public void AppendText(ReadOnlySpan<byte> untrusted)
    {
        while (!untrusted.IsEmpty && !_isCut)
        {
            int plain = untrusted.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E);
            if (plain < 0)
                plain = untrusted.Length;
            if (plain > 0)
                AppendPlain(untrusted[..plain]);
            untrusted = untrusted[plain..];
            if (untrusted.IsEmpty)
                return;
            bool isText = Rune.DecodeFromUtf8(untrusted, out Rune rune, out int length) == System.Buffers.OperationStatus.Done;
            AppendRune(untrusted[..length], rune, isText);
            untrusted = untrusted[length..];
        }
    }

    /// <summary>Fills up with blanks to a column; one blank where the line is beyond it already.</summary>
    public void PadTo(int column) => Append(' ', Math.Max(column - Columns, 1));

    /// <summary>Has the whole line shown dim, whatever its pieces: for events that most readers skip.</summary>
    public void Dim()
    {
        Begin(LiveColor.Dim);
        _isDimmed = true;
    }

    /// <summary>Begins a piece of a colour; pieces don't nest.</summary>
    public void Begin(LiveColor color)
    {
        if (hasColors && !_isDimmed && color != LiveColor.Plain)
            AppendInvisible(CodeOf(color));
    }

    /// <summary>Ends a piece.</summary>
    public void End()
    {
        if (hasColors && !_isDimmed)
            AppendInvisible("\e[0m"u8);
    }

    /// <summary>Ends the line: whatever follows has the terminal's own colours.</summary>
    public void Finish()
    {
        _isDimmed = false;
        End();
    }

    static ReadOnlySpan<byte> CodeOf(LiveColor color) => color switch
    {
        LiveColor.Dim => "\e[2m"u8,
        LiveColor.Person => "\e[1m"u8,
        LiveColor.ActsAs => "\e[33m"u8,
        LiveColor.Where => "\e[36m"u8,
        LiveColor.Directory => "\e[94m"u8,
        LiveColor.Done => "\e[32m"u8,
        LiveColor.Refused => "\e[1;31m"u8,
        LiveColor.Change => "\e[35m"u8,
        LiveColor.Mask => "\e[7m"u8,
        _ => ""u8,
    };

    void AppendPlain(ReadOnlySpan<byte> ascii)
    {
        int room = Math.Max(_bytes.Length - ReservedBytes - _length, 0);
        if (ascii.Length <= room)
        {
            Append(ascii);
            return;
        }

        Append(ascii[..room]);
        _ = HasRoom(1);
    }

    void AppendRune(ReadOnlySpan<byte> bytes, Rune rune, bool isText)
    {
        if (!isText)
        {
            foreach (byte value in bytes)
                AppendEscape("\\x"u8, value, digits: 2);
        }
        else if (!CharacterWidth.IsUnsafe(rune))
        {
            AppendWide(bytes, CharacterWidth.Of(rune));
        }
        else if (rune.Value is '\n' or '\t' or '\r' or 0x1B)
        {
            Append(rune.Value switch { '\n' => "\\n"u8, '\t' => "\\t"u8, '\r' => "\\r"u8, _ => "\\e"u8 });
        }
        else if (rune.Value < 0x80)
        {
            AppendEscape("\\x"u8, rune.Value, digits: 2);
        }
        else
        {
            AppendEscape("\\u"u8, rune.Value, digits: rune.Value > 0xFFFF ? 6 : 4);
        }
    }

    void AppendWide(ReadOnlySpan<byte> bytes, int columns)
    {
        if (!HasRoom(bytes.Length))
            return;
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        Columns += columns;
    }

    void AppendEscape(ReadOnlySpan<byte> prefix, int value, int digits)
    {
        Span<byte> text = stackalloc byte[10];
        prefix.CopyTo(text);
        value.TryFormat(text[prefix.Length..], out int length, digits == 2 ? "x2" : digits == 4 ? "x4" : "x6", CultureInfo.InvariantCulture);
        Append(text[..(prefix.Length + length)]);
    }

    // Colours keep a room of their own, so that a cut line ends in the terminal's own colour.
    void AppendInvisible(ReadOnlySpan<byte> code)
    {
        if (code.Length > _bytes.Length - _length)
            return;
        code.CopyTo(_bytes.AsSpan(_length));
        _length += code.Length;
    }

    bool HasRoom(int bytes)
    {
        if (_isCut)
            return false;
        if (bytes <= _bytes.Length - ReservedBytes - _length)
            return true;
        _isCut = true;
        " ..."u8.CopyTo(_bytes.AsSpan(_length));
        _length += 4;
        return false;
    }
}
