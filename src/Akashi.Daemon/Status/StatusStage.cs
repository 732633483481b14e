using Akashi.Host;

namespace Akashi.Daemon.Status;

/// <summary>The thread that looks at the service itself: rates each second, the kernel's count of lost records, room and mark every ten.</summary>
/// <remarks>
/// What it asks may hang (a disk, the kernel): nothing waits for it but the figures. A look that fails keeps none of the others from being done.
/// </remarks>
/// <param name="everySecond">Done each second.</param>
/// <param name="everyTen">Done at the beginning, and every ten seconds, after those of the second.</param>
/// <param name="say">Told of a look's fault when it's another than that look's last.</param>
public sealed class StatusStage(IReadOnlyList<Action> everySecond, IReadOnlyList<Action> everyTen, Action<string> say) : IDisposable
{
    const int StackBytes = 192 * 1024;
    const int SlowEvery = 10;

    static readonly TimeSpan s_wait = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_endMax = TimeSpan.FromSeconds(2);

    readonly ManualResetEventSlim _ended = new();
    readonly string?[] _said = new string?[everySecond.Count + everyTen.Count];
    Thread? _thread;

    /// <summary>Begins.</summary>
    public void Start()
    {
        _thread = new Thread(Run, StackBytes) { Name = "status", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends; a look that hangs is left to itself.</summary>
    public void Dispose() => TryEnd(s_endMax);

    /// <summary>Ends, and waits so long for a look that hangs.</summary>
    /// <returns>Whether nothing goes on any more.</returns>
    public bool TryEnd(TimeSpan timeout)
    {
        _ended.Set();
        return _thread?.Join(timeout) != false;
    }

    void Run()
    {
        for (int count = 0; ; count++)
        {
            for (int index = 0; index < everySecond.Count; index++)
                Look(everySecond[index], ref _said[index]);
            for (int index = 0; index < everyTen.Count && count % SlowEvery == 0; index++)
                Look(everyTen[index], ref _said[everySecond.Count + index]);
            if (_ended.Wait(s_wait))
                return;
        }
    }

    void Look(Action look, ref string? said)
    {
        try
        {
            look();
        }
        catch (Exception exception) when (exception is AuditException or IOException or UnauthorizedAccessException)
        {
            if (exception.Message != said)
                say(exception.Message);
            said = exception.Message;
        }
    }
}
