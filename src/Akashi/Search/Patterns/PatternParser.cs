using System.Globalization;
using System.Text;
using Akashi.Configuration;

namespace Akashi.Search.Patterns;

/// <summary>Reads an extended regular expression, regex(7), as glibc does in the C locale.</summary>
/// <remarks>
/// <code>
/// choice     = sequence { "|" sequence }
/// sequence   = { atom { "*" | "+" | "?" | "{" [N] [","[M]] "}" } }
/// atom       = "(" choice ")" | "[" … "]" | "." | "^" | "$" | "\" any | byte
/// </code>
/// A repetition needs an atom before it; a closing parenthesis without its partner stands for itself; a choice may be empty. Beside POSIX: \w \W \s \S \b \B
/// \&lt; \&gt; \` \'. References back (\1) are refused: they can't be matched in linear time.
/// </remarks>
sealed class PatternParser
{
    const int RepeatMax = 32767;
    const int DepthMax = 200;

    readonly byte[] _text;
    int _at;
    int _depth;

    PatternParser(byte[] text) => _text = text;

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="fault">What is wrong; null where nothing is.</param>
    /// <returns>Null where something is wrong.</returns>
    public static PatternNode? Parse(string pattern, out string? fault)
    {
        var parser = new PatternParser(Encoding.UTF8.GetBytes(pattern));
        try
        {
            fault = null;
            return parser.Choice();
        }
        catch (FormatException exception)
        {
            fault = exception.Message;
            return null;
        }
    }

    bool IsAtEnd => _at == _text.Length;

    PatternNode Choice()
    {
        if (++_depth > DepthMax)
            throw new FormatException($"more than {DepthMax} parentheses inside each other");
        var parts = new List<PatternNode> { Sequence() };
        while (TryTake('|'))
            parts.Add(Sequence());
        _depth--;
        return parts.Count == 1 ? parts[0] : new PatternNode.Choice(parts);
    }

    PatternNode Sequence()
    {
        var parts = new List<PatternNode>();
        while (!IsAtEnd && _text[_at] != '|' && !(_text[_at] == ')' && _depth > 1))
        {
            PatternNode atom = Atom();
            while (TryTakeRepetition(out int min, out int max))
            {
                if (atom is PatternNode.Place)
                    throw new FormatException("a repetition of a place");
                atom = Repeat(atom, min, max);
            }

            parts.Add(atom);
        }

        return parts.Count switch { 0 => new PatternNode.Empty(), 1 => parts[0], _ => new PatternNode.Sequence(parts) };
    }

    // a** and (a*)+ say no more than a*.
    static PatternNode Repeat(PatternNode atom, int min, int max) =>
        atom is PatternNode.Repetition { Max: -1, Min: 0 } && max == -1 ? atom : new PatternNode.Repetition(atom, min, max);

    PatternNode Atom()
    {
        byte next = _text[_at++];
        switch ((char)next)
        {
            case '(':
                PatternNode inner = Choice();
                return TryTake(')') ? inner : throw new FormatException("'(' without ')'");
            case '[':
                return new PatternNode.Set(Bracket());
            case '.':
                return new PatternNode.Set(ByteSet.Any);
            case '^':
                return new PatternNode.Place(PatternPlace.Begin);
            case '$':
                return new PatternNode.Place(PatternPlace.End);
            case '\\':
                return Escaped();
            case '*' or '+' or '?' or '{':
                throw new FormatException($"nothing before '{(char)next}'");
            default:
                return new PatternNode.Set(ByteSet.One(next));
        }
    }

    PatternNode Escaped()
    {
        if (IsAtEnd)
            throw new FormatException("a backslash at the end");
        byte next = _text[_at++];
        return (char)next switch
        {
            'w' => new PatternNode.Set(ByteSet.Word),
            'W' => new PatternNode.Set(ByteSet.Word.Not()),
            's' => new PatternNode.Set(ByteSet.Space),
            'S' => new PatternNode.Set(ByteSet.Space.Not()),
            'b' => new PatternNode.Place(PatternPlace.WordEdge),
            'B' => new PatternNode.Place(PatternPlace.NoWordEdge),
            '<' => new PatternNode.Place(PatternPlace.WordBegin),
            '>' => new PatternNode.Place(PatternPlace.WordEnd),
            '`' => new PatternNode.Place(PatternPlace.Begin),
            '\'' => new PatternNode.Place(PatternPlace.End),
            >= '1' and <= '9' => throw new FormatException($"a reference back, '\\{(char)next}', is not known here"),
            _ => new PatternNode.Set(ByteSet.One(next)),
        };
    }

    bool TryTakeRepetition(out int min, out int max)
    {
        (min, max) = (0, -1);
        if (TryTake('*'))
            return true;
        if (TryTake('+'))
        {
            min = 1;
            return true;
        }

        if (TryTake('?'))
        {
            max = 1;
            return true;
        }

        if (!TryTake('{'))
            return false;
        int end = Array.IndexOf(_text, (byte)'}', _at);
        if (end < 0)
            throw new FormatException("'{' without '}'");
        Interval(Encoding.UTF8.GetString(_text, _at, end - _at), out min, out max);
        _at = end + 1;
        return true;
    }

    static void Interval(string text, out int min, out int max)
    {
        int comma = text.IndexOf(',');
        bool isRight = comma < 0
            ? TryNumber(text, out min)
            : TryNumber(comma == 0 ? "0" : text[..comma], out min);
        max = min;
        if (comma >= 0)
            isRight &= TryNumber(text[(comma + 1)..] is { Length: > 0 } word ? word : "0", out max);
        if (comma == text.Length - 1)
            max = -1;
        if (!isRight || (max >= 0 && max < min))
            throw new FormatException($"'{{{QuotedText.Of(text)}}}' is no repetition: {{N}}, {{N,}}, {{,M}} or {{N,M}}, N not above M");
        if (min > RepeatMax || max > RepeatMax)
            throw new FormatException($"'{{{QuotedText.Of(text)}}}' is above {RepeatMax}");
    }

    static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // The first character may be a closing bracket.
    ByteSet Bracket()
    {
        ByteSet set = default;
        bool isNegated = TryTake('^');
        bool isFirst = true;
        while (isFirst || !TryTake(']'))
        {
            isFirst = false;
            if (TryTakeClass(out ByteSet named))
            {
                set = set.Or(named);
                if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']')
                    throw new FormatException("a range that begins with a class");
                continue;
            }

            byte first = Element();
            bool isRange = _at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']';
            if (!isRange)
            {
                set = set.With(first, first);
                continue;
            }

            _at++;
            byte last = Element();
            if (last < first)
                throw new FormatException($"the range of bytes {first:x2}-{last:x2} ends before it begins");
            if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']')
                throw new FormatException("a range that begins with the end of another");
            set = set.With(first, last);
        }

        return isNegated ? set.Not() : set;
    }

    // A plain byte, or [.x.] or [=x=] of one byte.
    byte Element()
    {
        if (IsAtEnd)
            throw new FormatException("'[' without ']'");
        byte next = _text[_at++];
        if (next != '[' || IsAtEnd || _text[_at] is not ((byte)'.' or (byte)'='))
            return next;
        byte kind = _text[_at];
        if (_at + 3 >= _text.Length || _text[_at + 2] != kind || _text[_at + 3] != ']')
            throw new FormatException("what stands between [. .] or [= =] is one character");
        byte element = _text[_at + 1];
        _at += 4;
        return element;
    }

    bool TryTakeClass(out ByteSet set)
    {
        set = default;
        if (_at + 1 >= _text.Length || _text[_at] != '[' || _text[_at + 1] != ':')
            return false;
        int end = _text.AsSpan(_at).IndexOf(":]"u8);
        if (end < 2)
            throw new FormatException("'[:' without ':]'");
        string name = Encoding.UTF8.GetString(_text, _at + 2, end - 2);
        set = CharacterClass(name);
        _at += end + 2;
        return true;
    }

    static ByteSet CharacterClass(string name) => name switch
    {
        "alpha" => ByteSet.Of("A-Za-z"),
        "digit" => ByteSet.Of("0-9"),
        "alnum" => ByteSet.Of("0-9A-Za-z"),
        "upper" => ByteSet.Of("A-Z"),
        "lower" => ByteSet.Of("a-z"),
        "space" => ByteSet.Space,
        "blank" => ByteSet.Of(" \t"),
        "punct" => ByteSet.Of("!-/:-@[-`{-~"),
        "print" => ByteSet.Of(" -~"),
        "graph" => ByteSet.Of("!-~"),
        "cntrl" => ByteSet.Of("\0-\u001f\u007f"),
        "xdigit" => ByteSet.Of("0-9A-Fa-f"),
        _ => throw new FormatException($"no class of characters '{QuotedText.Of(name)}'"),
    };

    bool TryTake(char wanted)
    {
        if (IsAtEnd || _text[_at] != wanted)
            return false;
        _at++;
        return true;
    }
}
