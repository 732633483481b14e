using System.Diagnostics.CodeAnalysis;
using System.Text;
using CoreEvent = Akashi.Events.AuditEvent;

namespace Akashi.Audit;

/// <summary>All records of one stamp and node. Valid until its reader goes on; <see cref="Detach"/> makes one that stays. Not for several threads.</summary>
public sealed class AuditEvent
{
    readonly Func<FieldWords> _makeWords;
    FieldWords? _words;

    internal AuditEvent(CoreEvent core, Func<FieldWords> makeWords)
    {
        Core = core;
        _makeWords = makeWords;
    }

    /// <summary>When it happened, as the kernel stamped it: milliseconds since 1970.</summary>
    public long UnixMilliseconds => Core.Stamp.UnixMilliseconds;

    /// <summary>When it happened, in UTC; a stamp beyond the year 9999 is its end.</summary>
    public DateTimeOffset Time =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(Core.Stamp.UnixMilliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    /// <summary>Its number; rises by one an event, and starts anew at boot.</summary>
    public ulong Serial => Core.Stamp.Serial;

    /// <summary>The machine's name; empty where its log doesn't say.</summary>
    public string Node => Encoding.UTF8.GetString(Core.Node);

    /// <summary>How many records it has; at least 1.</summary>
    public int Count => Core.Count;

    /// <summary>False where records may be missing: it had to leave before its end came.</summary>
    public bool IsComplete => Core.IsComplete;

    /// <summary>A record, in the order they came.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such record.</exception>
    public AuditRecord this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Core.Count, nameof(index));
            return new AuditRecord(this, index);
        }
    }

    internal CoreEvent Core { get; private set; }

    internal FieldWords Words => _words ??= _makeWords();

    /// <summary>Becomes another event.</summary>
    internal void Become(CoreEvent core)
    {
        Core = core;
        _words?.Clear();
    }

    /// <summary>The records, for foreach.</summary>
    public AuditRecords GetEnumerator() => new(this);

    /// <summary>Finds the first field of a name in its records.</summary>
    /// <param name="name">The name, such as <c>"auid"u8</c>.</param>
    /// <param name="field">The field; default where there is none.</param>
    public bool TryFind(ReadOnlySpan<byte> name, out AuditField field)
    {
        foreach (AuditRecord record in this)
        {
            if (record.TryFind(name, out field))
                return true;
        }

        field = default;
        return false;
    }

    /// <summary>Who did what to which thing, by what, with which result.</summary>
    /// <param name="normalized">The event in words; null where its records don't say who acted.</param>
    public bool TryNormalize([NotNullWhen(true)] out NormalizedEvent? normalized)
    {
        normalized = Normalizing.Of(Core, Words);
        return normalized is not null;
    }

    /// <summary>A copy that stays valid.</summary>
    public AuditEvent Detach() => new(Core.Detach(), _makeWords);

    /// <summary>Its records, a line each.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (AuditRecord record in this)
            text.Append(Encoding.UTF8.GetString(record.LineUtf8)).Append('\n');
        return text.ToString();
    }
}
