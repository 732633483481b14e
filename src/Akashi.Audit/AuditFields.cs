using System.Runtime.CompilerServices;
using Akashi.Records;

namespace Akashi.Audit;

/// <summary>Walks the fields of a record, for foreach. Allocates nothing.</summary>
/// <remarks>Holds a place instead of an enumerator: a type of another assembly can't be a member here, for programs see this assembly alone.</remarks>
public ref struct AuditFields
{
    readonly AuditEvent _event;
    readonly int _recordIndex;
    ReadOnlySpan<byte> _body;
    ReadOnlySpan<byte> _name;
    ReadOnlySpan<byte> _value;
    ulong _stops;
    int _at;
    int _window;
    bool _isNested;

    internal AuditFields(AuditEvent auditEvent, int recordIndex, ReadOnlySpan<byte> body)
    {
        _event = auditEvent;
        _recordIndex = recordIndex;
        _body = body;
    }

    /// <summary>The field.</summary>
    public readonly AuditField Current
    {
        // Six words: they needn't be copied for who asks for one of them.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_event, _recordIndex, _name, _value, _isNested);
    }

    /// <summary>For foreach.</summary>
    public readonly AuditFields GetEnumerator() => this;

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext() => FieldScan.TryTake(ref _body, ref _at, ref _window, ref _stops, ref _isNested, out _name, out _value);
}
