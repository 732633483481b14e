using Akashi.Cli.Auditctl;
using Akashi.Host;
using Akashi.Output;
using Akashi.Rules;

namespace Akashi.Cli.Augenrules;

/// <summary>The tool augenrules: makes audit.rules of the files of rules.d, and loads it.</summary>
/// <remarks>Exit codes: 0; 1 for usage, a missing or untrusted rules.d, a file that can't be written; with --load that of auditctl -R.</remarks>
/// <param name="directory">Where audit.rules and rules.d are: /etc/audit.</param>
sealed class AugenrulesTool(string directory)
{
    const uint EnabledAndLocked = 2;

    readonly string _rulesDirectory = Path.Combine(directory, "rules.d");
    readonly string _rulesFile = Path.Combine(directory, "audit.rules");

    /// <summary>The row for the registry.</summary>
    public static Tool Tool { get; } = new("augenrules", "make audit.rules of the files of rules.d, and load it", new AugenrulesTool("/etc/audit").Run)
    {
        Manual = AugenrulesManual.Make,
    };

    /// <summary>Runs it.</summary>
    public int Run(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output, FlushMode.Line);
        if (invocation.Arguments.Any(word => word is not ("--check" or "--load")))
        {
            output.Write($"Usage: {invocation.Name} [--check|--load]\n");
            return 1;
        }

        bool loads = invocation.Arguments.Contains("--load");
        if (invocation.Host.Files.KindOf(_rulesDirectory) != FileKind.Directory)
        {
            output.Write($"{invocation.Name}: No rules directory - {_rulesDirectory}\n");
            output.Flush();
            if (loads)
                Load(invocation);
            return 1;
        }

        byte[] merged = Merge(invocation.Host);
        bool isChanged = !IsPresent(merged);
        if (!isChanged)
            output.Write($"{invocation.Name}: No change\n");
        else if (invocation.Arguments.Contains("--check"))
            return Say(output, $"{invocation.Name}: Rules have changed and should be updated\n");
        else if (IsLocked(invocation.Host))
            return Say(output, $"{invocation.Name}: Audit system is in immutable mode - exiting with no changes\n");
        else
            new AuditRulesFile(_rulesFile).Replace(merged);
        output.Flush();
        return loads ? Load(invocation) : 0;
    }

    byte[] Merge(IHost host)
    {
        var files = new RulesDirectory(host);
        var merge = new RuleMerge();
        foreach (string path in files.Find(_rulesDirectory))
            merge.Add(files.Read(path));
        return merge.ToFile(_rulesDirectory);
    }

    bool IsPresent(byte[] merged)
    {
        try
        {
            return File.ReadAllBytes(_rulesFile).AsSpan().SequenceEqual(merged);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Where the kernel doesn't tell, it isn't known to be locked: in a container, or without the right to ask.
    static bool IsLocked(IHost host)
    {
        try
        {
            using IAuditKernel kernel = host.OpenAuditKernel();
            return kernel.GetStatus().Enabled == EnabledAndLocked;
        }
        catch (KernelRequestException)
        {
            return false;
        }
    }

    int Load(Invocation invocation) => AuditctlTool.Run(new Invocation
    {
        Name = "auditctl",
        Arguments = ["-R", _rulesFile],
        Input = invocation.Input,
        InputKind = invocation.InputKind,
        Output = invocation.Output,
        OutputIsTerminal = invocation.OutputIsTerminal,
        Error = invocation.Error,
        Host = invocation.Host,
        Signals = invocation.Signals,
    });

    static int Say(Utf8Output output, string text)
    {
        output.Write(text);
        return 0;
    }
}
