using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>A rule as the kernel holds and lists it: two are equal where the kernel takes them for the same.</summary>
/// <remarks>
/// The kernel forgets that a rule was put before the others, and takes the 16 class bits out of the last word of the mask; no other
/// byte changes. Bytes that were listed can be deleted and added as they are.
/// </remarks>
public sealed class HeldRule : IEquatable<HeldRule>
{
    const int ClassBitsOffset = RuleEncoder.FieldsOffset - 2;

    HeldRule(byte[] bytes, Rule rule)
    {
        Bytes = bytes;
        Rule = rule;
    }

    /// <summary>The struct audit_rule_data, as it is listed.</summary>
    public byte[] Bytes { get; }

    /// <summary>What the bytes say.</summary>
    public Rule Rule { get; }

    /// <summary>The list it stands on; rules of different lists have no order among them.</summary>
    public FilterList List => Rule.List;

    /// <summary>Where it was read; null where it was listed by the kernel.</summary>
    public RuleSetLine? Source { get; private init; }

    /// <summary>The rule of a file, as the kernel will list it.</summary>
    public static HeldRule OfFile(Rule rule, RuleSetLine source)
    {
        return new HeldRule(ToListed(RuleEncoder.Encode(rule)), rule) { Source = source };
    }

    /// <summary>The bytes of a rule as the kernel will list it.</summary>
    /// <param name="encoded">The bytes that add it.</param>
    public static byte[] ToListed(ReadOnlySpan<byte> encoded)
    {
        byte[] bytes = encoded.ToArray();
        bytes[0] &= unchecked((byte)~RuleEncoder.PrependFlag);
        bytes.AsSpan(ClassBitsOffset, 2).Clear();
        return bytes;
    }

    /// <summary>A rule that the kernel listed.</summary>
    /// <returns>Null, and why, where the bytes are no rule.</returns>
    public static HeldRule? OfKernel(byte[] listed, out RuleFault fault) =>
        RuleDecoder.TryDecode(listed, out Rule? rule, out fault) ? new HeldRule(listed, rule) : null;

    /// <summary>The bytes that put it before the others of its list.</summary>
    public byte[] ToPrepended()
    {
        byte[] bytes = [.. Bytes];
        bytes[0] |= (byte)RuleEncoder.PrependFlag;
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(HeldRule? other) => other is not null && Bytes.AsSpan().SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HeldRule);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }
}
