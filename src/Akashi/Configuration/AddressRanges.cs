using System.Net;

namespace Akashi.Configuration;

/// <summary>Addresses and networks, with commas between: <c>10.0.0.0/8,fd00::/8,192.168.1.7</c>.</summary>
/// <remarks>The default has every address. Bits behind a network's own must be 0: <c>10.0.0.7/8</c> is a slip.</remarks>
public readonly struct AddressRanges
{
    const int RangesMax = 100;

    readonly IPNetwork[]? _ranges;

    AddressRanges(IPNetwork[] ranges) => _ranges = ranges;

    /// <summary>The grammar.</summary>
    internal static KeywordGrammar<AddressRanges> Grammar { get; } = new(
        "addresses and networks such as 10.0.0.0/8,192.168.1.7, or any",
        (words, out ranges) =>
        {
            ranges = default;
            return words.Length == 1 && (words[0].Equals("any", StringComparison.OrdinalIgnoreCase) || TryParse(words[0], out ranges));
        });

    /// <summary>Reads a list.</summary>
    /// <returns>False where a part is neither an address nor a network.</returns>
    public static bool TryParse(string text, out AddressRanges ranges)
    {
        ranges = default;
        string[] parts = text.Split(',');
        var found = new IPNetwork[parts.Length];
        for (int index = 0; index < parts.Length; index++)
        {
            if (!TryParseOne(parts[index], out found[index]))
                return false;
        }

        ranges = new AddressRanges(found);
        return parts.Length <= RangesMax;
    }

    /// <summary>Whether an address is in one of them.</summary>
    /// <param name="address">In digits; one with a zone is looked at without it.</param>
    public bool Has(string address)
    {
        if (_ranges is null)
            return true;
        int zone = address.IndexOf('%', StringComparison.Ordinal);
        if (!IPAddress.TryParse(zone < 0 ? address : address.AsSpan(0, zone), out IPAddress? parsed))
            return false;
        foreach (IPNetwork range in _ranges)
        {
            if (range.Contains(parsed))
                return true;
        }

        return false;
    }

    // IPAddress takes 10.1 for 10.0.0.1, as old programs do: here it's a slip.
    static bool TryParseOne(string text, out IPNetwork range)
    {
        range = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string address = slash < 0 ? text : text[..slash];
        bool isWhole = address.Contains(':', StringComparison.Ordinal) || address.Count(letter => letter == '.') == 3;
        if (!isWhole || address.Contains('%', StringComparison.Ordinal) || !IPAddress.TryParse(address, out IPAddress? parsed))
            return false;
        if (slash >= 0)
            return IPNetwork.TryParse(text, out range) && range.BaseAddress.Equals(parsed);
        range = new IPNetwork(parsed, parsed.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? 128 : 32);
        return true;
    }
}
