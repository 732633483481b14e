using System.Text;

namespace Akashi.Control;

/// <summary>How somebody looks at a recording.</summary>
public enum RecordingLook
{
    /// <summary>It's replayed or printed.</summary>
    Read,

    /// <summary>It's watched as it's recorded.</summary>
    Watch,

    /// <summary>It's searched for a text.</summary>
    Search,
}

/// <summary>Asks the control socket for a recorder's recording: <c>akashi 1 recording read NAME</c>; its answer is empty, and a descriptor to read from comes with it.</summary>
/// <param name="Look">What for.</param>
/// <param name="Name">The recording's name: see <see cref="IsName"/>.</param>
public readonly record struct RecordingRequest(RecordingLook Look, string Name)
{
    /// <summary>The longest name: a file's, without its ending.</summary>
    public const int NameLengthMax = 240;

    const string Prefix = "akashi 1 recording ";

    /// <summary>The question for all of them: the answer is theirs who may look at recordings.</summary>
    public static ReadOnlySpan<byte> ListLine => "akashi 1 recordings"u8;

    /// <summary>Writes the request, its line feed included.</summary>
    public byte[] Write() => Encoding.ASCII.GetBytes($"{Prefix}{WordOf(Look)} {Name}\n");

    /// <summary>Reads one.</summary>
    /// <param name="line">Any bytes: what was sent until the line feed, without it.</param>
    /// <param name="request">The default where false is returned.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, out RecordingRequest request)
    {
        request = default;
        if (line.Length > ControlRequest.BytesMax || !Ascii.IsValid(line))
            return false;
        string text = Encoding.ASCII.GetString(line);
        foreach (RecordingLook look in Enum.GetValues<RecordingLook>())
        {
            string begins = $"{Prefix}{WordOf(look)} ";
            if (!text.StartsWith(begins, StringComparison.Ordinal) || !IsName(text[begins.Length..]))
                continue;
            request = new RecordingRequest(look, text[begins.Length..]);
            return true;
        }

        return false;
    }

    /// <summary>Whether a text may be a recording's name: letters and digits of ASCII, <c>_ . -</c>, not beginning with a point; so it leads out of no directory.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= NameLengthMax && text[0] != '.' && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-');

    /// <summary>The word for it: in the request, and behind <c>op=recording-</c> in the audit record.</summary>
    public static string WordOf(RecordingLook look) => look switch
    {
        RecordingLook.Read => "read",
        RecordingLook.Watch => "watch",
        RecordingLook.Search => "search",
        _ => throw new ArgumentOutOfRangeException(nameof(look), look, "is none"),
    };
}
