using Akashi.Cli.CommandLine;
using Akashi.Configuration;
using Akashi.Daemon.Remote;
using Akashi.Daemon.State;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Output;

namespace Akashi.Cli.Auditd;

/// <summary>The daemon under its classic name.</summary>
/// <remarks>Exit codes as auditd(8): 0 clean, 1 failure, 2 usage, 4 no privilege, 6 configuration; systemd doesn't start it anew after the last three.</remarks>
static class AuditdTool
{
    const int Failure = 1;
    const int UsageError = 2;
    const int NoPrivilege = 4;
    const int ConfigurationError = 6;
    const int OperationNotPermitted = 1;

    public static Tool Tool { get; } = new("auditd", "record the kernel's audit", Run) { Manual = AuditdManual.Make };

    static int Run(Invocation invocation)
    {
        var typed = new AuditdOptions();
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        var messages = new AuditdMessages(error, invocation.Host);
        if (AuditdOptions.Table.Parse(invocation.Arguments, typed, (_, words) => $"{words.Peek()} is an unsupported option") is { } fault)
            return Fail(messages, UsageError, fault);
        if (typed.WantsHelp || typed.WantsVersion)
            return PrintAbout(invocation, typed);

        RestartHandover? handover = RestartHandover.Take();
        bool isChild = BackgroundStart.IsChild || handover is { IsInBackground: true };
        typed.ConfigurationDirectory = handover?.Directory ?? Path.GetFullPath(typed.ConfigurationDirectory);
        if (handover is { IsInBackground: true })
            messages.UseSystemLog();
        if (ReadConfiguration(invocation.Host, typed, messages, saysWarnings: !isChild, out AkashiConfiguration own) is not { } configuration)
            return invocation.Host.Process.Uid == 0 ? ConfigurationError : NoPrivilege;
        if (typed.IsTrial)
            return CanSecure(invocation.Host, configuration, messages) ? 0 : invocation.Host.Process.Uid == 0 ? ConfigurationError : NoPrivilege;
        try
        {
            if (!typed.WritesToOutput && !typed.IsSupervised && !isChild)
                return BackgroundStart.Run();
            if (isChild)
                BackgroundStart.Begin();
            return new AuditdRun(invocation, typed, messages, isChild, handover).Run(configuration, own);
        }
        catch (KernelRequestException exception) when (exception.Errno == OperationNotPermitted)
        {
            return Fail(messages, NoPrivilege, exception.Message);
        }
        catch (AuditException exception)
        {
            return Fail(messages, Failure, exception.Message);
        }
    }

    /// <summary>Reads auditd.conf and akashi.conf, and looks at what they name; says what is wrong.</summary>
    /// <returns>Null where there is an error in either.</returns>
    internal static AuditdConfiguration? ReadConfiguration(
        IHost host, AuditdOptions typed, AuditdMessages messages, bool saysWarnings, out AkashiConfiguration own)
    {
        var diagnostics = new DiagnosticBag();
        AuditdConfiguration configuration = AuditdConfigurationFile.Read(host.Files, typed.ConfigurationDirectory, typed.AllowsLink, diagnostics);
        own = AkashiConfigurationFile.Read(host.Files, typed.ConfigurationDirectory, typed.AllowsLink, diagnostics);
        if (typed.WritesToOutput)
            configuration = configuration with { WritesLogs = false };
        if (!diagnostics.HasErrors)
            AuditdConfigurationPlace.Check(host, configuration, diagnostics);
        foreach (Diagnostic diagnostic in diagnostics.All)
        {
            if (saysWarnings || diagnostic.Severity == Severity.Error)
                messages.Say(diagnostic.ToString());
        }

        return diagnostics.HasErrors ? null : configuration;
    }

    // What the start would refuse: certificates, keys and the list of clients are opened as it does.
    static bool CanSecure(IHost host, AuditdConfiguration configuration, AuditdMessages messages)
    {
        if (!configuration.ServesMachines || configuration.Transport != RemoteTransport.Tls)
            return true;
        try
        {
            TlsOpening.Open(host.Files, configuration.Tls, receives: true, messages.Say).Dispose();
            return true;
        }
        catch (AuditException exception)
        {
            messages.Say(exception.Message);
            return false;
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

        output.Write("usage: auditd [-f] [-l] [-n] [-s STATE] [-c DIR]\n"u8);
        AuditdOptions.Table.WriteHelp(output);
        return 0;
    }

    static int Fail(AuditdMessages messages, int exitCode, string text)
    {
        messages.Say(text);
        return exitCode;
    }
}
