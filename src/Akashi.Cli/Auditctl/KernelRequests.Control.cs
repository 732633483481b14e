using System.Buffers;
using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Output;
using Akashi.Rules;

namespace Akashi.Cli.Auditctl;

// Options that aren't part of a rule.
sealed partial class KernelRequests
{
    bool Control(RuleOption option, IReadOnlyList<RuleOption> all)
    {
        string value = option.Value ?? "";
        bool isInterpreted = all.Any(other => other.Name == "-i");
        string? key = all.FirstOrDefault(other => other.Name == "-k").Value;
        return option.Name switch
        {
            "-s" => ShowStatus(isInterpreted),
            "-l" => ListRules(key, isInterpreted),
            "-D" => DeleteRules(key) && ListRules(key, isInterpreted: false),
            "-e" => SetLevel(value, "Enable", "enable", AuditStatusMask.Enabled, level => new AuditStatus { Enabled = level }),
            "-f" => SetLevel(value, "Failure", "failure", AuditStatusMask.Failure, level => new AuditStatus { Failure = level }),
            "-b" => SetNumber(value, "Backlog", "backlog", AuditStatusMask.BacklogLimit, n => new AuditStatus { BacklogLimit = n }),
            "-r" => SetNumber(value, "Rate", "rate", AuditStatusMask.RateLimit, n => new AuditStatus { RateLimit = n }),
            "--backlog_wait_time" => SetNumber(value, "Backlog_wait_time", "backlog wait time",
                AuditStatusMask.BacklogWaitTime, n => new AuditStatus { BacklogWaitTime = n }),
            "--reset-lost" => Reset("lost", AuditStatusMask.Lost),
            "--reset_backlog_wait_time_actual" => Reset("backlog_wait_time_actual", AuditStatusMask.BacklogWaitTimeActual),
            "--loginuid-immutable" => LockLoginUsers(),
            "-q" => MakeEquivalent(value),
            "-t" => Request("trim", () => Kernel.Trim()),
            "-m" => SendMessage(value),
            "--signal" => SendSignal(value),
            _ => true,
        };
    }

    bool ShowStatus(bool isInterpreted)
    {
        StatusListing.Write(_output, Kernel.GetStatus(), isInterpreted);
        StatusListing.Write(_output, Kernel.GetFeatures());
        return true;
    }

    bool ListRules(string? key, bool isInterpreted)
    {
        var listing = new RuleListing(HostMachine, isInterpreted)
        {
            InterpretArgument = isInterpreted ? new ArgumentWords(_invocation.Host).Of : null,
        };
        var text = new ArrayBufferWriter<byte>();
        bool isEmpty = true;
        foreach (byte[] bytes in Kernel.ListRules())
        {
            if (!RuleDecoder.TryDecode(bytes, out Rule? rule, out RuleFault fault))
            {
                _error.Write($"{_invocation.Name}: cannot read a rule of the kernel: {fault}\n");
                continue;
            }
            if (!HasKey(rule, key))
                continue;
            text.ResetWrittenCount();
            listing.Write(rule, text);
            if (_invocation.OutputIsTerminal)
                _output.WriteEscaped(text.WrittenSpan);
            else
                _output.Write(text.WrittenSpan);
            _output.Write("\n"u8);
            isEmpty = false;
        }
        if (isEmpty)
            _output.Write("No rules\n"u8);
        return true;
    }

    bool DeleteRules(string? key)
    {
        foreach (byte[] bytes in Kernel.ListRules())
        {
            bool isChosen = key is null || (RuleDecoder.TryDecode(bytes, out Rule? rule, out _) && HasKey(rule, key));
            if (isChosen && !Request("delete rule data", () => Kernel.DeleteRule(bytes)))
                return false;
        }
        return true;
    }

    static bool HasKey(Rule rule, string? key) => key is null || rule.Key.Span.IndexOf(Encoding.UTF8.GetBytes(key)) >= 0;

    bool SetLevel(string value, string word, string request, AuditStatusMask mask, Func<uint, AuditStatus> make)
    {
        if (value is not ("0" or "1" or "2"))
            return Fail($"{word} must be 0, 1, or 2 was {value}");
        return Set(request, mask, make((uint)(value[0] - '0')));
    }

    bool SetNumber(string value, string word, string request, AuditStatusMask mask, Func<uint, AuditStatus> make)
    {
        if (!uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
            return Fail($"{word} must be a numeric value was {value}");
        return Set(request, mask, make(number));
    }

    bool Set(string request, AuditStatusMask mask, AuditStatus status)
    {
        if (!Request(request, () => Kernel.SetStatus(mask, status)))
            return false;
        StatusListing.Write(_output, Kernel.GetStatus(), isInterpreted: false);
        return true;
    }

    bool Reset(string name, AuditStatusMask mask) => Request($"{name} reset", () =>
        _error.Write($"{name}: {Kernel.SetStatus(mask, default)}\n"));

    bool LockLoginUsers()
    {
        const uint Bit = AuditFeatures.LoginuidImmutable;
        if (!Request("loginuid immutable", () => Kernel.SetFeatures(new AuditFeatures(Bit, Bit, Bit))))
            return false;
        StatusListing.Write(_output, Kernel.GetFeatures());
        return true;
    }

    bool MakeEquivalent(string value)
    {
        string[] paths = value.Split(',', 2);
        return paths.Length == 2
            ? Request("make equivalent", () => Kernel.MakeEquivalent(paths[0], paths[1]))
            : Fail($"-q needs a mount point and a subtree with a comma between was {value}");
    }

    bool SendMessage(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\0', '\x1F'))
            return Fail("Illegal character in audit event");
        return Request("user message", () => Kernel.SendUserMessage(UserMessage.RecordType, UserMessage.Write(text)));
    }

    // The owner of the kernel's audit is the daemon, whoever's it is.
    bool SendSignal(string word)
    {
        const int Usage = 1;
        const int NotRunning = 2;
        Signal? signal = word.ToUpperInvariant() switch
        {
            "TERM" or "STOP" => Signal.Terminate,
            "HUP" or "RELOAD" => Signal.Hangup,
            "USR1" or "ROTATE" => Signal.User1,
            "USR2" or "RESUME" => Signal.User2,
            "CONT" or "STATE" => Signal.Continue,
            _ => null,
        };
        _signalCode = Usage;
        if (signal is null)
            return Fail($"{word} is an unsupported signal");
        uint pid = Kernel.GetStatus().Pid;
        _signalCode = NotRunning;
        if (pid == 0)
            return Fail("Auditd is not running");
        _signalCode = Usage;
        string? refusal = _invocation.Host.SendSignal((int)pid, signal.Value, signal == Signal.Terminate ? s_endTimeout : default);
        return refusal is null || Fail($"Failed sending signal to auditd ({refusal})");
    }

    bool Fail(string text)
    {
        Say(text);
        return false;
    }
}
