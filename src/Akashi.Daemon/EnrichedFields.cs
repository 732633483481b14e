using System.Text;
using Akashi.Records;

namespace Akashi.Daemon;

/// <summary>Writes the part of a line behind 0x1D: <c>NAME=value</c> pairs with a blank between.</summary>
/// <param name="destination">Room for them.</param>
public ref struct EnrichedFields(Span<byte> destination)
{
    readonly Span<byte> _destination = destination;

    /// <summary>The bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Adds one.</summary>
    /// <param name="name">In any case; written in capitals.</param>
    /// <param name="value">As it is to stand there: without blanks, but between quotes.</param>
    /// <returns>False where there is no room for it: nothing was written.</returns>
    public bool TryAdd(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        if (_destination.Length - Length < name.Length + value.Length + 2)
            return false;
        _destination[Length] = Length == 0 ? Record.EnrichmentSeparator : (byte)' ';
        Ascii.ToUpper(name, _destination[(Length + 1)..], out int written);
        Length += written + 1;
        _destination[Length++] = (byte)'=';
        value.CopyTo(_destination[Length..]);
        Length += value.Length;
        return true;
    }
}
