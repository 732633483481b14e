namespace Akashi.Daemon.Remote;

/// <summary>Numbers of streams.</summary>
static class RemoteStreams
{
    /// <summary>A new one, that nobody guesses: 122 bits of it are random. Not RandomNumberGenerator, which brings the whole of OpenSSL with it.</summary>
    public static UInt128 MakeNumber()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
