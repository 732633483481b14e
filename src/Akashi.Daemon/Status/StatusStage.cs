using Akashi.Host;

namespace Akashi.Daemon.Status;

/// <summary>The thread that looks at the service itself: rates each second, the kernel's count of lost records, room and mark every ten.</summary>
/// <remarks>What it asks may hang (a disk, the kernel): nothing waits for it but the figures.</remarks>
/// <param name="everySecond">Called each second.</param>
/// <param name="everyTen">Called at the beginning, and every ten seconds.</param>
/// <param name="say">Told of faults, each once.</param>
public sealed class StatusStage(Action everySecond, Action everyTen, Action<string> say) : IDisposable
{
    const int StackBytes = 192 * 1024;
    const int SlowEvery = 10;

    static readonly TimeSpan s_wait = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_endMax = TimeSpan.FromSeconds(2);

    readonly ManualResetEventSlim _ended = new();
    Thread? _thread;
    string? _said;

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
            Look(everySecond);
            if (count % SlowEvery == 0)
                Look(everyTen);
            if (_ended.Wait(s_wait))
                return;
        }
    }

    void Look(Action look)
    {
        try
        {
            look();
        }
        catch (Exception exception) when (exception is AuditException or IOException or UnauthorizedAccessException)
        {
            if (exception.Message != _said)
                say(exception.Message);
            _said = exception.Message;
        }
    }
}
