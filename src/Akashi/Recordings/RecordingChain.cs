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
