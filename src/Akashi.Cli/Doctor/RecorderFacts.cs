using System.Globalization;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Health;

namespace Akashi.Cli.Doctor;

/// <summary>What the recorder service leaves of itself.</summary>
/// <param name="statusPath">Its status.</param>
/// <param name="configurationPath">Its configuration.</param>
sealed class RecorderFacts(string statusPath = RecorderStatus.DefaultPath, string configurationPath = RecorderConfiguration.DefaultPath)
{
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
        return facts with
        {
            IsRecorderUsed = status is not null || File.Exists(configurationPath),
            Recorder = status,
            IsRecorderAlive = status is not null && IsAlive(status),
        };
    }

    /// <summary>Whether its process is there: one of that number, started as <c>recorder</c>.</summary>
    public static bool IsAlive(RecorderStatus status)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{status.Pid}/cmdline")).Split('\0').Contains("recorder");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
