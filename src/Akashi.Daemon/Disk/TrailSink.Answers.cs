using Akashi.Configuration;
using Akashi.Host;

namespace Akashi.Daemon.Disk;

/// <summary>What auditd.conf wants done when a segment is long, room is short, or the disk refuses.</summary>
/// <remarks>
/// Each is done once, and again when things were well meanwhile; but for rotate, which goes on (every ten seconds at most, and never for a segment
/// that is empty) as long as room is short. While a program of exec runs, the log is closed and records wait in the ring and in the kernel; after ten
/// seconds they are counted and dropped until it ends. Suspended writing goes on after SIGUSR2.
/// </remarks>
public sealed partial class TrailSink
{
    const int NoSpace = 28;
    const int QuotaExceeded = 122;
    const int FreeBlocksMin = 5;
    const int ErrorWarningsMax = 5;

    static readonly TimeSpan s_holdMax = TimeSpan.FromSeconds(10);
    static readonly TimeSpan s_rotateForRoomAfter = TimeSpan.FromSeconds(10);

    long _heldAt;
    long _rotatedForRoomAt;
    int _holds;
    int _errorWarnings;
    bool _isHeld;
    bool _isSuspendedByProgram;
    bool _isLengthAnswered;
    bool _isFullAnswered;
    bool _isErrorAnswered;
    volatile bool _isSuspended;
    volatile bool _isSpaceAnswered;
    volatile bool _isAdminSpaceAnswered;

    /// <summary>Any thread: whether nothing is written until SIGUSR2 or the end of a program.</summary>
    public bool IsSuspended => _isSuspended;

    /// <summary>Any thread: whether less than space_left is free, and what it wants is done.</summary>
    public bool IsSpaceAnswered => _isSpaceAnswered;

    /// <summary>Any thread: the same of admin_space_left.</summary>
    public bool IsAdminSpaceAnswered => _isAdminSpaceAnswered;

    /// <summary>By the write stage: whether the disk refuses because it is full.</summary>
    public bool IsFull => _isFullAnswered;

    /// <summary>Any thread: whether the disk refuses, or did at the last rotation or flush.</summary>
    public bool HasDiskError => Volatile.Read(ref _isRefused) || Volatile.Read(ref _isFailed);

    /// <inheritdoc/>
    public bool IsHeld
    {
        get
        {
            if (!_isHeld || _clock.GetElapsedTime(_heldAt) < s_holdMax)
                return _isHeld;
            _isHeld = false;
            _isSuspended = _isSuspendedByProgram = true;
            _surroundings.Say($"a program runs for more than {s_holdMax.TotalSeconds} s: records are counted and dropped until it ends");
            return false;
        }
    }

    /// <summary>SIGUSR2: writes again, and forgets what was done already.</summary>
    public void Resume()
    {
        _holds++;
        _isHeld = _isSuspended = _isSuspendedByProgram = _isRefused = false;
        _isLengthAnswered = _isFullAnswered = _isSpaceAnswered = _isAdminSpaceAnswered = false;
        Recover();
    }

    void Recover()
    {
        _isFailed = _isErrorAnswered = false;
        _errorWarnings = 0;
    }

    void AnswerLength()
    {
        long bytesMax = _configuration.Rotation.SegmentBytesMax;
        if (bytesMax == 0 || _isSuspended || _configuration.Rotation.RotatesBySize)
            return;
        if (_writer.Length < bytesMax)
        {
            _isLengthAnswered = false;
        }
        else if (!_isLengthAnswered)
        {
            _isLengthAnswered = true;
            Perform(_configuration.SizeAction, $"{_writer.Path} has reached max_log_file = {_configuration.SegmentMegabytesMax} MiB");
        }
    }

    void AnswerSpace(in FileSystemSpace space)
    {
        long freeMegabytes = space.FreeBytes >> 20;
        bool isLow = freeMegabytes < _configuration.SpaceLeft.Megabytes(space.Bytes);
        if (IsDue(isLow, _isSpaceAnswered, _configuration.SpaceLeftAction))
            Perform(_configuration.SpaceLeftAction, $"the disk of {_writer.Path} has {freeMegabytes} MiB left, less than space_left");
        _isSpaceAnswered = isLow;

        bool isVeryLow = freeMegabytes < _configuration.AdminSpaceLeft.Megabytes(space.Bytes);
        if (IsDue(isVeryLow, _isAdminSpaceAnswered, _configuration.AdminSpaceLeftAction))
            Perform(_configuration.AdminSpaceLeftAction, $"the disk of {_writer.Path} has {freeMegabytes} MiB left, less than admin_space_left");
        _isAdminSpaceAnswered = isVeryLow;

        if (space.FreeBlocks < FreeBlocksMin)
            AnswerFull();
        else
            _isFullAnswered = false;
    }

    static bool IsDue(bool isLow, bool isAnswered, LogAction action) => isLow && (!isAnswered || action.Kind == LogActionKind.Rotate);

    void Answer(TrailException exception)
    {
        if (exception.Errno is NoSpace or QuotaExceeded)
            AnswerFull();
        else
            AnswerError(exception);
    }

    // To ignore a full disk is to say it all the same, as the manual has it.
    void AnswerFull()
    {
        LogAction action = _configuration.DiskFullAction;
        if (!IsDue(true, _isFullAnswered, action))
            return;
        bool isFirst = !_isFullAnswered;
        _isFullAnswered = true;
        if (isFirst || action.Kind == LogActionKind.Rotate)
            Perform(action.Kind == LogActionKind.Ignore ? new LogAction(LogActionKind.Syslog) : action, $"the disk of {_writer.Path} is full");
    }

    void AnswerError(TrailException exception)
    {
        LogAction action = _configuration.DiskErrorAction;
        if (action.Kind == LogActionKind.Syslog)
        {
            if (_errorWarnings++ < ErrorWarningsMax)
                Perform(action, exception.Message);
        }
        else if (!_isErrorAnswered)
        {
            _isErrorAnswered = true;
            Perform(action, exception.Message);
        }
    }

    void Perform(LogAction action, string what)
    {
        IMachineActions machine = _surroundings.Actions;
        if (action.Kind is not (LogActionKind.Ignore or LogActionKind.Rotate))
            machine.Say(Consequence(action) is { } consequence ? $"{what}: {consequence}" : what);
        switch (action.Kind)
        {
            case LogActionKind.Rotate:
                RotateForRoom();
                break;
            case LogActionKind.Email:
                machine.Mail(_configuration.MailAccount, "Audit disk space alert", $"{what}.\nPlease make room, so that no record is lost.");
                break;
            case LogActionKind.Exec:
                Hold(action.Program!);
                break;
            case LogActionKind.Suspend:
                _isSuspended = true;
                _writer.Close();
                break;
            case LogActionKind.Single:
                machine.ChangeRunLevel(RunLevel.SingleUser);
                break;
            case LogActionKind.Halt:
                machine.ChangeRunLevel(RunLevel.Halt);
                break;
        }
    }

    static string? Consequence(LogAction action) => action.Kind switch
    {
        LogActionKind.Exec => $"{action.Program} is run",
        LogActionKind.Suspend => "writing is suspended until SIGUSR2, records are counted and dropped",
        LogActionKind.Single => "the machine changes to single user mode",
        LogActionKind.Halt => "the machine is halted",
        _ => null,
    };

    void RotateForRoom()
    {
        bool isTooSoon = _rotatedForRoomAt != 0 && _clock.GetElapsedTime(_rotatedForRoomAt) < s_rotateForRoomAfter;
        if (isTooSoon || _writer.Length == 0)
            return;
        _rotatedForRoomAt = _clock.GetTimestamp();
        Rotate();

        // The oldest segment may have made room: the next group needn't wait for the second to pass.
        _isRefused = false;
    }

    void Hold(string program)
    {
        _writer.Close();
        _isHeld = true;
        _heldAt = _clock.GetTimestamp();
        int hold = ++_holds;
        _surroundings.Actions.Execute(program, () => _post(() => EndHold(hold)));
    }

    void EndHold(int hold)
    {
        if (hold != _holds)
            return;
        _isHeld = false;
        if (_isSuspendedByProgram)
            _isSuspended = _isSuspendedByProgram = false;
        _isRefused = false;
    }
}
