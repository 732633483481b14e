namespace Akashi.Records;

/// <summary>Reads the headers of lines one after the other; of a line with the stamp of the one before, the stamp isn't parsed again.</summary>
/// <remarks>
/// An event's records stand together, each with the same <c> msg=audit(…):</c>. Comparing these 35 bytes takes a fifth of parsing them.
/// The lines must stand in one block of bytes; for another one, <see cref="Begin"/>.
/// </remarks>
struct HeaderReader
{
    EventStamp _stamp;
    int _headStart;
    int _headLength;

    /// <summary>Begins another block.</summary>
    public void Begin() => _headLength = 0;

    /// <summary>Reads the header of the line of a block from one index to another, as <see cref="RecordLayout.Read"/> does.</summary>
    public RecordFault Read(ReadOnlySpan<byte> block, int start, int end, out RecordLayout layout)
    {
        ReadOnlySpan<byte> line = block[start..end];
        if (_headLength > 0 && line.StartsWith(Record.TypeWord) && line.Length < Record.LineBytesMax)
        {
            int typeLength = line[Record.TypeWord.Length..].IndexOf((byte)' ');
            int headStart = Record.TypeWord.Length + typeLength;
            if (typeLength > 0 && line[headStart..].StartsWith(block.Slice(_headStart, _headLength)))
            {
                int bodyStart = headStart + _headLength;
                if (bodyStart < line.Length && line[bodyStart] == ' ')
                    bodyStart++;
                layout = new RecordLayout(_stamp, (ushort)Record.TypeWord.Length, (ushort)typeLength, (ushort)bodyStart);
                return RecordFault.None;
            }
        }

        return ReadAnew(line, start, out layout);
    }

    RecordFault ReadAnew(ReadOnlySpan<byte> line, int start, out RecordLayout layout)
    {
        RecordFault fault = RecordLayout.Read(line, out layout);
        if (fault != RecordFault.None)
            return fault;
        int headStart = layout.TypeStart + layout.TypeLength;
        int headEnd = line[layout.BodyStart - 1] == ' ' ? layout.BodyStart - 1 : layout.BodyStart;
        _stamp = layout.Stamp;
        _headStart = start + headStart;
        _headLength = headEnd - headStart;
        return fault;
    }
}

/// <summary>A line of a block, and what its header says.</summary>
/// <param name="Start">The index of its first byte.</param>
/// <param name="End">The index behind its last byte, where its line feed stands.</param>
/// <param name="Fault">None for a record.</param>
/// <param name="Layout">The parts of a record's header.</param>
readonly record struct LineHeader(int Start, int End, RecordFault Fault, RecordLayout Layout);
