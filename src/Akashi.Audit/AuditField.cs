using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Akashi.Interpretation;
using Akashi.Records;

namespace Akashi.Audit;

/// <summary>One <c>name=value</c> of a record. Valid as long as its event.</summary>
public readonly ref struct AuditField
{
    readonly AuditEvent _event;
    readonly int _recordIndex;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal AuditField(AuditEvent auditEvent, int recordIndex, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isNested)
    {
        _event = auditEvent;
        _recordIndex = recordIndex;
        NameUtf8 = name;
        RawUtf8 = value;
        IsNested = isNested;
    }

    /// <summary>The name's bytes; not empty.</summary>
    public ReadOnlySpan<byte> NameUtf8 { get; }

    /// <summary>The value's bytes as they stand in the record, with quotes; may be empty, and need not be UTF-8.</summary>
    public ReadOnlySpan<byte> RawUtf8 { get; }

    /// <summary>Whether a program said so inside <c>msg='…'</c>: the kernel vouches only for what stands before.</summary>
    public bool IsNested { get; }

    /// <summary>The name.</summary>
    public string Name => Encoding.UTF8.GetString(NameUtf8);

    /// <summary>The value as it stands in the record, with quotes.</summary>
    public string Raw => Encoding.UTF8.GetString(RawUtf8);

    /// <summary>What kind of value it has, by its name and its record's type.</summary>
    public AuditFieldType Type => (AuditFieldType)FieldClassification.Of(_event.Core.TypeAt(_recordIndex), NameUtf8, RawUtf8);

    /// <summary>The value in words, as <c>ausearch -i</c> has it: <c>auid=1000</c> is <c>alice</c>. A value without words is itself.</summary>
    /// <remarks>May hold any character that a program or a file's maker put there: escape it before it reaches a terminal.</remarks>
    public string Interpret() => Encoding.UTF8.GetString(InterpretUtf8());

    /// <summary>As <see cref="Interpret"/>, in bytes; valid until the next field of the event is interpreted. Allocates nothing once names are known.</summary>
    public ReadOnlySpan<byte> InterpretUtf8() => _event.Words.Of(_event.Core, _recordIndex, NameUtf8, RawUtf8);

    /// <summary>The value of an untrusted text: without its quotes, or its hexadecimal digits decoded; else the value itself.</summary>
    public string Decode()
    {
        byte[] decoded = new byte[RawUtf8.Length];
        EncodedText.TryDecode(RawUtf8, decoded, out int length);
        return Encoding.UTF8.GetString(decoded, 0, length);
    }

    /// <summary>The value as a decimal number.</summary>
    /// <param name="number">The number; 0 where it's none.</param>
    /// <returns>False where the value isn't one from its first byte to its last.</returns>
    public bool TryGetNumber(out long number)
    {
        if (Utf8Parser.TryParse(RawUtf8, out number, out int used) && used == RawUtf8.Length)
            return true;
        number = 0;
        return false;
    }

    /// <summary>The value as a hexadecimal number without <c>0x</c>: <c>a0</c> to <c>a3</c>, <c>arch</c>.</summary>
    /// <param name="number">The number; 0 where it's none.</param>
    /// <returns>False where the value isn't one from its first byte to its last.</returns>
    public bool TryGetHex(out ulong number)
    {
        if (Utf8Parser.TryParse(RawUtf8, out number, out int used, 'x') && used == RawUtf8.Length)
            return true;
        number = 0;
        return false;
    }

    /// <summary><c>name=value</c>, raw.</summary>
    public override string ToString() => $"{Name}={Raw}";
}
