using System.Globalization;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>How the sender is, and why the receiver doesn't take what it sends.</summary>
public sealed partial class RemoteSender
{
    volatile Refusal? _refusal;

    /// <summary>The sending thread: called when a connection is made, and each time that one, or a record, is refused.</summary>
    public Action StateChanged { get; init; } = () => { };

    /// <summary>Any thread: how it is, as lines of <c>label = value</c>; the first eight are the original's.</summary>
    public string DescribeState()
    {
        int count;
        lock (_gate)
            count = _queue.Count;
        long memory = GC.GetTotalMemory(forceFullCollection: false) / 1024;
        return string.Create(CultureInfo.InvariantCulture,
            $"current_time = {_clock.GetUtcNow():yyyy-MM-dd HH:mm:ss}\nsuspend = {YesNo(_isSuspended)}\nremote_ended = {YesNo(_isRemoteEnded)}\n" +
            $"transport_ok = {YesNo(_isConnected)}\nqueue_length = {count}\nmax_queued_length = {_highestCount}\nqueue_depth = {_queue.Capacity}\n" +
            $"memory_in_use = {memory} KiB\nsent = {Interlocked.Read(ref _sent)}\ngiven_up = {Interlocked.Read(ref _givenUp)}\n" +
            $"cut = {Interlocked.Read(ref _cut)}\ndamaged = {Interlocked.Read(ref _damaged)}\n{DescribeRefusal()}");
    }

    // What the other side says, the names in its certificate say, is one line here whatever it holds.
    string DescribeRefusal()
    {
        RemoteConfiguration configuration = Volatile.Read(ref _configuration);
        string place = string.Create(CultureInfo.InvariantCulture, $"pid = {Environment.ProcessId}\nserver = {configuration.Server}\nport = {configuration.Port}\n");
        return _refusal is not { } refusal ? place
            : string.Create(CultureInfo.InvariantCulture, $"{place}refusal = {string.Concat(refusal.Reason.Select(letter => char.IsControl(letter) ? ' ' : letter))}\nrefusal_since = {refusal.Since:yyyy-MM-dd HH:mm:ss}\n");
    }

    // A new connection mends a refused one; a record that was refused is mended by one that is taken.
    void NoteConnecting(string? refusal)
    {
        if (refusal is not null)
            NoteRefusal(refusal, isOfRecord: false);
        else if (_refusal is { IsOfRecord: false })
            ForgetRefusal();
        else
            StateChanged();
    }

    // Said at each try, for how many records wait by now.
    void NoteRefusal(string reason, bool isOfRecord)
    {
        _refusal = new Refusal(reason, isOfRecord, _refusal?.Since ?? _clock.GetUtcNow());
        StateChanged();
    }

    void ForgetRefusal()
    {
        if (_refusal is null)
            return;
        _refusal = null;
        StateChanged();
    }

    static string YesNo(bool value) => value ? "yes" : "no";

    sealed record Refusal(string Reason, bool IsOfRecord, DateTimeOffset Since);
}
