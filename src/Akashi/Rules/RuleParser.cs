using System.Text;
using Akashi.Diagnostics;
using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>Makes a rule of auditctl's options: <see cref="Take"/> each in turn, then <see cref="Finish"/>.</summary>
/// <remarks>
/// The order matters as it does for auditctl: the list before fields, arch before -S, a key after what it is for. Warnings go
/// into the bag and change nothing; the first error ends the rule.
/// </remarks>
/// <param name="context">The machine, accounts and paths that names are looked up in.</param>
/// <param name="diagnostics">Receives warnings and errors, in the order they are found.</param>
public sealed partial class RuleParser(RuleContext context, DiagnosticBag diagnostics)
{
    const int NameBytesUsual = 64;

    readonly List<RuleCondition> _conditions = [];
    readonly List<byte[]> _keys = [];
    readonly List<string> _names = [];

    FilterList? _list;
    RuleAction _action;
    SyscallMask? _syscalls;
    Machine? _arch;
    bool _isDeletion, _isPrepended, _isWatch;
    bool _hasSyscalls, _hasMismatch;
    int _column;

    /// <summary>The file that the rule stands in; null for a command line.</summary>
    public string? File { get; init; }

    /// <summary>The line of the file, from 1; 0 for a command line.</summary>
    public int Line { get; set; }

    /// <summary>Whether an option made this a rule.</summary>
    public bool HasRule => _list is not null;

    /// <summary>Reads a whole rule from options.</summary>
    /// <returns>Null where it is none; the bag has the reason.</returns>
    public static RuleChange? Parse(IEnumerable<RuleOption> options, RuleContext context, DiagnosticBag diagnostics)
    {
        var parser = new RuleParser(context, diagnostics);
        foreach (RuleOption option in options)
        {
            if (!parser.Take(option))
                return null;
        }
        return parser.Finish();
    }

    /// <summary>Reads a whole rule from a line of text, as a rule file has it: <c>-a always,exit -F arch=b64 -S execve</c>.</summary>
    /// <returns>Null where it is none; the bag has the reason.</returns>
    public static RuleChange? Parse(string line, RuleContext context, DiagnosticBag diagnostics)
    {
        if (RuleWords.TryCut(RuleFile.Words(line), out List<RuleOption> options, out RuleMessage message, out string value))
            return Parse(options, context, diagnostics);
        diagnostics.Add(new Diagnostic((int)message, Severity.Error, RuleMessages.Text(message, value)));
        return null;
    }

    /// <summary>Begins anew, with nothing taken: a file has many rules, and the lists have grown already.</summary>
    public void Restart()
    {
        _conditions.Clear();
        _keys.Clear();
        _list = null;
        _action = default;
        _syscalls = null;
        _arch = null;
        _isDeletion = _isPrepended = _isWatch = false;
        _hasSyscalls = _hasMismatch = false;
        _column = 0;
    }

    /// <summary>Takes the next option.</summary>
    /// <returns>False where it can't be; the bag has the reason, and the parser is done.</returns>
    public bool Take(RuleOption option)
    {
        string value = option.Value ?? "";
        _column = option.Column;
        return option.Name switch
        {
            "-a" => TakeList("Append", value),
            "-A" => TakeList("Add", value),
            "-d" => TakeList("Delete", value),
            "-S" => TakeSyscalls(value),
            "-F" => TakeField(value),
            "-C" => TakePair(value),
            "-k" => TakeKey(value),
            "-w" or "-W" => TakeWatch(option.Name, value),
            "-p" => TakePermissions(value),
            _ => Fail(RuleMessage.OptionUnknown, option.Name),
        };
    }

    /// <summary>Puts the rule together, once every option was taken.</summary>
    /// <returns>Null where there is no rule, or none that can be; the bag has the reason.</returns>
    public RuleChange? Finish()
    {
        _column = 0;
        if (_list is not { } list)
        {
            Fail(RuleMessage.ListMissing);
            return null;
        }
        if (!AddDefaultSyscalls(list))
            return null;
        if (_keys.Count > 0)
        {
            byte[] joined = JoinKeys();
            _conditions.Add(RuleCondition.OfText(RuleField.Filterkey, RuleOperator.Equal, joined));
        }
        return new RuleChange(_isDeletion, new Rule(list, _isPrepended, _action, _syscalls ?? SyscallMask.None, [.. _conditions]));
    }

    // "exit,always" and "always,exit" are the same. After an action auditctl takes any word for a list, and the kernel refuses it.
    bool TakeList(string verb, string value)
    {
        if (_isWatch)
            return Fail(RuleMessage.WatchWithAction);
        if (_list is not null)
            return Fail(RuleMessage.SeveralRules);

        ReadOnlySpan<char> text = value;
        if (text.Count(',') != 1)
            return FailKeyword(verb, value);
        ReadOnlySpan<char> first = text[..text.IndexOf(',')], second = text[(first.Length + 1)..];
        if (FilterListNames.TryFind(first, out FilterList list))
        {
            if (second is "possible")
                return Fail(RuleMessage.KeywordDeprecated, verb);
            if (!TryFindAction(second, out _action))
                return FailKeyword(verb, value);
        }
        else if (!TryFindAction(first, out _action))
        {
            return FailKeyword(verb, value);
        }
        else if (!FilterListNames.TryFind(second, out list) || (list == FilterList.IoUring && !context.HasIoUringList && verb != "Delete"))
        {
            list = FilterList.Unknown;
        }

        if (list == FilterList.Filesystem && !context.HasFilesystemList)
            return Fail(RuleMessage.ListUnsupported);
        _list = list;
        _isPrepended = verb == "Add";
        _isDeletion = verb == "Delete";
        return true;
    }

    bool TakeKey(string value)
    {
        if (!CanHaveKey())
            return Fail(RuleMessage.KeyWithoutRule);
        return AddKey(value);
    }

    bool AddKey(string value)
    {
        byte[] key = Encoding.UTF8.GetBytes(value);
        if (key.AsSpan().Contains(Rule.KeySeparator))
            return Fail(RuleMessage.KeyCharacter, value);
        _keys.Add(key);
        if (JoinKeys().Length > Rule.KeyBytesMax)
            return Fail(RuleMessage.KeyTooLong);
        return CanAddCondition("key");
    }

    bool CanHaveKey() => _hasSyscalls || _isWatch || _conditions.Exists(condition => condition.Field is
        RuleField.Watch or RuleField.Dir or RuleField.Perm or RuleField.Exe or RuleField.Fstype);

    byte[] JoinKeys()
    {
        if (_keys.Count == 1)
            return _keys[0];
        var joined = new List<byte>();
        foreach (byte[] key in _keys)
        {
            if (joined.Count > 0)
                joined.Add(Rule.KeySeparator);
            joined.AddRange(key);
        }
        return [.. joined];
    }

    // auditctl itself stops one before the kernel's limit; the keys stand in one field that is added last.
    bool CanAddCondition(string field) => _conditions.Count + (_keys.Count > 0 ? 1 : 0) < Rule.ConditionCountMax
        || Fail(RuleMessage.TooManyFields, field);

    static bool TryFindAction(ReadOnlySpan<char> word, out RuleAction action)
    {
        Span<byte> room = stackalloc byte[NameBytesUsual];
        bool isKnown = RuleActions.Names.TryGetNumber(Utf8(word, room), out long number);
        action = (RuleAction)number;
        return isKnown && action != RuleAction.Possible;
    }

    // A name's bytes, without an array where it's as short as names are.
    static ReadOnlySpan<byte> Utf8(ReadOnlySpan<char> name, Span<byte> room)
    {
        if (Encoding.UTF8.TryGetBytes(name, room, out int length))
            return room[..length];
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(name)];
        Encoding.UTF8.GetBytes(name, bytes);
        return bytes;
    }

    bool FailKeyword(string verb, string value) => Fail(RuleMessage.KeywordBad, $"{verb} rule - bad keyword {value}");

    void Warn(RuleMessage message, string value = "") => Report(Severity.Warning, message, value);

    bool Fail(RuleMessage message, string value = "")
    {
        Report(Severity.Error, message, value);
        return false;
    }

    void Report(Severity severity, RuleMessage message, string value) => diagnostics.Add(
        new Diagnostic((int)message, severity, RuleMessages.Text(message, value))
        {
            File = File,
            Line = Line,
            Column = _column,
            Hint = severity == Severity.Error ? RuleHints.For(message, value, _list == FilterList.IoUring ? Machine.IoUring : _arch ?? context.Machine) : null,
        });
}
