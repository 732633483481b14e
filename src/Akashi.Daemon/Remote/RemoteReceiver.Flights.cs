using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>Batches on their way to the trail, and the answers when they are back.</summary>
/// <remarks>
/// A sender of the original waits for each record's answer. Handing one record to the write stage and back costs two changes of threads, more than all else of it, so that
/// this thread writes a small batch itself where the write stage has nothing to do. A large one, and all of a disk that takes its time, is written by the stage while this thread reads on.
/// </remarks>
public sealed partial class RemoteReceiver
{
    const int HereMessagesMax = 16;

    static readonly TimeSpan s_slowDisk = TimeSpan.FromMilliseconds(2);

    bool _isDiskSlow;

    void TakeOff()
    {
        if (_isFlying)
        {
            if (_flying.IsHeld)
                Post();
            return;
        }

        if (_filling.IsEmpty)
            return;
        (_filling, _flying) = (_flying, _filling);
        _isFlying = true;
        if (MayWriteHere && _write.TryRun(_writeFlight))
            Land();
        else
            Post();
    }

    // Streams don't wait for each record, and a group in the journal is the cheaper the larger it is.
    bool MayWriteHere => Math.Max(_flying.Runs.Length, _flying.Records) <= HereMessagesMax && !_flying.HasStreams && !Volatile.Read(ref _isDiskSlow);

    void Post()
    {
        _flying.IsHeld = false;
        _write.Post(_writeFlight);
    }

    // In the write stage's place.
    void WriteFlight()
    {
        RemoteBatch batch = _flying;
        if (_write.Sink.IsHeld)
        {
            // Nobody is woken: the receiver asks again at its next turn.
            batch.IsHeld = true;
            return;
        }

        long began = _clock.GetTimestamp();
        _writer.Write(batch);
        if (_settings.Distributes && _write.Dispatcher is { } dispatcher)
            batch.GiveTo(dispatcher);
        Volatile.Write(ref _isDiskSlow, _clock.GetElapsedTime(began) >= s_slowDisk);
        Volatile.Write(ref _isLanded, 1);
        if (Thread.CurrentThread != _thread)
            _wait.Wake();
    }

    void Land()
    {
        if (!_isFlying || Interlocked.Exchange(ref _isLanded, 0) == 0)
            return;
        bool isStopped = Answer(_flying);

        // What a stream sent behind a refused record mustn't be written before that is: its sender sends both again.
        if (isStopped)
            GiveBack(_filling);
        _flying.Clear();
        _isFlying = false;
    }

    // Returns whether a stream is stopped.
    static bool Answer(RemoteBatch batch)
    {
        bool isStopped = false;
        foreach (ref readonly RemoteRun run in batch.Runs)
        {
            if (run.Client.Stream is { } stream)
            {
                Land(stream, run);
                isStopped |= run.Answer.IsFatal;
            }

            if (!run.IsAnswered)
                continue;
            run.Client.OwedReplies--;
            if (!run.Client.IsClosed)
                run.Client.Reply(run.Answer, run.Answer.IsFatal ? run.First : run.Last, TextOf(run.Answer));
        }

        foreach (ref readonly RemoteRun run in batch.Runs)
            run.Client.Send();
        return isStopped;
    }

    // What is being filled may have records of stopped streams: they aren't written.
    static void GiveBack(RemoteBatch batch)
    {
        foreach (ref RemoteRun run in batch.Runs)
        {
            if (run.Client is { Stream: not null, IsRefusing: true } && !run.IsRefused)
                (run.IsRefused, run.Answer) = (true, RemoteMessageType.DiskFull);
        }

        batch.DropRefused();
    }

    static ReadOnlySpan<byte> TextOf(RemoteMessageType answer) => answer switch
    {
        RemoteMessageType.DiskFull => "disk full"u8,
        RemoteMessageType.DiskError => "disk write error"u8,
        _ => default,
    };
}
