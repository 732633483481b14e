using System.Buffers.Text;

namespace Akashi.Search.Query;

/// <summary>How a record writes a field's number.</summary>
public enum NumberForm
{
    /// <summary>In decimal digits, with a sign; behind 0x in hexadecimal ones.</summary>
    Decimal,

    /// <summary>In hexadecimal digits without a prefix: a0 to a3.</summary>
    Hexadecimal,

    /// <summary>In octal digits: mode.</summary>
    Octal,
}

/// <summary>The value is a number of a size.</summary>
/// <param name="order">=, &lt;, &lt;=, &gt; or &gt;=.</param>
/// <param name="number">What it is compared with.</param>
/// <param name="form">How the value is written.</param>
public sealed class NumberTest(QueryOperator order, long number, NumberForm form) : ValueTest
{
    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<byte> text)
    {
        if (!TryRead(text, out long value))
            return false;
        return order switch
        {
            QueryOperator.Less => value < number,
            QueryOperator.LessOrEqual => value <= number,
            QueryOperator.Greater => value > number,
            QueryOperator.GreaterOrEqual => value >= number,
            _ => value == number,
        };
    }

    bool TryRead(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (form == NumberForm.Octal)
            return TryOctal(text, out value);
        bool isHexadecimal = form == NumberForm.Hexadecimal || text.StartsWith("0x"u8);
        if (text.StartsWith("0x"u8))
            text = text[2..];
        if (!isHexadecimal)
            return Utf8Parser.TryParse(text, out value, out int used) && used == text.Length;
        bool isRead = Utf8Parser.TryParse(text, out ulong bits, out int digits, 'x') && digits == text.Length;
        value = bits > long.MaxValue ? long.MaxValue : (long)bits;
        return isRead;
    }

    static bool TryOctal(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > 11 || text.IndexOfAnyExceptInRange((byte)'0', (byte)'7') >= 0)
            return false;
        foreach (byte digit in text)
            value = (value << 3) | (uint)(digit - '0');
        return true;
    }
}
