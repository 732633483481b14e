using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Netlink;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon.Recorder;

/// <summary>The recorder's records for the kernel's audit: in a file first, and out of it once the kernel took them.</summary>
/// <remarks>
/// A thread of its own sends them, since the kernel makes senders wait where its backlog is full. What it doesn't take (no audit, audit off, no right) stays in the file,
/// over restarts and boots, and is sent later with <c>at=</c> and its time. A record may come twice where the service is killed between; never not at all, but for what came
/// in the last moment before power was lost, and where the file can't be written: then it waits in memory. One that the kernel refuses for its own sake (EINVAL, or longer
/// than a message may be), and those for which too many wait, are counted, and the count is a record too.
/// </remarks>
/// <param name="open">Opens the kernel's audit.</param>
/// <param name="clock">The clock.</param>
/// <param name="path">The file: a line each, <c>MILLISECONDS TEXT</c>.</param>
/// <param name="log">Told what happens, a line each.</param>
sealed class RecorderAudit(Func<IAuditKernel> open, TimeProvider clock, string path, Action<string> log) : IDisposable
{
    // A machine without audit doesn't fill its disk with what nobody takes.
    const int WaitingMax = 10_000;

    // Each service that ends adds one of what was dropped.
    const int ReadMax = 2 * WaitingMax;

    const int InvalidArgument = 22;
    const int MessageTooLong = 90;

    static readonly TimeSpan s_again = TimeSpan.FromSeconds(10);
    static readonly TimeSpan s_late = TimeSpan.FromSeconds(5);

    readonly object _gate = new();
    readonly Queue<(long Milliseconds, string Text)> _waiting = new();
    Thread? _thread;
    IAuditKernel? _kernel;
    string _refusal = "";
    long _droppedCount;
    bool _isEnded;
    bool _isAsked;

    /// <summary>Records that the kernel hasn't taken.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Reads what a service before left, and starts to send.</summary>
    public void Start()
    {
        ReadWaiting();
        _isAsked = _waiting.Count > 0;
        _thread = new Thread(Run, 256 * 1024) { Name = "audit", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Says something, from any thread; returns once it's in the file.</summary>
    /// <param name="text">See <see cref="RecorderRecords"/>.</param>
    /// <param name="isSuccess">The record's <c>res</c>.</param>
    public void Say(string text, bool isSuccess)
    {
        text = $"{text} res={(isSuccess ? "success" : "failed")}";
        log(text);
        Add(text, WaitingMax);
    }

    /// <summary>As <see cref="Say"/>, of what stands in a file of its own: it isn't logged too, and leaves half of the room to the others.</summary>
    public void SayNoted(string text) => Add($"{text} res=success", WaitingMax / 2);

    /// <summary>Ends the thread; what it has begun to send it sends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnded = true;
            Monitor.PulseAll(_gate);
        }

        // A kernel whose backlog is full may hold it for a minute: the file has what isn't sent.
        if (_thread?.Join(TimeSpan.FromSeconds(2)) == true)
            _kernel?.Dispose();
        lock (_gate)
            SayDropped(clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    void Add(string text, int waitingMax)
    {
        lock (_gate)
        {
            if (_waiting.Count >= waitingMax)
            {
                _droppedCount++;
                return;
            }

            Keep((clock.GetUtcNow().ToUnixTimeMilliseconds(), text));
            _isAsked = true;
            Monitor.PulseAll(_gate);
        }
    }

    // Under the lock.
    void Keep((long Milliseconds, string Text) record)
    {
        _waiting.Enqueue(record);
        TryFile(() => File.AppendAllText(path, LineOf(record)));
    }

    // Under the lock.
    void SayDropped(long milliseconds)
    {
        if (_droppedCount > 0)
            Keep((milliseconds, string.Create(CultureInfo.InvariantCulture, $"op=records-dropped count={_droppedCount} res=failed")));
        _droppedCount = 0;
    }

    void Run()
    {
        while (true)
        {
            lock (_gate)
            {
                if (!_isAsked && !_isEnded)
                    Monitor.Wait(_gate, _waiting.Count > 0 ? s_again : Timeout.InfiniteTimeSpan);
                _isAsked = false;
                if (_isEnded && _waiting.Count == 0)
                    return;
            }

            SendAll();
            lock (_gate)
            {
                if (_isEnded)
                    return;
            }
        }
    }

    void SendAll()
    {
        while (true)
        {
            (long Milliseconds, string Text) record;
            lock (_gate)
            {
                if (!_waiting.TryPeek(out record))
                    return;
            }

            Fate fate = Send(record);
            if (fate == Fate.Waits)
                return;
            lock (_gate)
            {
                _waiting.Dequeue();
                if (fate == Fate.Unfit)
                    _droppedCount++;
                else
                    SayDropped(record.Milliseconds);
                if (_waiting.Count == 0 || fate == Fate.Unfit)
                    TryFile(RewriteWaiting);
            }
        }
    }

    Fate Send((long Milliseconds, string Text) record)
    {
        TimeSpan age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(record.Milliseconds);
        string late = age.Duration() < s_late ? "" : $" at={RecorderRecords.Time(DateTimeOffset.FromUnixTimeMilliseconds(record.Milliseconds))}";
        int end = record.Text.LastIndexOf(" res=", StringComparison.Ordinal);
        byte[] text = Encoding.UTF8.GetBytes(record.Text.Insert(Math.Max(end, 0), late));
        if (text.Length > AuditKernel.UserMessageLengthMax)
            return Drop($"{text.Length} bytes are more than a record holds");
        bool isSending = false;
        try
        {
            _kernel ??= open();
            if (IsOff(_kernel))
                return Refuse("the kernel's audit is off");
            isSending = true;
            _kernel.SendUserMessage((int)RecordType.TrustedApp, text);
            _refusal = "";
            return Fate.Taken;
        }
        catch (KernelRequestException exception) when (isSending && exception.Errno is InvalidArgument or MessageTooLong)
        {
            return Drop(exception.Message);
        }
        catch (KernelRequestException exception)
        {
            _kernel?.Dispose();
            _kernel = null;
            return Refuse(exception.Message);
        }
    }

    // What is wrong with it won't be right later, and the others wait behind it.
    Fate Drop(string why)
    {
        log($"an audit record is left out: {why}");
        return Fate.Unfit;
    }

    // Without the right to ask it's taken to be on: the kernel answers as if it had taken the record.
    static bool IsOff(IAuditKernel kernel)
    {
        try
        {
            return kernel.GetStatus().Enabled == 0;
        }
        catch (KernelRequestException)
        {
            return false;
        }
    }

    Fate Refuse(string why)
    {
        if (_refusal != why)
            log($"audit records wait in {path}: {why}");
        _refusal = why;
        return Fate.Waits;
    }

    void ReadWaiting()
    {
        TryFile(() =>
        {
            foreach (string line in File.Exists(path) ? File.ReadAllLines(path) : [])
            {
                int blank = line.IndexOf(' ', StringComparison.Ordinal);
                if (blank > 0 && long.TryParse(line.AsSpan(0, blank), NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
                    && milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() && line.Contains(" res=", StringComparison.Ordinal) && _waiting.Count < ReadMax)
                    _waiting.Enqueue((milliseconds, line[(blank + 1)..]));
            }

            // Without a line that was torn, or the next would be part of it.
            RewriteWaiting();
        });
    }

    void RewriteWaiting() => File.WriteAllText(path, string.Concat(_waiting.Select(LineOf)));

    void TryFile(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log($"cannot write {path}: {FileFault.Describe(exception)}; what waits there is in memory alone");
        }
    }

    static string LineOf((long Milliseconds, string Text) record) => string.Create(
        CultureInfo.InvariantCulture, $"{record.Milliseconds} {record.Text.ReplaceLineEndings(" ")}\n");

    enum Fate
    {
        Taken,
        Waits,
        Unfit,
    }
}
