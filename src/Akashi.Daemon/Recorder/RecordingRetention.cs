using System.Globalization;
using Akashi.Configuration;
using Akashi.Host;

namespace Akashi.Daemon.Recorder;

/// <summary>A recording that has ended and may be removed.</summary>
/// <param name="Path">Its file, packed or not.</param>
/// <param name="Ended">When it was written last.</param>
/// <param name="Bytes">What it takes.</param>
readonly record struct KeptRecording(string Path, DateTimeOffset Ended, long Bytes);

/// <summary>Decides which recordings go: the oldest first, by age, by what all of them take, by what is free.</summary>
static class RecordingRetention
{
    /// <summary>Decides.</summary>
    /// <param name="ended">All that have ended, in any order.</param>
    /// <param name="liveBytes">What those take that go on, which are never removed.</param>
    /// <param name="configuration">The limits.</param>
    /// <param name="space">The file system.</param>
    /// <param name="now">The time; null where the clock can't be trusted: then nothing goes for its age.</param>
    /// <returns>What goes, in that order, with the reason.</returns>
    public static IReadOnlyList<(KeptRecording Recording, string Reason)> Choose(
        IEnumerable<KeptRecording> ended, long liveBytes, RecorderConfiguration configuration, FileSystemSpace space, DateTimeOffset? now)
    {
        const long Megabyte = 1 << 20;
        var chosen = new List<(KeptRecording, string)>();
        List<KeptRecording> oldestFirst = [.. ended.OrderBy(recording => recording.Ended).ThenBy(recording => recording.Path, StringComparer.Ordinal)];
        long bytes = liveBytes + oldestFirst.Sum(recording => recording.Bytes);
        long bytesMax = configuration.KeepMegabytes == 0 ? long.MaxValue : configuration.KeepMegabytes * Megabyte;
        long free = space.FreeBytes, freeMin = configuration.KeepFree.Megabytes(space.Bytes) * Megabyte;
        foreach (KeptRecording recording in oldestFirst)
        {
            string? reason = configuration.KeepDays > 0 && now - recording.Ended > TimeSpan.FromDays(configuration.KeepDays) ? Text($"older than keep_days = {configuration.KeepDays}")
                : bytes > bytesMax ? Text($"all take more than keep_size = {configuration.KeepMegabytes} MiB")
                : free < freeMin ? Text($"less than keep_free = {configuration.KeepFree} {(configuration.KeepFree.IsPercent ? "" : "MiB ")}is free")
                : null;
            if (reason is null)
                break;
            chosen.Add((recording, reason));
            bytes -= recording.Bytes;
            free += recording.Bytes;
        }

        return chosen;
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
