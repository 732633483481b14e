using Akashi.Tables;

namespace Akashi.Records;

/// <summary>One line of the trail: <c>type=PATH msg=audit(1626611363.720:348501): item=0 name=…</c>.</summary>
/// <remarks>
/// <code>
/// [node=NAME ]type=TYPE msg=audit(SECONDS.MSC:SERIAL):[ BODY][0x1D ENRICHED]
/// </code>
/// Source: kernel/audit.c (audit_log_vformat, audit_log_start); the daemon adds node and, after the byte 0x1D, the enriched fields.
/// Holding one proves that the header has this shape; of the body nothing is known. The bytes are the caller's and the record
/// lives as long as they do.
/// </remarks>
public readonly ref struct Record
{
    /// <summary>A longer line is a fault: the kernel's largest record is 8970 bytes, enrichment and node names add to it.</summary>
    public const int LineBytesMax = 64 * 1024;

    /// <summary>The byte between what the kernel said and what the daemon looked up.</summary>
    public const byte EnrichmentSeparator = 0x1D;

    readonly RecordLayout _layout;

    internal Record(ReadOnlySpan<byte> line, RecordLayout layout)
    {
        Line = line;
        _layout = layout;
    }

    /// <summary>The whole line without its line feed.</summary>
    public ReadOnlySpan<byte> Line { get; }

    /// <summary>The node's name; empty where the line has none.</summary>
    public ReadOnlySpan<byte> Node => _layout.TypeStart == TypeWord.Length
        ? default
        : Line[NodeWord.Length..(_layout.TypeStart - TypeWord.Length - 1)];

    /// <summary>The type as it is written: <c>SYSCALL</c>, <c>UNKNOWN[1234]</c>.</summary>
    public ReadOnlySpan<byte> TypeName => Line.Slice(_layout.TypeStart, _layout.TypeLength);

    /// <summary>The type; 0 for a name that no table knows.</summary>
    public RecordType Type => RecordTypeName.ToNumber(TypeName);

    /// <summary>The stamp.</summary>
    public EventStamp Stamp => _layout.Stamp;

    /// <summary>The fields as the kernel or a program wrote them: after the stamp and one blank, up to the separator.</summary>
    public ReadOnlySpan<byte> Body => Line[_layout.BodyStart..BodyEnd];

    /// <summary>The body with the blank before it, so that every field of the kernel's begins with a blank.</summary>
    internal ReadOnlySpan<byte> BodyWithBlank => Line[(_layout.BodyStart - 1)..BodyEnd];

    /// <summary>What the daemon looked up: after the separator; empty for a raw record.</summary>
    public ReadOnlySpan<byte> Enrichment => BodyEnd == Line.Length ? default : Line[(BodyEnd + 1)..];

    /// <summary>The line up to the separator.</summary>
    public ReadOnlySpan<byte> LineWithoutEnrichment => Line[..BodyEnd];

    internal static ReadOnlySpan<byte> TypeWord => "type="u8;

    internal static ReadOnlySpan<byte> NodeWord => "node="u8;

    internal static ReadOnlySpan<byte> StampWord => " msg=audit("u8;

    internal RecordLayout Layout => _layout;

    int BodyEnd
    {
        get
        {
            int index = Line[_layout.BodyStart..].IndexOf(EnrichmentSeparator);
            return index < 0 ? Line.Length : _layout.BodyStart + index;
        }
    }

    /// <summary>The fields of the body.</summary>
    public FieldEnumerator Fields => new(Body);

    /// <summary>The enriched fields: <c>AUID="bob"</c>.</summary>
    public FieldEnumerator EnrichedFields => new(Enrichment);

    /// <summary>Finds the first field of that name in the body.</summary>
    /// <param name="name">The name, such as <c>auid</c>.</param>
    /// <param name="value">The raw value, quotes and all; empty where there is none.</param>
    public bool TryFind(scoped ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) => TryFind(Fields, name, out value);

    /// <summary>Finds the first enriched field of that name.</summary>
    /// <param name="name">The name in capitals, such as <c>AUID</c>.</param>
    /// <param name="value">The raw value, quotes and all; empty where there is none.</param>
    public bool TryFindEnriched(scoped ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        TryFind(EnrichedFields, name, out value);

    /// <summary>Reads the header of a line.</summary>
    /// <param name="line">One line without its line feed.</param>
    /// <param name="record">The record; the default where it's none.</param>
    /// <param name="fault">What is wrong; None where nothing is.</param>
    public static bool TryParse(ReadOnlySpan<byte> line, out Record record, out RecordFault fault)
    {
        fault = RecordLayout.Read(line, out RecordLayout layout);
        record = fault == RecordFault.None ? new Record(line, layout) : default;
        return fault == RecordFault.None;
    }

    static bool TryFind(FieldEnumerator fields, scoped ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        foreach (Field field in fields)
        {
            if (field.Name.SequenceEqual(name))
            {
                value = field.Value;
                return true;
            }
        }

        value = default;
        return false;
    }
}
