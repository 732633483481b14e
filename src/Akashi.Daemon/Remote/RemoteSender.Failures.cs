using System.Globalization;
using Akashi.Daemon.Disk;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>What audisp-remote.conf wants done about failures.</summary>
public sealed partial class RemoteSender
{
    int _warned;
    int _isRunLevelChanged;

    void Answer(RemoteMessageType sent, RemoteMessageType reply)
    {
        _lastSent = _clock.GetTimestamp();
        if (!reply.IsFatal && sent == RemoteMessageType.Message)
            NoteReceived();
        if (!reply.IsFatal && !reply.IsWarning)
            return;
        (RemoteFailure failure, string what) = reply switch
        {
            RemoteMessageType.DiskLow => (RemoteFailure.DiskLow, "remote server is low on disk space"),
            RemoteMessageType.DiskFull => (RemoteFailure.DiskFull, "remote server's disk is full"),
            RemoteMessageType.DiskError => (RemoteFailure.DiskError, "remote server has a disk error"),
            _ when reply.IsFatal => (RemoteFailure.GenericError, "unrecognized remote error"),
            _ => (RemoteFailure.GenericWarning, "unrecognized remote warning"),
        };
        if (reply.IsFatal)
        {
            NoteRefusal(what, isOfRecord: true);
            Keep(sent, _configuration.ActionOf(failure));
        }

        Perform(failure, what);
    }

    // The server stays as it is for a while: the connection is given up, and the record sent again over the next.
    void Keep(RemoteMessageType sent, RemoteAction action)
    {
        if (action.KeepsRecord)
        {
            Disconnect();
            RetryLater();
        }
        else if (sent == RemoteMessageType.Message)
        {
            GiveUp();
        }
    }

    void GiveUp()
    {
        DropOldest();
        Interlocked.Increment(ref _givenUp);
    }

    void HearEnding()
    {
        _isRemoteEnded = true;
        Disconnect();
        RetryLater();
        Perform(RemoteFailure.Ending, "remote server is going down");
    }

    void FailNetwork(RemoteMessageType sent, string why)
    {
        if (_refusal is null)
            NoteRefusal(why, isOfRecord: sent == RemoteMessageType.Message);
        Keep(sent, _configuration.NetworkFailureAction);
        if (_configuration.NetworkFailureAction.KeepsRecord || sent == RemoteMessageType.Heartbeat)
            RetryLater();
        Perform(RemoteFailure.Network, why);
    }

    void Overflow() => Perform(
        RemoteFailure.Overflow, $"queue is full ({_queue.Capacity} records): nothing more is taken from auditd until there is room");

    void Perform(RemoteFailure failure, string what)
    {
        RemoteAction action = Volatile.Read(ref _configuration).ActionOf(failure);
        switch (action.Kind)
        {
            case RemoteActionKind.Ignore:
                break;
            case RemoteActionKind.WarnOnce or RemoteActionKind.WarnOnceContinue:
                int bit = 1 << (int)failure;
                if ((Interlocked.Or(ref _warned, bit) & bit) == 0)
                    _say(what);
                break;
            case RemoteActionKind.Exec:
                _say($"{what}: {action.Program} is run");
                _actions.Execute(action.Program!, () => { });
                break;
            case RemoteActionKind.Reconnect:
                _say($"remote logging disconnected due to {what}, will attempt reconnection");
                break;
            case RemoteActionKind.Suspend:
                _say($"suspending remote logging due to {what}");
                _isSuspended = true;
                break;
            case RemoteActionKind.Stop:
                _say($"remote logging stopping due to {what}");
                _isStopped = true;
                break;
            case RemoteActionKind.Single or RemoteActionKind.Halt:
                ChangeRunLevel(action.Kind == RemoteActionKind.Halt ? RunLevel.Halt : RunLevel.SingleUser, what);
                break;
            default:
                _say(what);
                break;
        }
    }

    void ChangeRunLevel(RunLevel level, string what)
    {
        if (Interlocked.Exchange(ref _isRunLevelChanged, 1) != 0)
            return;
        _say($"{what}: the machine {(level == RunLevel.Halt ? "is halted" : "changes to single user mode")}");
        _actions.ChangeRunLevel(level);
    }
}
