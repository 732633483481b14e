using System.Globalization;

namespace Akashi.Health;

/// <summary>How this machine's audisp-remote is, as it says in /run/audit/remote.state.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Server">The receiver.</param>
/// <param name="Port">Its port.</param>
/// <param name="Waiting">How many records wait for it.</param>
/// <param name="Room">How many may.</param>
public sealed record SenderState(int Pid, string Server, int Port, int Waiting, int Room)
{
    /// <summary>Why the receiver takes nothing; null where it does.</summary>
    public string? Refusal { get; init; }

    /// <summary>Since when, in UTC, as it says it.</summary>
    public string Since { get; init; } = "";

    /// <summary>Whether it is connected.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Whether an action of audisp-remote.conf has it wait for USR2.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Why nothing goes to the receiver, and how much waits for it; null where records go.</summary>
    public string? Fault =>
        IsSuspended ? $"audisp-remote (process {Pid}) is suspended: nothing goes to {Server}; {Queue}"
        : Refusal is not null ? $"{Server} takes no records of this machine since {Since} UTC: {Refusal}; {Queue}"
        : null;

    string Queue => string.Create(CultureInfo.InvariantCulture, $"{Waiting} of {Room} records wait here");
}
