namespace Akashi.Audit.Tests.LogEntries;

/// <summary>A kernel that lets senders wait until it's opened, and refuses some if it's told to.</summary>
/// <param name="refusals">How many records it refuses.</param>
/// <param name="errno">With what.</param>
/// <param name="takenBefore">How many it takes before that.</param>
sealed class GatedWire(int refusals = 0, int errno = 0, int takenBefore = 0) : IUserRecordWire
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    readonly RecordedWire _taken = new();

    public ManualResetEventSlim Gate { get; } = new();

    /// <summary>Set when a sender waits.</summary>
    public ManualResetEventSlim Waiting { get; } = new();

    /// <summary>Set when all that was sent so far was answered, and that were as many as <see cref="AnswersMin"/>.</summary>
    public ManualResetEventSlim Answered { get; } = new();

    public int AnswersMin { get; init; } = 1;

    public List<string> Lines => _taken.Lines;

    public int Answers { get; private set; }

    public bool IsDisposed { get; private set; }

    public int Make(int type, ReadOnlySpan<byte> payload)
    {
        Waiting.Set();
        Assert.True(Gate.Wait(s_limit));
        bool isRefused = Answers >= takenBefore && Answers - takenBefore < refusals;
        int answer = isRefused ? -errno : _taken.Make(type, payload);
        if (++Answers == AnswersMin)
            Answered.Set();
        return answer;
    }

    public void Dispose() => IsDisposed = true;
}
