using System.Buffers.Text;
using System.Text;

namespace Akashi.Remote;

/// <summary>What a sender of ours tells a receiver of ours in the text of a heartbeat, once they know each other.</summary>
/// <remarks>
/// <code>
/// akashi 1 clock=MILLISECONDS lost=NUMBER version=WORD
/// </code>
/// Whoever doesn't understand it answers as to any heartbeat.
/// </remarks>
/// <param name="ClockMilliseconds">The sender's clock, since the epoch.</param>
/// <param name="Lost">Records that it gave up since it started.</param>
/// <param name="Version">Its version.</param>
public readonly record struct RemoteBeat(long ClockMilliseconds, long Lost, string Version)
{
    /// <summary>The longest text.</summary>
    public const int TextBytesMax = 96;

    const int VersionLengthMax = 20;

    static ReadOnlySpan<byte> Begin => "akashi 1 clock="u8;

    static ReadOnlySpan<byte> LostWord => " lost="u8;

    static ReadOnlySpan<byte> VersionWord => " version="u8;

    /// <summary>Reads a text.</summary>
    /// <returns>False where it's none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out RemoteBeat beat)
    {
        beat = default;
        if (!text.StartsWith(Begin) || !Utf8Parser.TryParse(text[Begin.Length..], out long clock, out int digits) || clock < 0)
            return false;
        text = text[(Begin.Length + digits)..];
        if (!text.StartsWith(LostWord) || !Utf8Parser.TryParse(text[LostWord.Length..], out long lost, out digits) || lost < 0)
            return false;
        text = text[(LostWord.Length + digits)..];
        if (!text.StartsWith(VersionWord) || text.Length - VersionWord.Length is < 1 or > VersionLengthMax)
            return false;
        text = text[VersionWord.Length..];
        if (text.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
            return false;
        beat = new RemoteBeat(clock, lost, Encoding.ASCII.GetString(text));
        return true;
    }

    /// <summary>The text.</summary>
    public byte[] ToBytes() =>
        Encoding.ASCII.GetBytes(FormattableString.Invariant($"akashi 1 clock={ClockMilliseconds} lost={Lost} version={Version[..Math.Min(Version.Length, VersionLengthMax)]}"));
}
