using System.Text;
using Akashi.Events;
using Akashi.Host;
using Akashi.Live;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Reports.Software;

/// <summary>Finds the runs of package managers in a trail, and what the trail itself says of their outcome.</summary>
/// <remarks>
/// A start is an EXECVE; its end an exit_group of the same process, where a rule records that; SOFTWARE_UPDATE tells packages and results (dnf and rpm write
/// it, as pid of their own or of a child). What a manager starts to do its work (apt's dpkg, pip's own pip) belongs to the run that started it.
/// </remarks>
/// <param name="accounts">Names of users where a record isn't enriched.</param>
public sealed class SoftwareRuns(IAccounts accounts)
{
    const int LineBytesMax = 4096;

    readonly Dictionary<uint, SoftwareRun> _byPid = [];
    readonly List<SoftwareRun> _runs = [];
    readonly CommandLine _command = new(bytesMax: 256 * 1024, argumentsMax: 16 * 1024);
    readonly SecretMask _mask = new();
    readonly PersonColumn _people = new(accounts);
    readonly LineText _text = new(hasColors: false);

    /// <summary>Only this person's; null for everybody's.</summary>
    public PersonFilter? Person { get; init; }

    /// <summary>The runs, in the trail's order.</summary>
    public IReadOnlyList<SoftwareRun> Runs => _runs;

    /// <summary>Takes the next event.</summary>
    public void Add(AuditEvent auditEvent)
    {
        if (auditEvent.TryFindRecord(RecordType.SoftwareUpdate, out Record update))
            AddUpdate(auditEvent, update);
        else if (auditEvent.TryFindRecord(RecordType.Execve, out _))
            AddStart(auditEvent);
        else if (auditEvent.TryFindRecord(RecordType.Syscall, out Record syscall) && ExecutedProgram.IsCall(syscall, "exit_group"u8, "exit_group"u8))
            AddEnd(auditEvent, syscall);
    }

    void AddStart(AuditEvent auditEvent)
    {
        var parts = new EventParts(auditEvent);
        uint pid = ReadId(parts.Syscall, "pid"u8), parent = ReadId(parts.Syscall, "ppid"u8);
        EventResult result = parts.HasSyscall ? EventResult.Of(parts) : default;
        ManagerCommand? command = _command.TryReadExecve(auditEvent) ? ManagerCommand.Read(_command, DecodePath(auditEvent)) : null;
        bool isStarted = !result.IsKnown || result.IsSuccess;
        if (command is null)
        {
            // Wrappers go on as other programs in the same process; of another parent it is another process with its number.
            if (isStarted && _byPid.TryGetValue(pid, out SoftwareRun? old) && old.Pid == pid && old.ParentPid != parent)
                _byPid.Remove(pid);
            return;
        }

        if (isStarted && _byPid.TryGetValue(pid, out SoftwareRun? known) && IsOf(known, command))
            return;
        if (_byPid.TryGetValue(parent, out SoftwareRun? starter) && starter.Family == command.Manager.Family)
        {
            AddChild(starter, pid, command, isStarted);
            return;
        }

        if (Person is not null && !Person.Matches(parts.Subject))
            return;
        SoftwareRun run = MakeRun(parts, pid, command);
        if (!isStarted)
            run.Outcome = new SoftwareOutcome("not started", "execve");
        else if (pid != uint.MaxValue)
            _byPid[pid] = run;
        _runs.Add(run);
    }

    // A wrapper starts the same by another program in the same process: /usr/bin/env node npm, then node npm.
    static bool IsOf(SoftwareRun known, ManagerCommand command) =>
        known.Manager == command.Manager.Name && known.Action == command.Action;

    void AddChild(SoftwareRun starter, uint pid, ManagerCommand command, bool isStarted)
    {
        if (isStarted)
            _byPid[pid] = starter;
        if (command.Manager.Name != starter.Manager)
            starter.AddChanged(Name(command).Where(package => package.Version.Length > 0));
    }

    SoftwareRun MakeRun(in EventParts parts, uint pid, ManagerCommand command)
    {
        _text.Clear();
        _people.Append(parts, _text);
        var run = new SoftwareRun
        {
            StartUnixMilliseconds = parts.Event.Stamp.UnixMilliseconds,
            Serial = parts.Event.Stamp.Serial,
            Person = Encoding.UTF8.GetString(_text.Bytes),
            Session = ReadId(parts.Subject, "ses"u8),
            Pid = pid,
            ParentPid = ReadId(parts.Syscall, "ppid"u8),
            Manager = command.Manager.Name,
            Family = command.Manager.Family,
            Action = command.Action,
            CommandLine = string.Join(' ', Words(command.FirstIndex)),
            Arguments = [.. Words(0)],
            Directory = DecodeDirectory(parts.Event),
        };
        run.Named.AddRange(Name(command));
        return run;
    }

    IEnumerable<string> Words(int first)
    {
        for (int index = first; index < _command.Count; index++)
            yield return Encoding.UTF8.GetString(_command[index]);
    }

    // A package may be an address with a password in it.
    List<PackageName> Name(ManagerCommand command)
    {
        _mask.Apply(_command);
        var names = new List<PackageName>();
        foreach (int index in command.Packages)
        {
            _text.Clear();
            CommandText.AppendArgument(_command, index, _text);
            names.Add(PackageName.Parse(Encoding.UTF8.GetString(_text.Bytes), command.Manager.Family));
        }

        return names;
    }

    void AddEnd(AuditEvent auditEvent, in Record syscall)
    {
        uint pid = ReadId(syscall, "pid"u8);
        if (!_byPid.Remove(pid, out SoftwareRun? run) || run.Pid != pid)
            return;

        // A manager that a signal killed has no exit_group; its number may be another's by now. Orphans are children of process 1.
        uint parent = ReadId(syscall, "ppid"u8);
        if (parent != run.ParentPid && parent != 1)
            return;
        run.EndUnixMilliseconds = auditEvent.Stamp.UnixMilliseconds;
        int status = syscall.TryFind("a0"u8, out ReadOnlySpan<byte> raw) ? (int)(RawNumber.ReadHex(raw) & 0xFF) : 0;
        if (run.Outcome == SoftwareOutcome.Attempted)
            run.Outcome = status == 0 ? SoftwareOutcome.Ok("exit_group") : new SoftwareOutcome($"failed (exit {status})", "exit_group");
    }

    // op=install sw="nginx-1:1.20.1-14.el9.x86_64" sw_type=rpm key_enforce=0 gpg_res=1 root_dir="/" comm="dnf" … res=success
    void AddUpdate(AuditEvent auditEvent, in Record update)
    {
        if (Person is not null && !Person.Matches(update))
            return;
        uint pid = ReadId(update, "pid"u8);
        SoftwareAction action = update.TryFind("op"u8, out ReadOnlySpan<byte> operation) ? ActionOf(operation) : SoftwareAction.None;
        if (!_byPid.TryGetValue(pid, out SoftwareRun? run))
        {
            run = MakeReported(auditEvent, pid, action, update);
            _byPid[pid] = run;
            _runs.Add(run);
        }

        _text.Clear();
        if (update.TryFind("sw"u8, out ReadOnlySpan<byte> software))
            AppendDecoded(software);
        run.AddChanged([PackageName.Parse(Encoding.UTF8.GetString(_text.Bytes), "rpm")]);
        bool isSuccess = update.TryFind("res"u8, out ReadOnlySpan<byte> result) && (result.SequenceEqual("success"u8) || result.SequenceEqual("1"u8));
        if (!isSuccess)
            run.Outcome = SoftwareOutcome.Failed("SOFTWARE_UPDATE");
        else if (run.Outcome == SoftwareOutcome.Attempted)
            run.Outcome = SoftwareOutcome.Ok("SOFTWARE_UPDATE");
    }

    SoftwareRun MakeReported(AuditEvent auditEvent, uint pid, SoftwareAction action, in Record update)
    {
        var parts = new EventParts(auditEvent);
        _text.Clear();
        _people.Append(parts, _text);
        string person = Encoding.UTF8.GetString(_text.Bytes);
        _text.Clear();
        if (update.TryFind("comm"u8, out ReadOnlySpan<byte> name) || update.TryFind("sw_type"u8, out name))
            AppendDecoded(name);
        string manager = Encoding.UTF8.GetString(_text.Bytes);
        PackageManager? row = PackageManagers.Rows.FirstOrDefault(row => row.Programs.Split(' ').Contains(manager));
        return new SoftwareRun
        {
            StartUnixMilliseconds = auditEvent.Stamp.UnixMilliseconds,
            Serial = auditEvent.Stamp.Serial,
            Person = person,
            Session = ReadId(update, "ses"u8),
            Pid = pid,
            Manager = row?.Name ?? manager,
            Family = row?.Family ?? "",
            Action = action,
        };
    }

    static SoftwareAction ActionOf(ReadOnlySpan<byte> operation) =>
        operation.SequenceEqual("install"u8) ? SoftwareAction.Install
        : operation.SequenceEqual("remove"u8) ? SoftwareAction.Remove
        : operation.SequenceEqual("update"u8) || operation.SequenceEqual("upgrade"u8) ? SoftwareAction.Upgrade
        : SoftwareAction.None;

    byte[] DecodePath(AuditEvent auditEvent) =>
        ExecutedProgram.TryFindPath(auditEvent, out ReadOnlySpan<byte> raw) ? Decode(raw) : [];

    static string DecodeDirectory(AuditEvent auditEvent) =>
        auditEvent.TryFindRecord(RecordType.Cwd, out Record record) && record.TryFind("cwd"u8, out ReadOnlySpan<byte> raw)
            ? Encoding.UTF8.GetString(Decode(raw))
            : "";

    void AppendDecoded(ReadOnlySpan<byte> raw) => _text.AppendText(Decode(raw));

    static byte[] Decode(ReadOnlySpan<byte> raw)
    {
        Span<byte> decoded = stackalloc byte[LineBytesMax * 2];
        EncodedText.TryDecode(raw[..Math.Min(raw.Length, decoded.Length)], decoded, out int length);
        return decoded[..length].ToArray();
    }

    static uint ReadId(in Record record, ReadOnlySpan<byte> name) =>
        !record.Line.IsEmpty && record.TryFind(name, out ReadOnlySpan<byte> value) ? RawNumber.ReadId(value) : uint.MaxValue;
}
