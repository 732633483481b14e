using System.Buffers;
using System.Text;

namespace Akashi.Output;

/// <summary>What a person reads at once: standard error, and standard output where it is a terminal. Nothing in it steers the terminal.</summary>
/// <remarks>
/// Messages quote rule files, configurations, arguments and logs; results quote what audited users chose. C1 controls and what turns text round become a
/// backslash and three octal digits a byte, and so do the control bytes of ASCII but line feed and tab, where the tool doesn't answer for those itself. A
/// character that is cut by the end of a write waits for the next. Through a pipe or into a file tools print every byte as the originals do.
/// </remarks>
/// <param name="inner">Where it goes; stays open.</param>
/// <param name="passesAscii">Whether ASCII control bytes pass: colours, and what a tool has escaped by its own rules.</param>
public sealed class SafeStream(Stream inner, bool passesAscii) : OneWayStream
{
    const int CutBytesMax = 3;

    readonly SearchValues<byte> _suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Where(value => IsSuspect(value, passesAscii)).Select(value => (byte)value)]);

    readonly byte[] _cut = new byte[CutBytesMax];
    int _cutLength;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_cutLength > 0)
        {
            byte[] whole = [.. _cut.AsSpan(0, _cutLength), .. buffer];
            _cutLength = 0;
            WriteWhole(whole);
            return;
        }

        WriteWhole(buffer);
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    static bool IsSuspect(int value, bool passesAscii) =>
        value >= 0x80 || (!passesAscii && value is (< 0x20 and not '\n' and not '\t') or 0x7F);

    void WriteWhole(ReadOnlySpan<byte> buffer)
    {
        while (true)
        {
            int index = buffer.IndexOfAny(_suspects);
            if (index < 0)
                break;
            inner.Write(buffer[..index]);
            buffer = buffer[index..];
            if (IsCut(buffer))
            {
                buffer.CopyTo(_cut);
                _cutLength = buffer.Length;
                return;
            }

            int length = 1;
            if (buffer[0] < 0x80 || UnsafeCharacters.IsUnsafe(buffer, out length))
                WriteOctal(buffer[..length]);
            else
                inner.Write(buffer[..length]);
            buffer = buffer[length..];
        }

        inner.Write(buffer);
    }

    static bool IsCut(ReadOnlySpan<byte> text) => text.Length <= CutBytesMax
        && Rune.DecodeFromUtf8(text, out _, out _) == OperationStatus.NeedMoreData;

    void WriteOctal(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            inner.Write([(byte)'\\', (byte)('0' + (value >> 6)), (byte)('0' + ((value >> 3) & 7)), (byte)('0' + (value & 7))]);
    }
}
