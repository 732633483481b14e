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

    // A daemon writes what it has before it ends.
    static readonly TimeSpan s_endTimeout = TimeSpan.FromMinutes(1);

    readonly Invocation _invocation;
    readonly Utf8Output _output;
    readonly Utf8Output _error;
    IAuditKernel? _kernel;
    RuleContext? _context;
    int _signalCode;
    bool _hasSetEnabled;

    /// <summary>Makes one; nothing is asked of the kernel yet.</summary>
    public KernelRequests(Invocation invocation, Utf8Output output, Utf8Output error)
    {
        _invocation = invocation;
        _output = output;
        _error = error;
    }

    /// <summary>The rule file that options come from; null for a command line.</summary>
    public string? File { get; set; }

    /// <summary>Whether enough was said of what is wrong.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>The line of the rule file, from 1; 0 for a command line.</summary>
    public int Line { get; set; }

    /// <summary>Does what the options ask, in their order; the rule that they make comes last.</summary>
    /// <returns>0, <see cref="ParameterError"/>, or 1 where the audit is locked.</returns>
    public int Execute(IReadOnlyList<RuleOption> options)
    {
        // A file is asked about once; then it can lock itself only by -e.
        if ((File is null || _hasSetEnabled) && ChangesRules(options) && IsLocked())
            return 1;
        _hasSetEnabled |= options.Any(option => option.Name == "-e");

        var diagnostics = new DiagnosticBag();
        var parser = new RuleParser(Context with { HasIoUringList = File is not null }, diagnostics) { File = File, Line = Line };
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
                return option.Name == "--signal" ? _signalCode : ParameterError;
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
        Say("The audit system is in immutable mode, no rule changes allowed");
        return true;
    }

    /// <summary>Writes a line to standard error; with a rule file to the system log too, which is where auditctl -R has it.</summary>
    public void Say(string text)
    {
        if (IsQuiet)
            return;
        _error.Write(text + "\n");
        if (File is not null)
            _invocation.Host.Log("auditctl", text);
    }

    /// <inheritdoc/>
    public void Dispose() => _kernel?.Dispose();

    IAuditKernel Kernel => _kernel ??= _invocation.Host.OpenAuditKernel();

    RuleContext Context => _context ??= new RuleContext(HostMachine, _invocation.Host.Accounts, _invocation.Host.Files.KindOf)
    {
        Features = Kernel.GetStatus().FeatureBitmap,
    };

    Machine HostMachine => RuleCommands.HostMachine.Of(_invocation.Host);

    static bool ChangesRules(IReadOnlyList<RuleOption> options) =>
        options.Any(option => option.Name is "-a" or "-A" or "-d" or "-D" or "-w" or "-W");

    // auditctl says nothing of an unknown user on its command line; in a file the line alone would leave one guessing.
    void Report(DiagnosticBag diagnostics, ref int reported)
    {
        for (; reported < diagnostics.All.Count; reported++)
        {
            Diagnostic diagnostic = diagnostics.All[reported];
            if (diagnostic.Number != (int)RuleMessage.AccountUnknown || File is not null)
                Say(diagnostic.Text);
        }
    }

    bool Send(RuleChange change)
    {
        return change.IsDeletion
            ? Request("delete rule data", () => SendOrRetry(change.Rule, bytes => Kernel.DeleteRule(bytes)))
            : Request("add rule data", () => SendOrRetry(change.Rule, bytes => Kernel.AddRule(bytes)));
    }

    // Kernels before 2.6.30 know no dir: there a watch of a directory is one of a path.
    static void SendOrRetry(Rule rule, Action<byte[]> send)
    {
        const int InvalidArgument = 22;
        try
        {
            send(RuleEncoder.Encode(rule));
        }
        catch (KernelRequestException exception) when (exception.Errno == InvalidArgument && rule.TryWithPathForTree(out Rule? plain))
        {
            send(RuleEncoder.Encode(plain));
        }
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
            Say($"Error sending {name} request ({reason})");
            return false;
        }
    }
}
