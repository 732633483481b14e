using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Auditctl;

/// <summary>A kernel's audit that says yes to everything, has no rules, and writes down what it was asked to change.</summary>
sealed class YesKernel : IAuditKernel
{
    readonly List<string> _lines = [];

    /// <summary>A line a request: the message's type, and its payload in hexadecimal digits; of a status only what the mask names.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The line of a status, as a struct audit_status has it.</summary>
    public static string StatusLine(uint[] words)
    {
        int[] wordOfBit = [1, 2, 3, 4, 5, 8, 6, 9];
        IEnumerable<string> set = Enumerable.Range(0, wordOfBit.Length)
            .Where(bit => (words[0] & (1u << bit)) != 0)
            .Select(bit => $"{bit}={(wordOfBit[bit] < words.Length ? words[wordOfBit[bit]] : 0)}");
        return $"1001 {string.Join(' ', set)}";
    }

    /// <summary>The line of a rule.</summary>
    /// <remarks>Where no system calls are named, but arch and perm, 3.0.9 asks for all and 4.2.2 for those that the permissions can matter to: both are
    /// written as none.</remarks>
    public static string RuleLine(int type, ReadOnlySpan<byte> rule)
    {
        const int MaskOffset = 12;
        const int MaskBytes = 256;
        byte[] bytes = rule.ToArray();
        Span<byte> mask = bytes.AsSpan(MaskOffset, MaskBytes);
        if (RuleDecoder.TryDecode(bytes, out Rule? decoded, out _) && FindPermissionRule(decoded) is { } same
            && (!mask.ContainsAnyExcept((byte)0xFF) || mask.SequenceEqual(same.AsSpan(MaskOffset, MaskBytes))))
            mask.Clear();
        return $"{type} {Convert.ToHexStringLower(bytes)}";
    }

    // A rule of the same arch and permissions that names no system calls.
    static byte[]? FindPermissionRule(Rule rule)
    {
        RuleCondition[] permissions = [.. rule.Conditions.Where(condition => condition.Field == RuleField.Perm)];
        RuleCondition[] arches = [.. rule.Conditions.Where(condition => condition.Field == RuleField.Arch)];
        if (permissions.Length == 0 || arches.Length == 0)
            return null;
        string letters = string.Concat("xwra".Where((_, bit) => (permissions[^1].Value & (1u << bit)) != 0));
        string line = $"-a always,exit -F arch={(arches[0].Value == 0xC000003E ? "b64" : "b32")} -F path=/etc -F perm={letters}";
        var context = new RuleContext(Machine.X86_64, new ScriptedHost(), _ => FileKind.Missing);
        return RuleEncoder.Encode(RuleParser.Parse(line, context, new DiagnosticBag())!.Rule);
    }

    public AuditStatus GetStatus() => new(1, 1, 0, 0, 64, 0, 0, 0x7F, 0, 0);

    public uint SetStatus(AuditStatusMask mask, in AuditStatus status)
    {
        _lines.Add(StatusLine(
            [(uint)mask, status.Enabled, status.Failure, status.Pid, status.RateLimit, status.BacklogLimit, status.Lost, 0, 0, status.BacklogWaitTime]));
        return 0;
    }

    public AuditFeatures GetFeatures() => default;

    public void SetFeatures(in AuditFeatures features) =>
        _lines.Add($"1018 {Hex(features.Mask)}{Hex(features.Features)}{Hex(features.Lock)}");

    public IReadOnlyList<byte[]> ListRules() => [];

    public void AddRule(ReadOnlySpan<byte> rule) => _lines.Add(RuleLine(1011, rule));

    public void DeleteRule(ReadOnlySpan<byte> rule) => _lines.Add(RuleLine(1012, rule));

    public void SendUserMessage(int type, ReadOnlySpan<byte> text) => _lines.Add($"{type} {Convert.ToHexStringLower(text)}");

    public SignalSender GetSignalSender() => new(0, 0, "");

    public void Trim() => _lines.Add("1014 ");

    public void MakeEquivalent(string mount, string subtree) => _lines.Add($"1015 {mount} {subtree}");

    public void Dispose()
    {
    }

    static string Hex(uint word) => Convert.ToHexStringLower(BitConverter.GetBytes(word));
}
