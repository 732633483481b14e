using System.Globalization;
using System.Text;
using Akashi.Control;
using Akashi.Daemon.Recorder;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon.Recordings;

/// <summary>Says refused looks in the audit trail: of each user the first few of a minute one by one, the others as a count when that minute is over.</summary>
/// <remarks>Nobody can keep the record of another's from being written, nor fill the trail. Called by the socket's thread and the timer's.</remarks>
/// <param name="host">The machine.</param>
sealed class RefusedLooks(IHost host) : IDisposable
{
    static readonly TimeSpan s_soon = TimeSpan.FromSeconds(61);

    readonly Lock _lock = new();
    readonly RefusalThrottle _throttle = new(host.Clock);
    ITimer? _timer;

    /// <summary>Says one, or counts it.</summary>
    public void Say(RecordingRequest request, PeerProcess asker)
    {
        SayCounted();
        lock (_lock)
        {
            if (!_throttle.TrySay(asker.EffectiveUid))
            {
                _timer ??= host.Clock.CreateTimer(_ => OnTime(), null, s_soon, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        LookRecord.Write(host, request, asker, null, isGranted: false);
    }

    /// <summary>Says what was counted in minutes that are over.</summary>
    internal void SayCounted(bool isEnd = false)
    {
        IReadOnlyList<(uint Uid, long Count)> counted;
        lock (_lock)
            counted = _throttle.TakeCounted(isEnd);
        foreach ((uint uid, long count) in counted)
            Write(uid, count);
    }

    /// <summary>Says also what was counted in this minute.</summary>
    public void Dispose()
    {
        lock (_lock)
            _timer?.Dispose();
        SayCounted(isEnd: true);
    }

    void OnTime()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
        }

        SayCounted();

        // Another user's minute may have begun later.
        lock (_lock)
        {
            if (_throttle.HasCounted)
                _timer ??= host.Clock.CreateTimer(_ => OnTime(), null, s_soon, Timeout.InfiniteTimeSpan);
        }
    }

    // Where the kernel takes none it's lost, as the record of a single one is.
    void Write(uint uid, long count)
    {
        try
        {
            using IAuditKernel kernel = host.OpenAuditKernel();
            AuditStatus status = kernel.GetStatus();
            if (status.Enabled != 0 && status.Pid != 0)
                kernel.SendUserMessage((int)RecordType.TrustedApp, Text(uid, count));
        }
        catch (KernelRequestException)
        {
        }
    }

    static byte[] Text(uint uid, long count)
    {
        byte[] program = Encoding.UTF8.GetBytes(Environment.ProcessPath ?? "?");
        byte[] encoded = new byte[EncodedText.EncodedLength(program)];
        EncodedText.Encode(program, encoded);
        var record = new UserRecordText(stackalloc byte[8192]);
        record.WriteMessage(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"op=recording-refused count={count} suid={uid}")),
            new UserRecordSource { Executable = encoded }, isSuccess: false);
        return record.Text.ToArray();
    }
}
