using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Output;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Cli.Auditctl;

/// <summary>Does what the options of one command, or of one line of a rule file, ask of the kernel.</summary>
sealed partial class KernelRequests : IDisposable
{
    /// <summary>What auditctl returns as -1: wrong parameters, or a request that the kernel refused.</summary>
    public const int ParameterError = 255;

    const uint EnabledAndLocked = 2;

    readonly Invocation _invocation;
    readonly Utf8Output _output;
    readonly Utf8Output _error;
    IAuditKernel? _kernel;
    RuleContext? _context;

    /// <summary>Makes one; nothing is asked of the kernel yet.</summary>
    public KernelRequests(Invocation invocation, Utf8Output output, Utf8Output error)
    {
        _invocation = invocation;
        _output = output;
        _error = error;
    }

    /// <summary>The rule file that options come from; null for a command line.</summary>
    public string? File { get; set; }

    /// <summary>The line of the rule file, from 1; 0 for a command line.</summary>
    public int Line { get; set; }

    /// <summary>Does what the options ask, in their order; the rule that they make comes last.</summary>
    /// <returns>0, <see cref="ParameterError"/>, or 1 where the audit is locked.</returns>
    public int Execute(IReadOnlyList<RuleOption> options)
    {
        if (ChangesRules(options) && IsLocked())
            return 1;

        var diagnostics = new DiagnosticBag();
        var parser = new RuleParser(Context, diagnostics) { File = File, Line = Line };
        bool isSelection = options.Any(option => option.Name is "-D" or "-l");
        bool hasRule = false;
        int reported = 0;
        foreach (RuleOption option in options)
        {
            bool isDone = true;
            if (option.IsOfRule && !(isSelection && option.Name == "-k"))
                (hasRule, isDone) = (true, parser.Take(option));
            else if (!option.IsOfRule)
                isDone = Control(option, options);
            Report(diagnostics, ref reported);
            if (!isDone)
                return ParameterError;
        }

        if (!hasRule)
            return 0;
        RuleChange? change = parser.Finish();
        Report(diagnostics, ref reported);
        return change is not null && Send(change) ? 0 : ParameterError;
    }

    /// <summary>Whether the rules are locked until the next boot; says so where they are.</summary>
    public bool IsLocked()
    {
        if (Kernel.GetStatus().Enabled != EnabledAndLocked)
            return false;
        _error.Write("The audit system is in immutable mode, no rule changes allowed\n");
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _kernel?.Dispose();

    IAuditKernel Kernel => _kernel ??= _invocation.Host.OpenAuditKernel();

    RuleContext Context => _context ??= new RuleContext(HostMachine, _invocation.Host.Accounts, _invocation.Host.Files.KindOf)
    {
        Features = Kernel.GetStatus().FeatureBitmap,
    };

    Machine HostMachine => _invocation.Host.Machine switch
    {
        "aarch64" => Machine.Aarch64,
        "riscv64" => Machine.Riscv64,
        string name => Machines.TryFromName(System.Text.Encoding.UTF8.GetBytes(name), out Machine machine) ? machine : Machine.X86_64,
    };

    static bool ChangesRules(IReadOnlyList<RuleOption> options) =>
        options.Any(option => option.Name is "-a" or "-A" or "-d" or "-D" or "-w" or "-W");

    // auditctl says nothing of an unknown user on its command line; in a file the line alone would leave one guessing.
    void Report(DiagnosticBag diagnostics, ref int reported)
    {
        for (; reported < diagnostics.All.Count; reported++)
        {
            Diagnostic diagnostic = diagnostics.All[reported];
            if (diagnostic.Number != (int)RuleMessage.AccountUnknown || File is not null)
                _error.Write(diagnostic.Text + "\n");
        }
    }

    bool Send(RuleChange change)
    {
        byte[] bytes = RuleEncoder.Encode(change.Rule);
        return change.IsDeletion
            ? Request("delete rule data", () => Kernel.DeleteRule(bytes))
            : Request("add rule data", () => Kernel.AddRule(bytes));
    }

    bool Request(string name, Action send)
    {
        const int FileExists = 17;
        try
        {
            send();
            return true;
        }
        catch (KernelRequestException exception)
        {
            string reason = exception.Errno == FileExists ? "Rule exists" : exception.Reason;
            _error.Write($"Error sending {name} request ({reason})\n");
            return false;
        }
    }
}
