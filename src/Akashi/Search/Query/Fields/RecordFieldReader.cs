using System.Text;
using Akashi.Events;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Records;
using Akashi.Search.Conditions;
using Akashi.Tables;

namespace Akashi.Search.Query.Fields;

/// <summary>Fields of records by their names: raw, and in words where they have such.</summary>
/// <param name="host">For the words.</param>
/// <param name="names">The names, in any record.</param>
sealed class RecordFieldReader(IHost host, params string[] names) : FieldReader
{
    const int EnrichedBytesMax = 1024;

    readonly FieldNames _names = new(names);
    readonly Interpreter _interpreter = new(host);
    readonly InterpretedText _text = new();
    readonly byte[] _decoded = new byte[Record.LineBytesMax / 2];

    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            foreach (Field field in record.Fields)
            {
                if (_names.Contains(field.Name) && Take(record, field, taker))
                    return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test) => RecordFieldNeedles.For(host.Accounts, names, test);

    bool Take(in Record record, in Field field, IValueTaker taker)
    {
        ReadOnlySpan<byte> raw = ValueText.Unquote(field.Value);
        ReadOnlySpan<byte> words = WordsOf(record, field);
        return words.IsEmpty || words.SequenceEqual(raw) ? taker.Take(raw, default) : taker.Take(words, raw);
    }

    // Empty for none. Only where needles can be complete: a number as the kernel writes it, hex digits of one case.
    ReadOnlySpan<byte> WordsOf(in Record record, in Field field)
    {
        FieldType type = FieldClassification.Of(record.Type, field.Name, field.Value);
        switch (type)
        {
            case FieldType.Unclassified:
                return default;
            case FieldType.Uid or FieldType.Gid:
                return AccountOf(record, field, type);
            case FieldType.Session:
                return ValueText.TryId(field.Value, out uint session) && session == uint.MaxValue ? "unset"u8 : default;
            case FieldType.Escaped or FieldType.EscapedFile or FieldType.EscapedKey or FieldType.Proctitle when HasMixedCase(field.Value):
                return default;
            case FieldType.Syscall when !ValueText.TryId(field.Value, out _):
            case FieldType.Exit when !ValueText.TryId(field.Value.TrimStart((byte)'-'), out _):
                return default;
        }

        _interpreter.TryInterpret(record, field.Name, field.Value, _text);
        return type is FieldType.Syscall or FieldType.Exit ? BeforeParenthesis(_text.Bytes) : _text.Bytes;
    }

    static bool HasMixedCase(ReadOnlySpan<byte> raw) => !raw.StartsWith("\""u8)
        && raw.ContainsAnyInRange((byte)'a', (byte)'f') && raw.ContainsAnyInRange((byte)'A', (byte)'F');

    // EACCES(Permission denied), socketcall(connect); but unknown-syscall(999).
    static ReadOnlySpan<byte> BeforeParenthesis(ReadOnlySpan<byte> words)
    {
        int open = words.IndexOf((byte)'(');
        return open > 0 && !words.StartsWith("unknown-"u8) ? words[..open] : words;
    }

    // What the recording machine looked up, else this one's name.
    ReadOnlySpan<byte> AccountOf(in Record record, in Field field, FieldType type)
    {
        if (!record.Enrichment.IsEmpty)
        {
            Span<byte> upper = stackalloc byte[Math.Min(field.Name.Length, 64)];
            for (int index = 0; index < upper.Length; index++)
                upper[index] = field.Name[index] is >= (byte)'a' and <= (byte)'z' ? (byte)(field.Name[index] - 32) : field.Name[index];
            if (record.TryFindEnriched(upper, out ReadOnlySpan<byte> looked) && looked.Length <= EnrichedBytesMax && !looked.StartsWith("unknown-"u8))
                return ValueText.Decode(looked, _decoded);
        }

        if (!ValueText.TryId(field.Value, out uint id))
            return default;
        _text.Clear();
        if (type == FieldType.Uid)
            AccountName.WriteUser(id, host.Accounts, _text);
        else
            AccountName.WriteGroup(id, host.Accounts, _text);
        return _text.Bytes.StartsWith("unknown("u8) ? default : _text.Bytes;
    }
}
