namespace Akashi.Records;

/// <summary>Where the parts of a record's header stand in its line; what an event keeps of each of its records.</summary>
/// <param name="Stamp">The stamp.</param>
/// <param name="TypeStart">Index of the type's name.</param>
/// <param name="TypeLength">Bytes of the type's name.</param>
/// <param name="BodyStart">Index of the first byte after the stamp's <c>): </c>.</param>
readonly record struct RecordLayout(EventStamp Stamp, ushort TypeStart, ushort TypeLength, ushort BodyStart)
{
    /// <summary>Reads the header of a line; the layout is the default where the fault is not None.</summary>
    public static RecordFault Read(ReadOnlySpan<byte> line, out RecordLayout layout)
    {
        layout = default;
        if (line.IsEmpty)
            return RecordFault.EmptyLine;
        if (line.Length > Record.LineBytesMax - 1)
            return RecordFault.TooLong;

        int typeStart = Record.TypeWord.Length;
        if (!line.StartsWith(Record.TypeWord) && !TrySkipNode(line, out typeStart))
            return RecordFault.MissingType;

        int typeLength = line[typeStart..].IndexOf((byte)' ');
        if (typeLength <= 0 || !line[(typeStart + typeLength)..].StartsWith(Record.StampWord))
            return RecordFault.MissingStamp;

        int stampStart = typeStart + typeLength + Record.StampWord.Length;
        if (!EventStamp.TryParse(line[stampStart..], out EventStamp stamp, out int stampLength))
            return RecordFault.MalformedStamp;
        int bodyStart = stampStart + stampLength;
        if (!line[bodyStart..].StartsWith("):"u8))
            return RecordFault.MalformedStamp;
        bodyStart += 2;
        if (bodyStart < line.Length && line[bodyStart] == ' ')
            bodyStart++;

        layout = new RecordLayout(stamp, (ushort)typeStart, (ushort)typeLength, (ushort)bodyStart);
        return RecordFault.None;
    }

    // A node name holds no blank: the daemon takes it from the host name or refuses it in its configuration.
    static bool TrySkipNode(ReadOnlySpan<byte> line, out int typeStart)
    {
        typeStart = 0;
        if (!line.StartsWith(Record.NodeWord))
            return false;
        int blank = line.IndexOf((byte)' ');
        if (blank < 0 || !line[(blank + 1)..].StartsWith(Record.TypeWord))
            return false;
        typeStart = blank + 1 + Record.TypeWord.Length;
        return true;
    }
}
