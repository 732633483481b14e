using Akashi.Linux.Cryptography;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Linux.Tests.Cryptography;

public sealed class CryptoBlocksTests
{
    // In pieces of any length, over the point where the library is loaded; the framework's own hash is the judge.
    [Fact]
    public void The_hash_is_the_same_whoever_takes_the_blocks() => Seeded.Repeat(3, random =>
    {
        byte[] bytes = new byte[6_000_000];
        random.NextBytes(bytes);
        var mixer = new CountingBlocks(new CryptoBlocks());
        var hash = new Sha256 { Blocks = mixer };
        for (int start = 0; start < bytes.Length;)
        {
            int length = Math.Min(random.Next(1, random.Next(2) == 0 ? 200 : 40_000), bytes.Length - start);
            hash.Add(bytes.AsSpan(start, length));
            start += length;
        }

        byte[] found = new byte[Sha256.HashBytes];
        hash.Finish(found);
        Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)), Convert.ToHexString(found));
        Assert.True(mixer.Refused > 0, "the library was loaded before it was worth it");
        Assert.True(mixer.Taken > 0, "libcrypto.so.3 isn't used");
    });

    sealed class CountingBlocks(ISha256Blocks blocks) : ISha256Blocks
    {
        public int Taken { get; private set; }

        public int Refused { get; private set; }

        public bool TryMix(Span<uint> state, ReadOnlySpan<byte> bytes)
        {
            bool isTaken = blocks.TryMix(state, bytes);
            Taken += isTaken ? 1 : 0;
            Refused += isTaken ? 0 : 1;
            return isTaken;
        }
    }
}
