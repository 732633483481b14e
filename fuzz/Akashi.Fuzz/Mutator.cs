namespace Akashi.Fuzz;

/// <summary>Damages real input the way disks, programs and attackers do.</summary>
sealed class Mutator(Random random)
{
    static readonly byte[][] s_morsels =
    [
        [0], [0x1D], "\n"u8.ToArray(), "'"u8.ToArray(), "\""u8.ToArray(), "msg='"u8.ToArray(), "=\""u8.ToArray(), "node="u8.ToArray(),
        "type="u8.ToArray(), " msg=audit("u8.ToArray(), "):"u8.ToArray(), "99999999999999999999"u8.ToArray(), "-1"u8.ToArray(),
        "UNKNOWN["u8.ToArray(), "]"u8.ToArray(), "a0[1]="u8.ToArray(), "key="u8.ToArray(), [0xFF, 0xFE], [0xE2, 0x80, 0xAE], [0x1B, (byte)'['],
        "-F "u8.ToArray(), "-S "u8.ToArray(), "\\"u8.ToArray(), ">="u8.ToArray(),
    ];

    /// <summary>A damaged copy of a seed, or of a splice of two.</summary>
    public byte[] Mutate(IReadOnlyList<byte[]> seeds)
    {
        var bytes = new List<byte>(seeds[random.Next(seeds.Count)]);
        for (int change = random.Next(1, 8); change > 0; change--)
            Change(bytes, seeds);
        return [.. bytes];
    }

    void Change(List<byte> bytes, IReadOnlyList<byte[]> seeds)
    {
        int at = random.Next(bytes.Count + 1);
        int length = Math.Min(random.Next(1, 64), bytes.Count - at);
        switch (random.Next(7))
        {
            case 0 when bytes.Count > at:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                bytes.InsertRange(at, s_morsels[random.Next(s_morsels.Length)]);
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(seeds[random.Next(seeds.Count)]);
                break;
            case 5:
                bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 20_000)));
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }
}
