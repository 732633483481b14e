using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;
using System.Text;

namespace Akashi.Reports.Counting;

/// <summary>What events of one key cost so far.</summary>
/// <param name="Key">The key; null for events without one.</param>
public sealed class KeyCost(string? Key)
{
    /// <summary>The key; null for events without one.</summary>
    public string? Key { get; } = Key;

    /// <summary>How many events.</summary>
    public long Events { get; internal set; }

    /// <summary>Bytes of their lines, with their line feeds.</summary>
    public long Bytes { get; internal set; }
}

/// <summary>Counts events and their bytes by the keys of the rules that made them.</summary>
/// <remarks>An event of several keys counts for each of them, for that is what its rule costs. Keys seen once allocate nothing more. Not for several threads.</remarks>
public sealed class KeyCosts
{
    const int KeyBytesMax = 512;
    const byte Separator = 0x01;

    readonly Dictionary<string, KeyCost> _keys = new(StringComparer.Ordinal);
    readonly KeyCost _without = new(null);
    readonly char[] _characters = new char[KeyBytesMax];

    /// <summary>Events counted.</summary>
    public long Events { get; private set; }

    /// <summary>All that have an event, the most bytes first; among equals by name, those without a key last.</summary>
    public IReadOnlyList<KeyCost> Ordered() =>
    [
        .. _keys.Values.Append(_without).Where(cost => cost.Events > 0)
            .OrderByDescending(cost => cost.Bytes).ThenBy(cost => cost.Key is null).ThenBy(cost => cost.Key, StringComparer.Ordinal),
    ];

    /// <summary>What a key's events cost; null where there was none.</summary>
    public KeyCost? Find(string key) => _keys.GetValueOrDefault(key);

    /// <summary>Counts an event.</summary>
    public void Add(AuditEvent auditEvent)
    {
        Events++;
        long bytes = auditEvent.Length + auditEvent.Count;
        if (!auditEvent.TryFindRecord(RecordType.Syscall, out Record record)
            || !record.TryFind("key"u8, out ReadOnlySpan<byte> raw) || raw.SequenceEqual("(null)"u8))
        {
            Count(_without, bytes);
            return;
        }

        Span<byte> decoded = stackalloc byte[KeyBytesMax];
        EncodedText.TryDecode(raw[..Math.Min(raw.Length, KeyBytesMax)], decoded, out int length);
        ReadOnlySpan<byte> rest = decoded[..length];
        while (true)
        {
            int end = rest.IndexOf(Separator);
            Count(KeyOf(end < 0 ? rest : rest[..end]), bytes);
            if (end < 0)
                break;
            rest = rest[(end + 1)..];
        }
    }

    static void Count(KeyCost cost, long bytes)
    {
        cost.Events++;
        cost.Bytes += bytes;
    }

    KeyCost KeyOf(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<char> text = _characters.AsSpan(0, Encoding.UTF8.GetChars(key, _characters));
        if (_keys.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out KeyCost? cost))
            return cost;
        string name = text.ToString();
        cost = new KeyCost(name);
        _keys.Add(name, cost);
        return cost;
    }
}
