namespace Akashi.LibAudit.Auparse;

/// <summary>Where a parser's bytes come from: one file, descriptor, stream or buffer.</summary>
abstract unsafe class ByteSource : IDisposable
{
    /// <summary>The file's name as the host gave it, with a NUL, in memory that stays as long as the source; NULL for what has none.</summary>
    internal virtual byte* Name => null;

    /// <summary>Whether lines are counted from 1 again.</summary>
    internal virtual bool BeginsLineNumbers => false;

    /// <summary>Reads on.</summary>
    /// <returns>Bytes read; 0 at the end, which may be followed by more where something is still writing; a negative error number.</returns>
    internal abstract int Read(Span<byte> destination);

    /// <summary>Goes back to the beginning.</summary>
    /// <returns>False where it can't.</returns>
    internal abstract bool TryRewind();

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>Bytes that the host handed over; a copy of its own.</summary>
sealed unsafe class BufferSource(byte[] bytes) : ByteSource
{
    int _at;

    internal override int Read(Span<byte> destination)
    {
        int length = Math.Min(destination.Length, bytes.Length - _at);
        bytes.AsSpan(_at, length).CopyTo(destination);
        _at += length;
        return length;
    }

    internal override bool TryRewind()
    {
        _at = 0;
        return true;
    }

    public override void Dispose() => _at = bytes.Length;
}
