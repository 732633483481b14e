using System.Globalization;

namespace Akashi.Setup;

/// <summary>A file's state in a few words, enough to tell whether it's still that: for the journal.</summary>
/// <remarks>
/// <code>
/// missing
/// directory
/// link TARGET
/// file MODE UID GID LENGTH HASH       mode in octal; FNV-1a of 64 bits in hex
/// </code>
/// The hash tells an edit from none. It's no proof against somebody who means to deceive: they'd need to be root, and could write the journal too.
/// </remarks>
/// <param name="Text">As above; blanks and control characters of a target are escaped.</param>
public readonly record struct StateMark(string Text)
{
    const ulong OffsetBasis = 14695981039346656037;
    const ulong Prime = 1099511628211;

    /// <summary>The mark of a state.</summary>
    public static StateMark Of(FileState state) => new(state.Kind switch
    {
        FileStateKind.Missing => "missing",
        FileStateKind.Directory => "directory",
        FileStateKind.Link => "link " + JournalText.Escape(state.Target),
        _ => string.Create(CultureInfo.InvariantCulture,
            $"file {Octal(state.Mode)} {state.Uid} {state.Gid} {state.Bytes.Length} {Hash(state.Bytes):x16}"),
    });

    /// <summary>Whether a state is that.</summary>
    public bool Is(FileState state) => Of(state) == this;

    internal static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = OffsetBasis;
        foreach (byte value in bytes)
            hash = (hash ^ value) * Prime;
        return hash;
    }
}
