using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Searching;

/// <summary>A day begins nine hours before UTC's, as in Tokyo.</summary>
sealed class EasternTime : ILocalTime
{
    const int OffsetSeconds = 9 * 3600;

    readonly UtcTime _utc = new();

    public LocalDateTime ToLocal(long unixSeconds) => _utc.ToLocal(unixSeconds + OffsetSeconds);

    public long ToUnixSeconds(LocalDateTime local) => _utc.ToUnixSeconds(local) - OffsetSeconds;

    public int Format(string format, long unixSeconds, Span<byte> destination) => _utc.Format(format, unixSeconds + OffsetSeconds, destination);

    public bool TryParse(string text, string format, LocalDateTime start, out LocalDateTime result) => _utc.TryParse(text, format, start, out result);
}
