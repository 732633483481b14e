using System.Text;
using System.Text.RegularExpressions;

namespace Akashi.Search.Query;

/// <summary>The value has a part that follows a regular expression.</summary>
/// <remarks>
/// Matched without going back (RegexOptions.NonBacktracking): the time grows with the value's length alone, whatever the expression and whoever wrote the value.
/// Look-around and back references are not to be had then. Bytes that aren't UTF-8 count as U+FFFD.
/// </remarks>
public sealed class RegexText : ValueTest
{
    readonly Regex _expression;
    char[] _text = new char[1024];

    /// <summary>Makes one.</summary>
    /// <exception cref="ArgumentException">The expression can't be read.</exception>
    /// <exception cref="NotSupportedException">It needs to go back.</exception>
    public RegexText(string expression)
    {
        _expression = new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        Literal = RegexLiteral.Find(expression);
    }

    /// <inheritdoc/>
    public override string Literal { get; }

    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<byte> value)
    {
        if (_text.Length < value.Length)
            _text = new char[value.Length * 2];
        int length = Encoding.UTF8.GetChars(value, _text);
        return _expression.IsMatch(_text.AsSpan(0, length));
    }
}
