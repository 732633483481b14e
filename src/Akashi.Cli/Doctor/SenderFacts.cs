using System.Globalization;
using Akashi.Health;
using Akashi.Setup;

namespace Akashi.Cli.Doctor;

/// <summary>What this machine's audisp-remote says of itself.</summary>
/// <param name="statePath">Where.</param>
sealed class SenderFacts(string statePath = "/run/audit/remote.state")
{
    const string Program = "audisp-remote";

    /// <summary>The facts with what is known of it.</summary>
    public HealthFacts Add(HealthFacts facts) => facts with { Sender = Find() };

    /// <summary>What is known of it; null for one that has ended, or is the original.</summary>
    public SenderState? Find()
    {
        try
        {
            string text = File.ReadAllText(statePath);
            int pid = Number(text, "pid");
            return pid > 0 && RunningProgram.Is(pid, Program) ? Read(text, pid) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static SenderState Read(string text, int pid) =>
        new(pid, SettingLines.Find(text, "server") ?? "", Number(text, "port"), Number(text, "queue_length"), Number(text, "queue_depth"))
        {
            Refusal = SettingLines.Find(text, "refusal"),
            Since = SettingLines.Find(text, "refusal_since") ?? "",
            IsConnected = SettingLines.Find(text, "transport_ok") == "yes",
            IsSuspended = SettingLines.Find(text, "suspend") == "yes",
        };

    static int Number(string text, string label) =>
        int.TryParse(SettingLines.Find(text, label), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
