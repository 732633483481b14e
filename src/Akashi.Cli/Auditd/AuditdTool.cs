using Akashi.Cli.CommandLine;
using Akashi.Configuration;
using Akashi.Daemon;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Output;

namespace Akashi.Cli.Auditd;

/// <summary>The daemon under its classic name, in the foreground (<c>-n</c>).</summary>
/// <remarks>Exit codes as auditd(8): 0 clean, 1 failure, 2 usage, 4 no privilege, 6 configuration.</remarks>
static class AuditdTool
{
    const int UsageError = 2;
    const int NoPrivilege = 4;
    const int ConfigurationError = 6;
    const int OperationNotPermitted = 1;

    public static Tool Tool { get; } = new("auditd", "record the kernel's audit (-n: in the foreground)", Run);

    static int Run(Invocation invocation)
    {
        var typed = new AuditdOptions();
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        if (AuditdOptions.Table.Parse(invocation.Arguments, typed) is { } fault)
            return Fail(error, UsageError, fault);
        if (typed.WantsHelp || typed.WantsVersion)
            return PrintAbout(invocation, typed);
        if (!typed.StaysInForeground)
            return Fail(error, UsageError, "running in the background is not there yet", "start it with -n");

        var diagnostics = new DiagnosticBag();
        AuditdConfiguration configuration = ReadConfiguration(typed.ConfigurationDirectory, diagnostics);
        foreach (Diagnostic diagnostic in diagnostics.All)
            Say(error, diagnostic.ToString());
        if (diagnostics.HasErrors)
            return ConfigurationError;
        return Record(invocation, typed, configuration, error);
    }

    static int Record(Invocation invocation, AuditdOptions typed, AuditdConfiguration configuration, Utf8Output error)
    {
        try
        {
            using var daemon = new DaemonLoop(
                invocation.Host, configuration, [], refused => Say(error, $"{refused.Message}; records are counted and dropped until it takes them"));
            daemon.Begin(Version.Classic, typed.State == EnableState.Enable);
            WaitForEnd(invocation.Signals, daemon);
            daemon.End(SignalSenders.Find(invocation.Host));
            return 0;
        }
        catch (KernelRequestException exception) when (exception.Errno == OperationNotPermitted)
        {
            return Fail(error, NoPrivilege, exception.Message);
        }
    }

    static void WaitForEnd(ISignals signals, DaemonLoop daemon)
    {
        using var end = new SemaphoreSlim(0);
        using IDisposable terminate = signals.On(Signal.Terminate, () => end.Release());
        using IDisposable interrupt = signals.On(Signal.Interrupt, () => end.Release());
        using IDisposable rotate = signals.On(Signal.User1, daemon.Rotate);
        end.Wait();
    }

    static AuditdConfiguration ReadConfiguration(string directory, DiagnosticBag diagnostics)
    {
        string path = Path.Combine(directory, "auditd.conf");
        try
        {
            return AuditdConfigurationParser.Parse(File.ReadAllText(path), path, diagnostics);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(new Diagnostic(10, Severity.Error, $"cannot read {path}: {FileFault.Describe(exception)}"));
            return new AuditdConfiguration();
        }
    }

    static int PrintAbout(Invocation invocation, AuditdOptions typed)
    {
        using var output = new Utf8Output(invocation.Output);
        if (typed.WantsVersion)
        {
            output.Write($"auditd version {Version.Classic} (Akashi {Version.Text})\n");
            return 0;
        }

        output.Write("usage: auditd -n [-s STATE] [-c DIR]\n"u8);
        AuditdOptions.Table.WriteHelp(output);
        return 0;
    }

    static void Say(Utf8Output error, string text)
    {
        error.Write($"auditd: {text}");
        error.EndLine();
    }

    static int Fail(Utf8Output error, int exitCode, string text, string? hint = null)
    {
        Say(error, text);
        if (hint is not null)
            error.Write($"hint: {hint}\n");
        return exitCode;
    }
}
