using Akashi.Control;
using Akashi.Daemon.KernelState;
using Akashi.Daemon.State;
using Akashi.Host;
using Akashi.Linux.Files;

namespace Akashi.Daemon.Recorder;

/// <summary>What the service leaves behind: how it is, for who asks now, and when it was last seen, for the service that comes after it.</summary>
/// <param name="host">The machine.</param>
/// <param name="settings">Where.</param>
/// <param name="bootId">The boot.</param>
/// <param name="log">Told of what can't be written or read.</param>
sealed class RecorderMemory(IHost host, RecorderSettings settings, string bootId, Action<string> log)
{
    const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    readonly RecordingMarkFile _mark = new(host.Files, settings.Places.State);
    readonly ProcessMark _self = ProcessMark.Self;
    string _fault = "";

    /// <summary>Since when no service took claims; asked before the first <see cref="Write"/>.</summary>
    /// <param name="from">When the one before was last seen, or the machine began.</param>
    /// <param name="wasOrderly">Whether it ended in order.</param>
    /// <param name="isOtherBoot">Whether the machine was started since.</param>
    /// <returns>Now; null where there was none before.</returns>
    public DateTimeOffset? FindAway(out DateTimeOffset from, out bool wasOrderly, out bool isOtherBoot)
    {
        (from, wasOrderly, isOtherBoot) = (default, false, false);
        RecordingMark? mark = _mark.Read(out string? fault);
        if (fault is not null)
            log(fault);
        if (mark is null)
            return null;
        isOtherBoot = mark.BootId != bootId;
        from = isOtherBoot && host.BootTime > mark.Seen ? host.BootTime : mark.Seen;
        wasOrderly = mark.IsEnded;
        return host.Clock.GetUtcNow();
    }

    /// <summary>Writes both.</summary>
    public void Write(bool isEnded, RecorderStatus status)
    {
        string path = settings.Places.Status;
        try
        {
            _mark.Write(new RecordingMark(_self, bootId, status.Seen, null, isEnded, []));
            File.Delete(path + ".new");
            using (var stream = new FileStream(path + ".new", new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ReadByAll }))
                stream.Write(status.ToBytes());
            File.Move(path + ".new", path, overwrite: true);
            _fault = "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TrailException)
        {
            // Once for each fault, and not every ten seconds.
            string fault = $"cannot write what a later service must know: {(exception is TrailException ? exception.Message : FileFault.Describe(exception))}";
            if (_fault != fault)
                log(fault);
            _fault = fault;
        }
    }
}
