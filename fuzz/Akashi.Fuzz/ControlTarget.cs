using System.Text;
using Akashi.Control;
using Akashi.Daemon.Protect;
using Akashi.Recordings;

namespace Akashi.Fuzz;

/// <summary>What comes over the control socket, in both directions, and what recordings and journals say of themselves.</summary>
static class ControlTarget
{
    static readonly RecordingFacts s_facts = new(4000, 1795279895, 0, UnixFileMode.UserRead | UnixFileMode.UserWrite, 1, true, false, false);

    public static List<byte[]> Requests() =>
    [
        "akashi 1 recording watch 20261121-165000-alice-ses12-0f3a9c1e-pts3"u8.ToArray(),
        "akashi 1 status"u8.ToArray(),
        "akashi 1 recordings"u8.ToArray(),
    ];

    public static void ReadRequest(byte[] line)
    {
        if (RecordingRequest.TryRead(line, out RecordingRequest request) && !request.Write().AsSpan()[..^1].SequenceEqual(line))
            throw new InvalidOperationException("a request isn't what it writes");
        if (RecordingRequest.TryRead(line, out request) && Path.GetFileName(request.Name) != request.Name)
            throw new InvalidOperationException("a name leads out of its directory");
        ControlRequest.TryRead(line, out _);
        ControlAnswer.TryRead(line, out _, out _);
    }

    public static List<byte[]> Summaries() =>
    [
        """{"name":"n","state":1,"doubt":"","command":null,"size":4000,"start":1795279800,"length":95,"exit":3,"session":{"user":"alice"}}"""u8.ToArray(),
        """{"version":3,"timestamp":1795279800,"akashi":{"format":1,"session":{"boot":"0f3a9c1e-77","ses":"12","user":"alice"}}}"""u8.ToArray(),
        Encoding.ASCII.GetBytes($"[0.000000, \"x\", \"3\"]\n[0.000000, \"e\", \"o=2 i=0\"]\n[0.000000, \"c\", \"{new string('a', 64)}\"]\n"),
    ];

    public static void ReadSummaries(byte[] bytes)
    {
        if (RecordingSummaryText.TryRead([.. bytes, (byte)'\n'], out List<RecordingSummary> summaries) && !RecordingSummaryText.TryRead(RecordingSummaryText.Write(summaries), out _))
            throw new InvalidOperationException("summaries aren't what they write");
        RecordingGlance.Take("20261121-165000-alice-ses12-0f3a9c1e-pts3", s_facts, 0, bytes, bytes, 1795279900);
    }

    public static List<byte[]> Journals() => ["1795279800 77 12 1000 opened a%20b.log"u8.ToArray()];

    public static void ReadJournal(byte[] line)
    {
        if (ProtectedFile.TryParse(Encoding.UTF8.GetString(line)) is { } file && ProtectedFile.TryParse(file.ToString()) != file)
            throw new InvalidOperationException("a line of a journal isn't what it writes");
    }
}
