using System.Buffers.Binary;
using System.Text;

namespace Akashi.Recordings;

/// <summary>Writes a recording as a ttyrec: the mirror of <see cref="TtyrecReader"/>.</summary>
sealed class TtyrecWriter(Stream output)
{
    readonly byte[] _frame = new byte[TtyrecReader.FrameHeaderBytes];

    /// <summary>Events that a ttyrec has no words for: all but output and sizes.</summary>
    public LeftOutEvents LeftOut { get; } = new();

    /// <summary>Writes a recording to its end; the size comes first.</summary>
    public void Write(IRecordingReader reader)
    {
        long began = Math.Clamp(reader.Header.UnixSeconds ?? 0, 0, uint.MaxValue / 2) * TtyrecReader.MicrosecondsPerSecond;
        WriteFrame(began, Size($"{reader.Header.ColumnCount}x{reader.Header.RowCount}"));
        while (reader.TryRead(out RecordingEvent next))
        {
            if (next.Kind == RecordingEventKind.Output)
                WriteFrame(began + next.Microseconds, next.Bytes);
            else if (next.Kind == RecordingEventKind.Resize)
                WriteFrame(began + next.Microseconds, Size(Encoding.ASCII.GetString(next.Bytes)));
            else
                LeftOut.Add(next.Kind);
        }
    }

    static byte[] Size(string size) => size.Split('x') is [var columns, var rows] ? Encoding.ASCII.GetBytes($"\e[8;{rows};{columns}t") : [];

    void WriteFrame(long microseconds, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        BinaryPrimitives.WriteUInt32LittleEndian(_frame, (uint)Math.Min(microseconds / TtyrecReader.MicrosecondsPerSecond, uint.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(_frame.AsSpan(4), (uint)(microseconds % TtyrecReader.MicrosecondsPerSecond));
        BinaryPrimitives.WriteUInt32LittleEndian(_frame.AsSpan(8), (uint)bytes.Length);
        output.Write(_frame);
        output.Write(bytes);
    }
}
