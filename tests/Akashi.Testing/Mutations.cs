namespace Akashi.Testing;

/// <summary>Damage that logs suffer: bytes changed, cut out, doubled, put in; lines swapped.</summary>
public static class Mutations
{
    /// <summary>A damaged copy.</summary>
    public static byte[] Damage(ReadOnlySpan<byte> log, Random random)
    {
        List<byte> bytes = [.. log];
        int wounds = random.Next(1, 20);
        for (int wound = 0; wound < wounds && bytes.Count > 0; wound++)
            Wound(bytes, random);
        return [.. bytes];
    }

    static void Wound(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count);
        int length = Math.Min(random.Next(1, 400), bytes.Count - at);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                bytes.InsertRange(at, "\"'=\n\u001d\0() "u8.ToArray());
                break;
            case 4:
                bytes[at] = "\n\u001d\"'=0:)"u8[random.Next(8)];
                break;
            default:
                byte[] noise = new byte[length];
                random.NextBytes(noise);
                bytes.InsertRange(at, noise);
                break;
        }
    }
}
