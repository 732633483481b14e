using Akashi.Host;
using Akashi.Linux.Sockets;
using Akashi.Records;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>The thread that sends: connects, sends the oldest record, waits for its acknowledgement.</summary>
/// <remarks>
/// A failed try is followed by a second at once, perhaps over a new connection; from the third on there is a pause of network_retry_time. After
/// max_tries_per_record or max_time_per_record the failure is answered by network_failure_action.
/// </remarks>
public sealed partial class RemoteSender
{
    static readonly TimeSpan s_idleWait = TimeSpan.FromSeconds(60);

    TimeSpan TimeMax => TimeSpan.FromSeconds(_configuration.SecondsPerRecordMax);

    TimeSpan Retry => TimeSpan.FromSeconds(_configuration.RetrySeconds);

    // At the end: what waits is sent where the other side takes it.
    bool IsOver => _isStopped || (_isEnding && (IsEmpty() || _isSuspended || IsEndDue()));

    void SendAll()
    {
        try
        {
            if (Connect() is { } reason)
                Perform(RemoteFailure.Startup, $"first attempt at connecting to the server failed: {reason}");
            while (true)
            {
                Follow();
                if (IsOver)
                    return;
                if (!_isSuspended && IsDue() && !IsEmpty())
                    Deliver();
                else if (!_isSuspended && IsDue() && IsBeatDue())
                    Beat();
                else if (_isEnding && _configuration.QueuesInFile)
                    return;
                else
                    Idle();
            }
        }
        catch (AuditException exception)
        {
            _say(exception.Message);
            _isStopped = true;
        }
    }

    // What other threads asked for.
    void Follow()
    {
        if (Interlocked.Exchange(ref _wanted, null) is { } wanted)
        {
            if (wanted.Server != _configuration.Server || wanted.Port != _configuration.Port || wanted.LocalPort != _configuration.LocalPort
                || wanted.Transport != _configuration.Transport || wanted.Tls != _configuration.Tls || wanted.Packs != _configuration.Packs)
                Disconnect();
            Volatile.Write(ref _configuration, wanted);
            _retryAt = 0;
        }

        if (!_isResumeWanted)
            return;
        _isResumeWanted = _isSuspended = _isRemoteEnded = false;
        _retryAt = 0;
    }

    bool IsEmpty()
    {
        lock (_gate)
            return _queue.Count == 0;
    }

    bool IsDue() => _retryAt == 0 || _clock.GetTimestamp() >= _retryAt;

    bool IsBeatDue() => _configuration.HeartbeatSeconds > 0 && !_configuration.IsAscii
        && _clock.GetElapsedTime(_lastSent) >= TimeSpan.FromSeconds(_configuration.HeartbeatSeconds);

    void RetryLater() => _retryAt = _clock.GetTimestamp() + (long)(Retry.TotalSeconds * _clock.TimestampFrequency);

    void Deliver()
    {
        ReadOnlySpan<byte> text = Peek();
        if (text.IsEmpty)
            return;
        if (!_configuration.IsAscii)
        {
            SendUntil(RemoteMessageType.Message, text);
        }
        else if ((Connect() ?? _link!.SendLine(text, TimeMax)) is { } reason)
        {
            // As the original: nobody knows what was received.
            _say($"{reason}: remote logging ends, as it does with format = ascii");
            _isStopped = true;
        }
        else
        {
            NoteReceived();
        }
    }

    // A damaged slot can't be sent: it is counted, and said.
    ReadOnlySpan<byte> Peek()
    {
        try
        {
            lock (_gate)
            {
                while (_queue.Count > 0)
                {
                    ReadOnlySpan<byte> text = _text.AsSpan(0, _queue.Peek(_text));
                    if (Record.TryParse(text, out _, out _))
                        return text;
                    DropDamaged();
                }
            }
        }
        catch (TrailException exception)
        {
            RetryLater();
            Perform(RemoteFailure.Queue, exception.Message);
        }

        return default;
    }

    // A stream begins anew behind it: its positions are those of what is sent.
    void DropDamaged()
    {
        _queue.Drop();
        if (_link?.Window > 0)
            Disconnect();
        if (Interlocked.Increment(ref _damaged) == 1)
            _say("the queue held what is no record: it was left out, and so is what follows of its kind");
    }

    void Beat() => SendUntil(RemoteMessageType.Heartbeat, _link?.Window > 0 ? DescribeSelf() : default);

    void SendUntil(RemoteMessageType type, ReadOnlySpan<byte> text)
    {
        uint sequence = 0;
        long began = _clock.GetTimestamp();
        for (int tries = 1; ; tries++)
        {
            long sent = _sent;
            // The second try has its whole time too: the first may have waited for a connection that was dead already.
            TimeSpan timeout = tries <= 2 ? TimeMax : TimeMax - _clock.GetElapsedTime(began);
            string? reason = Connect();
            if (reason is null && type == RemoteMessageType.Message && _link!.Window > 0)
            {
                reason = Stream();
            }
            else if (reason is null)
            {
                sequence = sequence == 0 ? ++_sequence : sequence;
                reason = TrySend(type, sequence, FitOriginal(text), timeout);
            }

            if (reason is null)
                return;
            Disconnect();

            // Some were received: what is the oldest now has all its tries before it.
            if (_sent > sent)
                return;

            bool isTimeOver = tries > 1 && _clock.GetElapsedTime(began) >= TimeMax;
            if (tries >= _configuration.TriesMax || isTimeOver || _isStopped)
            {
                FailNetwork(type, $"{reason}, {(isTimeOver ? "max retry time exhausted" : "max retries exhausted")}");
                return;
            }

            // What waits in the file is the next one's; the first try may have been over a connection that was dead already.
            if (tries > 1 && _isEnding && _configuration.QueuesInFile)
            {
                RetryLater();
                return;
            }

            if (tries > 1)
                Pause(Retry);
            if (_isStopped)
                return;
        }
    }

    // Returns null where it was answered, whatever the answer was; else why it wasn't.
    string? TrySend(RemoteMessageType type, uint sequence, ReadOnlySpan<byte> text, TimeSpan timeout)
    {
        long began = _clock.GetTimestamp();
        if (_link!.Send(type, sequence, text, timeout) is { } reason)
            return reason;
        while (true)
        {
            TimeSpan left = timeout - _clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return $"ack from {_configuration.Server} timed out";
            switch (_link!.Receive(out RemoteHeader reply, left))
            {
                case ReplyOutcome.Reply when reply.Type == RemoteMessageType.Ending:
                    HearEnding();
                    return null;
                case ReplyOutcome.Reply when reply.Sequence == sequence:
                    Answer(type, reply.Type);
                    return null;
                case ReplyOutcome.Reply:
                    return "mismatched response";
                case ReplyOutcome.Closed:
                    return $"connection to {_configuration.Server} closed unexpectedly{_link.BreakReason}";
                case ReplyOutcome.NoReply:
                    return "bad magic number";
            }
        }
    }

    void NoteReceived()
    {
        DropOldest();
        Interlocked.Increment(ref _sent);
        _lastSent = _clock.GetTimestamp();
        _warned = 0;
        _retryAt = 0;
        ForgetRefusal();
    }

    void DropOldest()
    {
        try
        {
            lock (_gate)
                _queue.Drop();
        }
        catch (TrailException exception)
        {
            Perform(RemoteFailure.Queue, exception.Message);
        }

        _room.Set();
    }

    // The end makes it short, and doesn't take it away: the tries that are left aren't done without any.
    void Pause(TimeSpan duration)
    {
        bool wasEnding = _isEnding;
        duration = wasEnding ? Min(duration, s_roomWait) : duration;
        long began = _clock.GetTimestamp();
        while (!_isStopped && _isEnding == wasEnding && !_isResumeWanted && duration - _clock.GetElapsedTime(began) is { } left && left > TimeSpan.Zero)
        {
            _wait.Clear();
            _wait.Wait(left);
        }
    }

    // Until something is to be sent, or the other side says that it ends.
    void Idle()
    {
        TimeSpan timeout = s_idleWait;
        if (_retryAt != 0 && !_isSuspended)
            timeout = Min(timeout, TimeSpan.FromSeconds(Math.Max(0, _retryAt - _clock.GetTimestamp()) / (double)_clock.TimestampFrequency));
        if (_configuration.HeartbeatSeconds > 0 && !_isSuspended && IsDue())
            timeout = Min(timeout, TimeSpan.FromSeconds(_configuration.HeartbeatSeconds) - _clock.GetElapsedTime(_lastSent));
        if (_isEnding)
            timeout = Min(timeout, s_roomWait);
        timeout = timeout < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : timeout;
        if (_link is null)
        {
            _wait.Clear();
            _wait.Wait(timeout);
            return;
        }

        switch (_link.Receive(out RemoteHeader reply, timeout))
        {
            case ReplyOutcome.Reply when reply.Type == RemoteMessageType.Ending:
                HearEnding();
                break;
            case ReplyOutcome.Reply or ReplyOutcome.None:
                break;
            default:
                Disconnect();
                break;
        }
    }

    static TimeSpan Min(TimeSpan first, TimeSpan second) => first < second ? first : second;
}
