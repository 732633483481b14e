using System.Security.Cryptography;

namespace Akashi.Daemon.Remote;

/// <summary>Numbers of streams.</summary>
static class RemoteStreams
{
    /// <summary>A new one, that nobody guesses.</summary>
    public static UInt128 MakeNumber()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
