namespace Akashi.Remote;

/// <summary>Cuts what a sender sends into messages; each is managed or a line of text, whichever its first byte says.</summary>
public static class RemoteFrames
{
    /// <summary>Room for the longest message.</summary>
    public const int BytesMax = RemoteHeader.Bytes + RemoteHeader.TextBytesMax;

    /// <summary>Takes the first message of what was received.</summary>
    /// <param name="bytes">What was received and not taken yet.</param>
    /// <param name="frame">The message; as long-lived as the bytes.</param>
    /// <param name="fault">None; or why what follows can't be read, whatever more comes.</param>
    /// <returns>The bytes it took; 0 where it isn't whole yet, or there is a fault.</returns>
    public static int Take(ReadOnlySpan<byte> bytes, out RemoteFrame frame, out RemoteFault fault)
    {
        frame = default;
        fault = RemoteFault.None;
        if (bytes.IsEmpty)
            return 0;
        return bytes[0] == RemoteHeader.FirstByte ? TakeManaged(bytes, out frame, out fault) : TakeLine(bytes, out frame, out fault);
    }

    static int TakeManaged(ReadOnlySpan<byte> bytes, out RemoteFrame frame, out RemoteFault fault)
    {
        frame = default;
        fault = RemoteFault.None;
        if (bytes.Length < RemoteHeader.Bytes || !RemoteHeader.TryRead(bytes, out RemoteHeader header, out fault))
            return 0;
        int length = RemoteHeader.Bytes + header.TextBytes;
        if (bytes.Length < length)
            return 0;
        frame = new RemoteFrame(true, header.Type, header.Sequence, bytes[RemoteHeader.Bytes..length]);
        return length;
    }

    // What can't become a record is refused at its first bytes: nobody has a buffer filled for nothing.
    static int TakeLine(ReadOnlySpan<byte> bytes, out RemoteFrame frame, out RemoteFault fault)
    {
        frame = default;
        fault = RemoteFault.None;
        if (TlsAlert.IsHandshake(bytes))
        {
            fault = bytes.Length > 1 ? RemoteFault.Tls : RemoteFault.None;
            return 0;
        }

        if (!MayBegin(bytes, "node="u8) && !MayBegin(bytes, "type="u8))
        {
            fault = RemoteFault.NoRecord;
            return 0;
        }

        int length = bytes[..Math.Min(bytes.Length, RemoteHeader.TextBytesMax + 1)].IndexOf((byte)'\n');
        if (length < 0)
        {
            fault = bytes.Length > RemoteHeader.TextBytesMax ? RemoteFault.TooLong : RemoteFault.None;
            return 0;
        }

        frame = new RemoteFrame(false, RemoteMessageType.Message, 0, bytes[..length]);
        return length + 1;
    }

    static bool MayBegin(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> word)
    {
        int length = Math.Min(bytes.Length, word.Length);
        return bytes[..length].SequenceEqual(word[..length]);
    }
}

/// <summary>One message of a sender.</summary>
/// <param name="isManaged">Whether it is to be answered; false for a line of text.</param>
/// <param name="type">What it is.</param>
/// <param name="sequence">Its number.</param>
/// <param name="text">What it says.</param>
public readonly ref struct RemoteFrame(bool isManaged, RemoteMessageType type, uint sequence, ReadOnlySpan<byte> text)
{
    /// <summary>Whether it is to be answered; false for a line of text.</summary>
    public bool IsManaged { get; } = isManaged;

    /// <summary>What it is.</summary>
    public RemoteMessageType Type { get; } = type;

    /// <summary>Its number.</summary>
    public uint Sequence { get; } = sequence;

    /// <summary>What it says; with or without a line feed at its end.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;
}
