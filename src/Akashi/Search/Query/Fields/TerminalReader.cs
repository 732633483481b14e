using System.Text;
using Akashi.Events;
using Akashi.Interpretation;
using Akashi.Records;
using Akashi.Search.Conditions;

namespace Akashi.Search.Query.Fields;

/// <summary>Terminals: <c>pts/1</c>, however a record writes it.</summary>
/// <remarks>The kernel writes <c>tty=pts1</c>; programs write <c>terminal=pts/1</c> or <c>/dev/pts/1</c>. Each form finds the others; shown is <c>pts/1</c>.</remarks>
/// <param name="names">The fields that name terminals, in any record.</param>
sealed class TerminalReader(params string[] names) : FieldReader
{
    const string Devices = "/dev/";
    const string Pseudo = "pts";

    readonly FieldNames _names = new(names);
    readonly InterpretedText _split = new();
    readonly InterpretedText _joined = new();

    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            foreach (Field field in auditEvent[index].Fields)
            {
                if (_names.Contains(field.Name) && Take(ValueText.Unquote(field.Value), taker))
                    return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test)
    {
        string text = test.Literal;
        if (!test.IsWhole)
            return MayCrossTheSlash(text) || text.Length < 2 ? [] : [Encoding.UTF8.GetBytes(text)];
        if (text.StartsWith(Devices, StringComparison.Ordinal))
            text = text[Devices.Length..];
        if (text.Length == 0)
            return [];
        if (!text.StartsWith(Pseudo, StringComparison.Ordinal))
            return [Encoding.UTF8.GetBytes(text)];
        string number = text[Pseudo.Length..].TrimStart('/');
        return [Encoding.UTF8.GetBytes(Pseudo + number), Encoding.UTF8.GetBytes($"{Pseudo}/{number}")];
    }

    // What spans the place between pts and its number stands otherwise in other records.
    static bool MayCrossTheSlash(string text)
    {
        int digit = text.AsSpan().IndexOfAnyInRange('0', '9');
        return text.Contains('/', StringComparison.Ordinal) || (digit > 0 && text.Contains('s', StringComparison.Ordinal));
    }

    bool Take(ReadOnlySpan<byte> raw, IValueTaker taker)
    {
        ReadOnlySpan<byte> name = raw.StartsWith("/dev/"u8) ? raw[Devices.Length..] : raw;
        ReadOnlySpan<byte> number = name.StartsWith("pts"u8) ? name[Pseudo.Length..] : default;
        if (number.StartsWith("/"u8))
            number = number[1..];
        bool isPseudo = !number.IsEmpty && number.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        if (!isPseudo)
            return name.Length == raw.Length ? taker.Take(raw, default) : taker.Take(name, raw);
        _joined.Clear();
        _joined.Append("pts"u8);
        _joined.Append(number);
        _split.Clear();
        _split.Append("/dev/pts/"u8);
        _split.Append(number);

        // The words are the same, so that what is shown or counted is one form alone.
        ReadOnlySpan<byte> shown = _split.Bytes[Devices.Length..];
        return taker.Take(shown, _joined.Bytes) || taker.Take(shown, _split.Bytes);
    }
}
