namespace Akashi.Recordings;

/// <summary>The running hash of a recording.</summary>
/// <remarks>
/// At each check: H(n) = SHA-256( H(n-1) + the bytes of the file from the end of the check before to the beginning of this one's line ); H(0) is 32 zero bytes
/// and the first begins with the file. A check's own line is no part of what is hashed: its hash is carried on.
/// </remarks>
public sealed class RecordingChain
{
    readonly Sha256 _sha = new();
    readonly byte[] _last = new byte[Sha256.HashBytes];

    /// <summary>A chain at a file's beginning.</summary>
    public RecordingChain() => _sha.Add(_last);

    /// <summary>A chain as it is behind a check.</summary>
    /// <param name="last">The check's hash: 32 bytes.</param>
    public RecordingChain(ReadOnlySpan<byte> last)
    {
        last.CopyTo(_last);
        _sha.Add(_last);
    }

    /// <inheritdoc cref="Sha256.Blocks"/>
    public ISha256Blocks? Blocks
    {
        set => _sha.Blocks = value;
    }

    /// <summary>The last link: 32 bytes.</summary>
    public ReadOnlySpan<byte> Last => _last;

    /// <summary>What a check's line begins with.</summary>
    internal static ReadOnlySpan<byte> CheckBeginning => "[0.000000, \"c\", \""u8;

    /// <summary>Bytes of a check's line, without its line feed.</summary>
    internal static int CheckBytes => CheckBeginning.Length + Sha256.HashBytes * 2 + 2;

    /// <summary>Reads the line of a check.</summary>
    /// <param name="line">Without its line feed.</param>
    /// <param name="hex">Its hash in hex; empty where false is returned.</param>
    /// <returns>False for another line.</returns>
    internal static bool TryParseCheck(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> hex)
    {
        bool isCheck = line.Length == CheckBytes && line.StartsWith(CheckBeginning) && line.EndsWith("\"]"u8);
        hex = isCheck ? line.Slice(CheckBeginning.Length, Sha256.HashBytes * 2) : default;
        return isCheck;
    }

    /// <summary>Takes whole lines in, with their line feeds, but for checks.</summary>
    public void Add(ReadOnlySpan<byte> lines) => _sha.Add(lines);

    /// <summary>Makes a link: what the check here says.</summary>
    /// <returns>32 bytes, valid until the next.</returns>
    public ReadOnlySpan<byte> Link()
    {
        _sha.Finish(_last);
        _sha.Add(_last);
        return _last;
    }
}
