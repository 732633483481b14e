namespace Akashi.Configuration;

/// <summary>What a login does where its session can't be recorded.</summary>
public enum RecordingPolicy
{
    /// <summary>The session goes on unrecorded, which is logged.</summary>
    Degrade,

    /// <summary>There is no session, but for root.</summary>
    Strict,

    /// <summary>Nothing is recorded.</summary>
    Off,
}

/// <summary>/etc/akashi/recorder.conf: what the login side needs to know, <c>name = value</c> a line, <c>#</c> for comments.</summary>
/// <param name="Shell">The real shell: an absolute path.</param>
/// <param name="Policy">What where it can't be recorded.</param>
public sealed record RecorderConfiguration(string Shell, RecordingPolicy Policy)
{
    /// <summary>What holds without a file.</summary>
    public static RecorderConfiguration Default { get; } = new("/bin/bash", RecordingPolicy.Degrade);

    /// <summary>Reads it; a login is never refused for a fault of the file, the default of that line holds.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="faults">What is wrong, each with its line.</param>
    public static RecorderConfiguration Parse(string text, out IReadOnlyList<string> faults)
    {
        RecorderConfiguration found = Default;
        var all = new List<string>();
        string[] lines = text.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index].Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? line : line[..equals].TrimEnd(), value = equals < 0 ? "" : line[(equals + 1)..].TrimStart();
            if (name == "shell" && value.StartsWith('/'))
                found = found with { Shell = value };
            else if (name == "policy" && value is ("degrade" or "strict" or "off"))
                found = found with { Policy = value == "degrade" ? RecordingPolicy.Degrade : value == "off" ? RecordingPolicy.Off : RecordingPolicy.Strict };
            else
                all.Add($"line {index + 1}: '{line}': expected shell = PATH, or policy = degrade, strict or off");
        }

        faults = all;
        return found;
    }
}
