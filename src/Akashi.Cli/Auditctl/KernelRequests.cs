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
    readonly DiagnosticBag _diagnostics = new();
    RuleParser? _parser;
    byte[] _encoded = [];
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
        _hasSetEnabled |= Has(options, "-e");

        RuleParser parser = BeginRule();
        bool isSelection = Has(options, "-D") || Has(options, "-l");
        bool hasRule = false;
        int reported = 0;
        for (int index = 0; index < options.Count; index++)
        {
            RuleOption option = options[index];
            bool isDone = true;
            if (option.IsOfRule && !(isSelection && option.Name == "-k"))
                (hasRule, isDone) = (true, parser.Take(option));
            else if (!option.IsOfRule)
                isDone = Control(option, options);
            Report(ref reported);
            if (!isDone)
                return option.Name == "--signal" ? _signalCode : ParameterError;
        }

        if (!hasRule)
            return 0;
        RuleChange? change = parser.Finish();
        Report(ref reported);
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

    // A file has many rules: what one was read with serves the next.
    RuleParser BeginRule()
    {
        _diagnostics.Clear();
        _parser ??= new RuleParser(Context with { HasIoUringList = File is not null }, _diagnostics) { File = File };
        _parser.Restart();
        _parser.Line = Line;
        return _parser;
    }

    /// <summary>Whether an option was typed; by index, as an enumerator of every line's options would be garbage.</summary>
    internal static bool Has(IReadOnlyList<RuleOption> options, string name)
    {
        for (int index = 0; index < options.Count; index++)
        {
            if (options[index].Name == name)
                return true;
        }
        return false;
    }

    static bool ChangesRules(IReadOnlyList<RuleOption> options) =>
        options.Any(option => option.Name is "-a" or "-A" or "-d" or "-D" or "-w" or "-W");

    // auditctl says nothing of an unknown user on its command line; in a file the line alone would leave one guessing.
    void Report(ref int reported)
    {
        for (; reported < _diagnostics.All.Count; reported++)
        {
            Diagnostic diagnostic = _diagnostics.All[reported];
            if (diagnostic.Number != (int)RuleMessage.AccountUnknown || File is not null)
                Say(diagnostic.Text);
        }
    }

    bool Send(RuleChange change)
    {
        const int InvalidArgument = 22;
        string name = change.IsDeletion ? "delete rule data" : "add rule data";
        try
        {
            Send(change.Rule, change.IsDeletion);
            return true;
        }
        catch (KernelRequestException exception) when (exception.Errno == InvalidArgument && change.Rule.TryWithPathForTree(out Rule? plain))
        {
            // Kernels before 2.6.30 know no dir: there a watch of a directory is one of a path.
            return Request(name, () => Send(plain, change.IsDeletion));
        }
        catch (KernelRequestException exception)
        {
            return Refuse(name, exception);
        }
    }

    void Send(Rule rule, bool isDeletion)
    {
        ReadOnlySpan<byte> bytes = RuleEncoder.Encode(rule, ref _encoded);
        if (isDeletion)
            Kernel.DeleteRule(bytes);
        else
            Kernel.AddRule(bytes);
    }

    bool Request(string name, Action send)
    {
        try
        {
            send();
            return true;
        }
        catch (KernelRequestException exception)
        {
            return Refuse(name, exception);
        }
    }

    bool Refuse(string name, KernelRequestException exception)
    {
        const int FileExists = 17;
        Say($"Error sending {name} request ({(exception.Errno == FileExists ? "Rule exists" : exception.Reason)})");
        return false;
    }
}
