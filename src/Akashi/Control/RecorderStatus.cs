using System.Globalization;
using System.Text;

namespace Akashi.Control;

/// <summary>How the recorder service is, as it leaves it in a file for who asks: a line <c>name value</c> each, names that aren't known are passed over.</summary>
/// <remarks>Written anew every ten seconds and at each change; whoever reads it sees a whole one. It tells numbers, and nobody's name.</remarks>
public sealed record RecorderStatus
{
    /// <summary>Where it is.</summary>
    public const string DefaultPath = "/run/akashi/recorder.status";

    /// <summary>How old it may be before its service counts as hanging.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(60);

    const string Heading = "akashi recorder 1";

    /// <summary>The service's process.</summary>
    public int Pid { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When this was written.</summary>
    public DateTimeOffset Seen { get; init; }

    /// <summary>Whether it ended in order.</summary>
    public bool IsEnded { get; init; }

    /// <summary>The policy's word.</summary>
    public string Policy { get; init; } = "";

    /// <summary>Sessions that are recorded now.</summary>
    public long Live { get; init; }

    /// <summary>Sessions that ended since it began.</summary>
    public long Recorded { get; init; }

    /// <summary>Claims that weren't recorded since it began: sessions without a recording, or none at all.</summary>
    public long Unrecorded { get; init; }

    /// <summary>Recordings with gaps, or without an end, among those that it finished.</summary>
    public long WithGaps { get; init; }

    /// <summary>Bytes that are missing in those.</summary>
    public long MissingBytes { get; init; }

    /// <summary>Records that the kernel's audit hasn't taken yet.</summary>
    public long Unsaid { get; init; }

    /// <summary>Bytes of the recordings' file system.</summary>
    public long DiskBytes { get; init; }

    /// <summary>Of these free.</summary>
    public long FreeBytes { get; init; }

    /// <summary>Under it nothing is begun.</summary>
    public long FreeBytesMin { get; init; }

    /// <summary>Why nothing can be recorded now; empty where it can.</summary>
    public string Fault { get; init; } = "";

    /// <summary>Why terminals are logged by the kernel (TTY auditing), passwords among it; empty where they aren't.</summary>
    public string TerminalFault { get; init; } = "";

    /// <summary>Lines of recorder.conf that are wrong.</summary>
    public long ConfigurationFaults { get; init; }

    /// <summary>Writes it.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Heading}\npid {Pid}\nsince {Since.ToUnixTimeMilliseconds()}\nseen {Seen.ToUnixTimeMilliseconds()}\nended {(IsEnded ? 1 : 0)}\npolicy {Policy}\n");
        text.Append(CultureInfo.InvariantCulture, $"live {Live}\nrecorded {Recorded}\nunrecorded {Unrecorded}\nwith_gaps {WithGaps}\nmissing {MissingBytes}\nunsaid {Unsaid}\n");
        text.Append(CultureInfo.InvariantCulture, $"disk {DiskBytes}\nfree {FreeBytes}\nfree_min {FreeBytesMin}\nconfiguration_faults {ConfigurationFaults}\n");
        text.Append(CultureInfo.InvariantCulture, $"fault {Fault.ReplaceLineEndings(" ")}\nterminal_fault {TerminalFault.ReplaceLineEndings(" ")}\nend\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads it.</summary>
    /// <returns>Null where it's no such text, or not a whole one.</returns>
    public static RecorderStatus? Read(ReadOnlySpan<byte> bytes)
    {
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        if (lines.Length < 3 || lines[0] != Heading || lines[^1].Length > 0 || lines[^2] != "end")
            return null;
        var values = new Dictionary<string, string>();
        foreach (string line in lines.AsSpan(1..^2))
        {
            int blank = line.IndexOf(' ', StringComparison.Ordinal);
            if (blank > 0)
                values[line[..blank]] = line[(blank + 1)..];
        }

        return new RecorderStatus
        {
            Pid = (int)Math.Min(NumberOf(values, "pid"), int.MaxValue),
            Since = TimeOf(values, "since"),
            Seen = TimeOf(values, "seen"),
            IsEnded = NumberOf(values, "ended") == 1,
            Policy = values.GetValueOrDefault("policy", ""),
            Live = NumberOf(values, "live"),
            Recorded = NumberOf(values, "recorded"),
            Unrecorded = NumberOf(values, "unrecorded"),
            WithGaps = NumberOf(values, "with_gaps"),
            MissingBytes = NumberOf(values, "missing"),
            Unsaid = NumberOf(values, "unsaid"),
            DiskBytes = NumberOf(values, "disk"),
            FreeBytes = NumberOf(values, "free"),
            FreeBytesMin = NumberOf(values, "free_min"),
            ConfigurationFaults = NumberOf(values, "configuration_faults"),
            Fault = values.GetValueOrDefault("fault", ""),
            TerminalFault = values.GetValueOrDefault("terminal_fault", ""),
        };
    }

    static long NumberOf(Dictionary<string, string> values, string name) =>
        long.TryParse(values.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    static DateTimeOffset TimeOf(Dictionary<string, string> values, string name) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(NumberOf(values, name), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
}
