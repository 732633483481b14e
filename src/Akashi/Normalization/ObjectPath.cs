using Akashi.Interpretation;

namespace Akashi.Normalization;

/// <summary>The path of a file that a process named: joined with its working directory, without <c>..</c>.</summary>
public static class ObjectPath
{
    const byte Slash = (byte)'/';

    /// <summary>Appends a path.</summary>
    /// <param name="directory">The working directory, decoded; empty where the event doesn't tell.</param>
    /// <param name="name">The file's name, decoded.</param>
    /// <param name="text">Receives the path.</param>
    /// <param name="keepsDots">Whether joined names without <c>..</c> stay as they are, with every <c>./</c>, and a <c>..</c> right behind another takes nothing
    /// away: as the tools of 4.2.2 have it, and the library of 3.0.9 not.</param>
    /// <remarks>An absolute name without <c>..</c> stays as it is.</remarks>
    public static void Append(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name, InterpretedText text, bool keepsDots = true)
    {
        bool isJoined = !directory.IsEmpty && (name.IsEmpty || name[0] != Slash);
        bool isNormal = name.IndexOf(".."u8) < 0 && (!isJoined || (keepsDots && directory.IndexOf(".."u8) < 0));
        int start = text.Bytes.Length;
        if (isJoined)
        {
            text.Append(directory);
            if (directory[^1] != Slash)
                text.AppendByte(Slash);
        }

        text.Append(name);
        if (!isNormal && text.Bytes[start] == Slash)
            text.Truncate(start + Normalize(text.Reach(start), keepsDots));
    }

    // In place: what is written never overtakes what is read.
    static int Normalize(Span<byte> path, bool keepsDots)
    {
        int length = 1;
        int next = 1;
        while (next < path.Length)
        {
            int end = path[next..].IndexOf(Slash);
            end = end < 0 ? path.Length : next + end;
            ReadOnlySpan<byte> part = path[next..end];
            if (part.SequenceEqual(".."u8))
                length = keepsDots ? path[..length].LastIndexOf(Slash) + 1 : Math.Max(1, path[..length].LastIndexOf(Slash));
            else if (part.Length > 0 && !part.SequenceEqual("."u8))
            {
                if (path[length - 1] != Slash)
                    path[length++] = Slash;
                part.CopyTo(path[length..]);
                length += part.Length;
            }

            next = end + 1;
        }

        return length > 1 && path[length - 1] == Slash ? length - 1 : length;
    }
}
