using Akashi.Configuration;
using Akashi.Control;
using Akashi.Health;
using Akashi.Setup;

namespace Akashi.Cli.Doctor;

/// <summary>What the recorder service leaves of itself.</summary>
/// <param name="statusPath">Its status.</param>
/// <param name="configurationPath">Its configuration.</param>
/// <param name="unitPath">Its unit, which <c>akashi setup sessions</c> makes.</param>
sealed class RecorderFacts(
    string statusPath = RecorderStatus.DefaultPath, string configurationPath = RecorderConfiguration.DefaultPath, string unitPath = RecorderFacts.DefaultUnitPath)
{
    const string DefaultUnitPath = $"{AuditService.UnitDirectory}/{RecordedLogins.Unit}";

    /// <summary>The status that it wrote last; null where there is none.</summary>
    public RecorderStatus? ReadStatus()
    {
        try
        {
            return RecorderStatus.Read(File.ReadAllBytes(statusPath));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The facts with what is known of it.</summary>
    public HealthFacts Add(HealthFacts facts)
    {
        RecorderStatus? status = ReadStatus();
        bool isAlive = status is not null && IsAlive(status);

        bool isUsed = IsUsed(status);
        return facts with
        {
            IsRecorderUsed = isUsed,
            Recorder = isUsed ? status : null,
            IsRecorderAlive = isAlive,
        };
    }

    /// <summary>Whether logins are meant to be recorded.</summary>
    /// <remarks>A recorder that ended in order, and whose unit and settings are gone, was taken away: nobody waits for it to run.</remarks>
    public bool IsUsed(RecorderStatus? status) => status is { IsEnded: false } || File.Exists(unitPath) || File.Exists(configurationPath) || (status is not null && IsAlive(status));

    /// <summary>Throws its status away, unless it runs: it was taken from this machine.</summary>
    public void Forget()
    {
        if (ReadStatus() is { } status && IsAlive(status))
            return;
        try
        {
            File.Delete(statusPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is left is a line of akashi status until the next boot.
        }
    }

    /// <summary>Whether its process is there: one of that number, started as <c>recorder</c>.</summary>
    public static bool IsAlive(RecorderStatus status) => RunningProgram.Is(status.Pid, "recorder");
}
