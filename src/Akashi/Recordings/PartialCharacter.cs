using System.Buffers;
using System.Text;

namespace Akashi.Recordings;

/// <summary>Keeps the beginning of a character that the next bytes may complete: at most 3 bytes.</summary>
sealed class PartialCharacter
{
    readonly byte[] _kept = new byte[4];
    byte[] _joined = [];
    int _keptBytes;

    /// <summary>What was kept, and these bytes, without a beginning of a character at their end.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Join(ReadOnlySpan<byte> bytes)
    {
        int length = _keptBytes + bytes.Length;
        if (_joined.Length < length)
            _joined = new byte[length];
        _kept.AsSpan(0, _keptBytes).CopyTo(_joined);
        bytes.CopyTo(_joined.AsSpan(_keptBytes));
        _keptBytes = IncompleteBytes(_joined.AsSpan(0, length));
        _joined.AsSpan(length - _keptBytes, _keptBytes).CopyTo(_kept);
        return _joined.AsSpan(0, length - _keptBytes);
    }

    /// <summary>What was kept, and no longer is.</summary>
    public ReadOnlySpan<byte> TakeRest()
    {
        int length = _keptBytes;
        _keptBytes = 0;
        return _kept.AsSpan(0, length);
    }

    // Bytes at the end that begin a character and don't finish it.
    static int IncompleteBytes(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            byte value = bytes[^back];
            if ((value & 0xC0) == 0x80)
                continue;
            return Rune.DecodeFromUtf8(bytes[^back..], out _, out _) == OperationStatus.NeedMoreData ? back : 0;
        }

        return 0;
    }
}
