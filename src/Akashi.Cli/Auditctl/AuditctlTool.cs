using Akashi.Host;
using Akashi.Output;
using Akashi.Rules;

namespace Akashi.Cli.Auditctl;

/// <summary>The tool auditctl: rules and status of the kernel's audit.</summary>
public static class AuditctlTool
{
    const int OperationNotPermitted = 1;
    const int ConnectionRefused = 111;
    const int ProtocolNotSupported = 93;

    /// <summary>The row for the registry.</summary>
    public static Tool Tool { get; } = new("auditctl", "show and change rules and status of the kernel's audit", Run) { Manual = AuditctlManual.Make };

    /// <summary>Runs it.</summary>
    /// <returns>0; 255 for wrong parameters and refused requests; 1 for usage, a locked or disabled audit, a rule file that
    /// failed; 4 without the right to change the kernel's audit.</returns>
    public static int Run(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output);
        using var error = new Utf8Output(invocation.Error);
        try
        {
            return Run(invocation, output, error);
        }
        catch (KernelRequestException exception) when (exception.Errno == OperationNotPermitted)
        {
            error.Write("You must be root to run this program.\n");
            return 4;
        }
        catch (KernelRequestException exception) when (exception.Errno is ConnectionRefused or ProtocolNotSupported)
        {
            error.Write("The audit system is disabled\n");
            return 1;
        }
    }

    static int Run(Invocation invocation, Utf8Output output, Utf8Output error)
    {
        if (invocation.Arguments.Count == 0)
            return WriteHelp(error, exitCode: 1);

        var options = new List<RuleOption>();
        bool hasOperand = false;
        string? fault = AuditctlOptions.Table.Parse(invocation.Arguments, options, (_, words) =>
        {
            hasOperand = words.TryTakeAny(out string _);
            return null;
        });
        fault ??= CheckAlone(options, invocation.Arguments.Count, hasOperand);
        if (fault is not null)
            return FailParameters(error, fault);
        if (options.Exists(option => option.Name == "-h"))
            return WriteHelp(output, exitCode: 0);
        if (options.Exists(option => option.Name == "-v"))
        {
            output.Write($"auditctl version {Version.Classic}\n");
            return 0;
        }

        using var requests = new KernelRequests(invocation, output, error);
        int file = options.FindIndex(option => option.Name == "-R");
        if (file >= 0)
            return new RuleFileLoad(requests, invocation.Host.Files, error, options).Load(options[file].Value!);
        int exitCode = requests.Execute(options);
        if (exitCode != KernelRequests.ParameterError)
            return exitCode;
        FailParameters(error, null);
        if (EntryListHint.Of(invocation.Arguments) is { } hint)
            error.Write(hint + "\n");
        return exitCode;
    }

    static string? CheckAlone(List<RuleOption> options, int argumentCount, bool hasOperand)
    {
        if (options.Exists(option => option.Name == "-m") && argumentCount > 2)
            return "The -m option must be only the only option and takes 1 parameter";
        if (hasOperand)
            return "parameter passed without an option given";
        if (options.Exists(option => option.Name == "-R") && options.Exists(option => option.Name is not ("-R" or "-i" or "-c")))
            return "The -R option must be the only option";
        if (options.Exists(option => option.Name == "-l") && options.Exists(option => option.Name is not ("-l" or "-k" or "-i")))
            return "Only -k or -i options are allowed";
        return null;
    }

    static int FailParameters(Utf8Output error, string? fault)
    {
        if (fault is not null)
            error.Write(fault + "\n");
        error.Write("There was an error while processing parameters\n");
        return 255;
    }

    static int WriteHelp(Utf8Output output, int exitCode)
    {
        output.Write("usage: auditctl [options]\n\n");
        AuditctlOptions.Table.WriteHelp(output);
        return exitCode;
    }
}
