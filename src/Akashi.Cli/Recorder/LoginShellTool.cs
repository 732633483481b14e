using System.Text;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;
using Akashi.Linux.Terminals;
using Akashi.Output;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Recorder;

/// <summary><c>akashi login-shell</c>, as a login shell by the name <c>akashi-login-shell</c>: has its session recorded, and runs the real shell in it.</summary>
/// <remarks>
/// It runs as the person who logs in, who may do anything with it: so it holds nothing, and nobody believes it. Without a terminal it becomes the real shell at once.
/// The person's environment decides nothing here; settings come from <see cref="ConfigurationPath"/> alone.
/// </remarks>
static class LoginShellTool
{
    public const string ShellName = "akashi-login-shell";
    public const string ConfigurationPath = "/etc/akashi/recorder.conf";
    public const string SocketPath = "/run/akashi/recorder";
    public const string TransferSocketPath = "/run/akashi/transfers";

    const int CannotRun = 126;
    const int NotFound = 127;

    static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(5);
    static readonly TimeSpan s_endTime = TimeSpan.FromSeconds(2);

    // Those that a login server, or another process of the person's, sends to a login.
    static readonly (Signal Signal, int Number)[] s_passedOn =
        [(Signal.Hangup, 1), (Signal.Interrupt, 2), (Signal.Quit, 3), (Signal.User1, 10), (Signal.User2, 12), (Signal.Terminate, 15), (Signal.Continue, 18)];

    public static Tool Tool { get; } = new("login-shell", "have a login recorded by akashi recorder", Run)
    {
        // Nobody calls it: it's a login shell, or stands in sshd's settings.
        IsInternal = true,
    };

    static int Run(Invocation invocation)
    {
        LoginShell.CloseToOthers();
        if (invocation.Arguments is ["-h" or "--help"] && invocation.Name != "-" + ShellName)
            return PrintHelp(invocation);
        RecorderConfiguration settings = ReadSettings();
        LoginWords words = LoginWords.Read(invocation.Host, settings, invocation.Arguments.Count);
        if (settings.Policy == RecordingPolicy.Off)
            return Become(invocation, words);
        return StandardStreams.IsTerminal(0) ? RunOnTerminal(invocation, settings, words) : RunWithout(invocation, words);
    }

    static int RunOnTerminal(Invocation invocation, RecorderConfiguration settings, LoginWords words)
    {
        string fault;
        using (MessageSocket? connection = MessageSocket.TryConnect(SocketPath, out int errno))
        {
            string? terminal = null;
            fault = connection is null ? $"{SocketPath}: {invocation.Host.DescribeError(errno)}" : Ask(connection, words, out terminal);
            if (terminal is not null)
                return RunRecorded(invocation, connection!, words, terminal);
        }

        if (fault.Length > 0)
            Log($"the session isn't recorded: {fault}");
        if (fault.Length == 0 || settings.Policy != RecordingPolicy.Strict || LetsIn(invocation.Host, settings))
            return Become(invocation, words);
        using var error = new Utf8Output(invocation.Error);
        error.Write($"{ShellName}: sessions must be recorded, and this one can't be\n");
        return 1;
    }

    // Asked where a session must be recorded and can't be.
    static bool LetsIn(IHost host, RecorderConfiguration settings)
    {
        bool isOfBreakGlass = settings.BreakGlassGroup.Length > 0 && host.Accounts.TryFindGroup(settings.BreakGlassGroup, out uint gid)
            && PeerProcess.Find(Environment.ProcessId)?.IsOf(gid) == true;
        using var ours = new SafeFileHandle(0, ownsHandle: false);
        using OuterTerminal? terminal = OuterTerminal.TryOpen(ours, out _);
        return settings.LetsIn(host.Process.Uid, isConsole: terminal is { IsPseudo: false }, isOfBreakGlass);
    }

    static int RunWithout(Invocation invocation, LoginWords words)
    {
        if (words.Command is not { } command || !TransferNotice.TryRecognise(command, out _))
            return Become(invocation, words);
        if (TransferSession.TryRun(invocation, TransferSocketPath, words, out string fault) is { } exitCode)
            return exitCode;
        if (fault.Length > 0)
            Log($"the copy isn't noted: {fault}");
        return Become(invocation, words);
    }

    // Returns why it isn't recorded: nothing where it's nested, or where there is a terminal.
    static string Ask(MessageSocket connection, LoginWords words, out string? terminal)
    {
        const string Recorded = "recorded ";
        terminal = null;
        using var ours = new SafeFileHandle(0, ownsHandle: false);
        Span<byte> answer = stackalloc byte[512];
        if (!connection.TrySend(SessionClaim.Write(Environment.GetEnvironmentVariable("TERM"), [.. words.Words.Skip(1).Select(Encoding.UTF8.GetString)]), ours)
            || !connection.Wait(s_answerTime)
            || connection.Receive(answer, out int length, out SafeFileHandle? given) != MessageOutcome.Message)
            return "the recorder doesn't answer";

        // The slave: it's opened by its path, so that it becomes the shell's controlling terminal, and held until then.
        string text = Encoding.UTF8.GetString(answer[..length]);
        if (given is not null && text.StartsWith(Recorded, StringComparison.Ordinal))
            terminal = text[Recorded.Length..];
        else
            given?.Dispose();
        return text is "nested" || terminal is not null ? "" : text;
    }

    static int RunRecorded(Invocation invocation, MessageSocket connection, LoginWords words, string terminal)
    {
        LoginShell.LeaveTerminal();
        int pid = LoginShell.Start(words.Shell, words.Words, terminal);
        if (pid < 0)
        {
            connection.TrySend("exit 127"u8);
            connection.Wait(s_endTime);
            return NotFound;
        }

        var registrations = s_passedOn.Select(passed => invocation.Signals.On(passed.Signal, () => LoginShell.Send(pid, passed.Number))).ToList();
        int status = AwaitEnd(pid);
        foreach (IDisposable registration in registrations)
            registration.Dispose();

        // What the shell said last is on the screen once the keeper is done; who is killed meanwhile only hurries.
        if (connection.TrySend(Encoding.UTF8.GetBytes($"exit {(status < 0 ? 128 - status : status)}")))
            connection.Wait(s_endTime);
        if (status < 0)
            LoginShell.EndBy(-status);
        return status < 0 ? 128 - status : status;
    }

    /// <summary>Waits for the end of a shell that was started.</summary>
    /// <returns>Its exit code; minus the signal where one ended it. How it ended isn't known where the kernel doesn't tell: that's said, and no success.</returns>
    public static int AwaitEnd(int pid)
    {
        if (LoginShell.WaitForEnd(pid) is { } status)
            return status;
        Log("how the shell ended isn't known: the kernel doesn't tell");
        return 1;
    }

    static int Become(Invocation invocation, LoginWords words)
    {
        string why = LoginShell.Become(words.Shell, words.Words);
        using var error = new Utf8Output(invocation.Error);
        error.Write($"{ShellName}: cannot run {words.Shell}: {why}\n");
        return CannotRun;
    }

    static RecorderConfiguration ReadSettings()
    {
        try
        {
            RecorderConfiguration settings = RecorderConfiguration.Parse(File.ReadAllText(ConfigurationPath), out IReadOnlyList<string> faults);
            foreach (string fault in faults)
                Log($"{ConfigurationPath}: {fault}");
            return settings;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return RecorderConfiguration.Default;
        }
    }

    // By its name, which isn't what it's called by: a login shell's begins with a dash.
    static void Log(string text)
    {
        const int Daemon = 3 << 3, Error = 3;
        using var log = new SystemLog(ShellName, Daemon);
        log.Write(Error, Encoding.UTF8.GetBytes(text));
    }

    static int PrintHelp(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output);
        output.Write($"""
            usage: {ShellName} [ARGUMENT...]
                   {ShellName} {LoginWords.ForcedOption} | {LoginWords.ProfileOption}

            As a login shell, by sshd's ForceCommand or from /etc/profile.d: has the session recorded by akashi recorder, and runs the real shell in it. Without a terminal it
            becomes the real shell; where files are copied, akashi recorder notes who, how and how much. Where akashi recorder can't be reached, {ConfigurationPath} decides
            (policy = degrade, strict or off). The real shell is the one of {LoginShells.Path}, or that of the account.

            akashi setup sessions sets it up; docs/recorder.md says what it can't stop.

            """);
        return 0;
    }
}
