using System.Diagnostics;
using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Cli.SetupCommands;

/// <summary>Verifies that rules record: provokes one event and waits for it at the kernel's multicast group.</summary>
static class SetupProbe
{
    const int TrustedApp = 1121;
    const int SyscallRecord = 1300;
    const int ExecveRecord = 1309;
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    /// <summary>Writes a record that a probe begins or ends; where the kernel takes none, nothing is recorded that it would speak of.</summary>
    public static void Bracket(IHost host, string id, string state)
    {
        try
        {
            using IAuditKernel kernel = host.OpenAuditKernel();
            kernel.SendUserMessage(TrustedApp, Encoding.ASCII.GetBytes($"op=akashi-setup-probe id={id} state={state} exe=\"{Environment.ProcessPath}\" res=success"));
        }
        catch (KernelRequestException)
        {
            // No audit, or no right: the probe itself will say so.
        }
    }

    /// <summary>Verifies that a person's commands are recorded.</summary>
    /// <returns>What came of it, in words.</returns>
    public static string VerifyCommand(SetupMachine machine, string user, uint auid) => Verify(
        machine, $"commands of {user}", ["command"], auid, id => new AwaitedEvent(id, $"auid={auid.ToString(CultureInfo.InvariantCulture)} ", null));

    /// <summary>Verifies that accesses of a path are recorded.</summary>
    public static string VerifyAccess(SetupMachine machine, string path, string permissions, string key)
    {
        char? kind = "raw".Cast<char?>().FirstOrDefault(letter => permissions.Contains(letter!.Value));
        bool isDirectory = machine.KindOf(path) == FileKind.Directory;
        if (kind is null || (kind == 'w' && isDirectory))
            return $"not verified: {path}, as nothing harmless makes such an event";
        return Verify(machine, $"accesses of {path}", [kind.Value.ToString(), path], auid: 0, _ => new AwaitedEvent(null, null, $"key=\"{key}\""));
    }

    static string Verify(SetupMachine machine, string what, string[] arguments, uint auid, Func<string, AwaitedEvent> make)
    {
        if (WhyImpossible(machine.Host) is { } reason)
            return $"not verified: {what}, as {reason}";
        string id = Guid.NewGuid().ToString("N");
        try
        {
            using IKernelEvents events = machine.Host.JoinAuditMulticast();
            int pid = DetachedProcess.Start(
                Environment.ProcessPath!, ["akashi", "setup-probe", auid.ToString(CultureInfo.InvariantCulture), id, .. arguments], keepsStandardError: true);
            AwaitedEvent awaited = make(id) with { Pid = arguments[0] == "command" ? null : pid };
            bool isSeen = awaited.Await(events, s_limit);
            using (ProcessHandle? process = ProcessHandle.Open(pid))
                process?.WaitForEnd(s_limit);
            DetachedProcess.TryReap(pid, out int exitCode);
            return isSeen ? $"verified: {what} are recorded (probe {id})"
                : exitCode == ProbeTool.LoginUserRefused ? $"not verified: {what}, as the login user of this session can't be changed (loginuid is immutable)"
                : $"not verified: {what}: no event of the probe {id} within {s_limit.TotalSeconds} s";
        }
        catch (AuditException exception)
        {
            return $"not verified: {what}: {exception.Message}";
        }
    }

    static string? WhyImpossible(IHost host)
    {
        try
        {
            using IAuditKernel kernel = host.OpenAuditKernel();
            if (kernel.GetStatus().Enabled == 0)
                return "the kernel's audit is switched off (auditctl -e 1, or a daemon, switches it on)";
            bool isImmutable = (kernel.GetFeatures().Features & AuditFeatures.LoginuidImmutable) != 0;
            return isImmutable && host.Process.Auid != ProcessIdentity.Unset ? "the login user of this session can't be changed (loginuid is immutable)" : null;
        }
        catch (KernelRequestException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The event that is waited for: an EXECVE with the probe's id, or a SYSCALL of the probe's process with a key.</summary>
    sealed record AwaitedEvent(string? Id, string? Person, string? Key)
    {
        public int? Pid { get; init; }

        public bool Await(IKernelEvents events, TimeSpan limit)
        {
            long start = Stopwatch.GetTimestamp();
            var syscalls = new Queue<string>();
            while (true)
            {
                switch (events.Receive(out KernelMessage message))
                {
                    case ReceiveOutcome.Message:
                        string text = Encoding.Latin1.GetString(message.Text);
                        if (message.Type == SyscallRecord)
                            Keep(syscalls, text);
                        if (Matches(message.Type, text, syscalls))
                            return true;
                        break;
                    case ReceiveOutcome.Closed:
                        return false;
                    case ReceiveOutcome.Dry:
                        TimeSpan left = limit - Stopwatch.GetElapsedTime(start);
                        if (left <= TimeSpan.Zero)
                            return false;
                        events.Wait(left);
                        break;
                }

                if (Stopwatch.GetElapsedTime(start) > limit)
                    return false;
            }
        }

        static void Keep(Queue<string> syscalls, string text)
        {
            const int KeptMax = 256;
            syscalls.Enqueue(text);
            if (syscalls.Count > KeptMax)
                syscalls.Dequeue();
        }

        // The kernel sends an event's SYSCALL first; records of events on other processors may stand between.
        bool Matches(ushort type, string text, Queue<string> syscalls)
        {
            if (Id is not null)
            {
                string stamp = text[..(text.IndexOf(')', StringComparison.Ordinal) + 1)];
                return type == ExecveRecord && text.Contains($"a1=\"{Id}\"", StringComparison.Ordinal)
                    && syscalls.Any(syscall => syscall.StartsWith(stamp, StringComparison.Ordinal) && syscall.Contains(Person!, StringComparison.Ordinal));
            }

            return type == SyscallRecord && text.Contains($" pid={Pid} ", StringComparison.Ordinal) && text.Contains(Key!, StringComparison.Ordinal);
        }
    }
}
