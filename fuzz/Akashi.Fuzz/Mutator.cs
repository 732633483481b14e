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

    static readonly byte[][] s_values =
    [
        [], "0"u8.ToArray(), "-1"u8.ToArray(), "4294967295"u8.ToArray(), "18446744073709551615"u8.ToArray(), "ffffffffffffffff"u8.ToArray(), "(null)"u8.ToArray(),
        "?"u8.ToArray(), "unset"u8.ToArray(), "\"\""u8.ToArray(), "\""u8.ToArray(), "'"u8.ToArray(), "0200"u8.ToArray(), "0A"u8.ToArray(), "02"u8.ToArray(), "01002F"u8.ToArray(), "1000"u8.ToArray(),
        "c000003e"u8.ToArray(), "40000003"u8.ToArray(), "9223372036854775808"u8.ToArray(), "1.5e300"u8.ToArray(), "/../.."u8.ToArray(), "UNKNOWN[99999]"u8.ToArray(),
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
        switch (random.Next(9))
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
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                ReplaceValue(bytes, at);
                break;
        }
    }

    // The next value of a field becomes another that a kernel, or whoever makes records, might write there.
    void ReplaceValue(List<byte> bytes, int at)
    {
        int start = bytes.IndexOf((byte)'=', at) + 1;
        if (start == 0)
            return;
        int end = start;
        while (end < bytes.Count && bytes[end] is not ((byte)' ' or (byte)'\n' or 0x1D or (byte)'\''))
            end++;
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, Value());
    }

    byte[] Value() => random.Next(6) switch
    {
        0 => s_values[random.Next(s_values.Length)],
        1 => [.. Hex(random.Next(1, 12))],
        2 => [.. Hex(random.Next(1, 600))],
        3 => [.. "0x"u8, .. Hex(random.Next(1, 20))],
        4 => [.. random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => (byte)digit)],
        _ => [(byte)'"', .. Hex(random.Next(0, 30)), .. random.Next(2) == 0 ? "\""u8 : default],
    };

    // An odd number of digits as often as an even one.
    IEnumerable<byte> Hex(int length) => Enumerable.Range(0, length).Select(_ => "0123456789ABCDEFabcdef"u8[random.Next(22)]).ToArray();
}
