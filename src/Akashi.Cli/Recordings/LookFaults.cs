using Akashi.Cli.CommandLine;
using Akashi.Output;

namespace Akashi.Cli.Recordings;

/// <summary>Why sessions couldn't be looked at: each reason is said once, with the sessions that it's of.</summary>
sealed class LookFaults
{
    const int ShownMax = 3;

    // In the order in which they came.
    readonly List<(string Reason, List<string> Names)> _found = [];

    /// <summary>Whether there are any.</summary>
    public bool Any => _found.Count > 0;

    /// <summary>Adds one.</summary>
    /// <param name="name">The session.</param>
    /// <param name="reason">Why; a hint may be its last line.</param>
    public void Add(string name, string reason)
    {
        int index = _found.FindIndex(fault => fault.Reason == reason);
        if (index < 0)
            _found.Add((reason, [name]));
        else
            _found[index].Names.Add(name);
    }

    /// <summary>Says them.</summary>
    /// <param name="error">Where to.</param>
    /// <param name="program">Who says it.</param>
    public void Write(Utf8Output error, string program)
    {
        foreach ((string reason, List<string> names) in _found)
        {
            string which = names.Count == 1 ? names[0] : $"{names.Count} sessions ({string.Join(", ", names.Take(ShownMax))}{(names.Count > ShownMax ? " …" : "")})";
            FaultLines.Write(error, program, $"cannot look at {which}: {reason}");
        }
    }
}
