namespace Akashi.Audit.Tests;

/// <summary>A kernel that takes every record, or refuses every one.</summary>
/// <param name="errno">The refusal; 0 for none.</param>
sealed class RecordedWire(int errno = 0) : IUserRecordWire
{
    int _sequence;

    /// <summary>What was sent: type, blank, text.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Whether records are kept; counting them allocates nothing.</summary>
    public bool Keeps { get; init; } = true;

    public bool IsDisposed { get; private set; }

    public int Make(int type, ReadOnlySpan<byte> payload)
    {
        if (errno != 0)
            return -errno;
        if (Keeps)
            Lines.Add($"{type} {Yardstick.Text(payload)}");
        return ++_sequence;
    }

    public void Dispose() => IsDisposed = true;
}
