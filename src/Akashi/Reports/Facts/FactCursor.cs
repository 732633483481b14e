using System.Buffers.Text;

namespace Akashi.Reports.Facts;

/// <summary>Walks a record from field to field in the order in which every writer has them.</summary>
/// <remarks>
/// Fields are looked for by their names from where the last one ended, so that a name inside a later value can't be taken for an earlier field, and only what a
/// report needs costs anything.
/// </remarks>
/// <param name="text">The record's body with the blank before it.</param>
public ref struct FactCursor(ReadOnlySpan<byte> text)
{
    ReadOnlySpan<byte> _rest = text;

    /// <summary>Whether nothing is left.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Goes behind a name with its equals sign.</summary>
    /// <returns>False, and stays, where there is none.</returns>
    public bool TrySeek(ReadOnlySpan<byte> name)
    {
        int index = _rest.IndexOf(name);
        if (index < 0)
            return false;
        _rest = _rest[(index + name.Length)..];
        return true;
    }

    /// <summary>Takes the value up to the next blank, or to the end.</summary>
    public ReadOnlySpan<byte> TakeWord()
    {
        if (TryTakeUpTo((byte)' ', out ReadOnlySpan<byte> word))
            return word;
        word = _rest;
        _rest = default;
        return word;
    }

    /// <summary>Takes what stands before a byte; the byte stays.</summary>
    /// <returns>False, and stays, where the byte doesn't come.</returns>
    public bool TryTakeUpTo(byte end, out ReadOnlySpan<byte> value)
    {
        int index = _rest.IndexOf(end);
        value = index < 0 ? default : _rest[..index];
        if (index < 0)
            return false;
        _rest = _rest[index..];
        return true;
    }

    /// <summary>Takes a decimal number that is followed by a blank.</summary>
    /// <returns>False where no blank follows; what is no number is 0.</returns>
    public bool TryTakeNumber(out uint number)
    {
        bool isWord = TryTakeUpTo((byte)' ', out ReadOnlySpan<byte> word);
        number = isWord ? ToNumber(word) : 0;
        return isWord;
    }

    /// <summary>Takes a text as the kernel writes it: quoted, in hex up to a blank, or <c>(null)</c>.</summary>
    /// <returns>False where its closing quote is missing, or where no hex digit stands there.</returns>
    public bool TryTakeText(EventFacts facts, out FactText text)
    {
        if (_rest.StartsWith("\""u8))
            return TryTakeQuoted(facts, out text);
        ReadOnlySpan<byte> word = TakeWord();
        text = default;
        if (word.StartsWith("("u8))
            text = facts.Keep(word);
        else if (EventFacts.CountDigits(word) > 0)
            text = facts.KeepDecoded(word);
        return text.Exists;
    }

    /// <summary>Takes a text as programs write it: quoted, all in hex, or plain; up to a blank.</summary>
    /// <returns>False where its closing quote is missing, or where it is empty.</returns>
    public bool TryTakePlainText(EventFacts facts, out FactText text)
    {
        if (_rest.StartsWith("\""u8))
            return TryTakeQuoted(facts, out text);
        ReadOnlySpan<byte> word = TakeWord();
        text = default;
        if (word.IsEmpty)
            return false;
        bool isHex = (word.Length & 1) == 0 && EventFacts.CountDigits(word) == word.Length;
        text = isHex ? facts.KeepDecoded(word) : facts.Keep(word);
        return true;
    }

    /// <summary>The number that digits begin with, as C's strtoul(3) reads them into 32 bits; 0 for none.</summary>
    public static uint ToNumber(ReadOnlySpan<byte> word)
    {
        bool isNegative = word.StartsWith("-"u8);
        if (!Utf8Parser.TryParse(isNegative ? word[1..] : word, out ulong number, out _))
            return 0;
        return (uint)(isNegative ? 0 - number : number);
    }

    bool TryTakeQuoted(EventFacts facts, out FactText text)
    {
        text = default;
        FactCursor inside = this;
        inside._rest = _rest[1..];
        if (!inside.TryTakeUpTo((byte)'"', out ReadOnlySpan<byte> value))
            return false;
        text = facts.Keep(value);
        this = inside;
        return true;
    }
}
