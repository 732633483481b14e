using System.Text;
using Akashi.Rules;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Rules;

public sealed class FieldPairsTests
{
    [Fact]
    public void Every_pair_has_the_number_that_the_kernels_header_gives_it()
    {
        var symbols = new StringBuilder();
        for (uint number = 1; number <= FieldPairs.NumberMax; number++)
        {
            Assert.True(FieldPairs.TryGetFields(number, out RuleField left, out RuleField right));
            symbols.Append($"printf(\"%d\\n\", AUDIT_COMPARE_{Word(left)}_TO_{Word(right)});\n");
        }

        string[] numbers = CProgram.Run(
            $"#include <stdio.h>\n#include <linux/audit.h>\nint main(void) {{ {symbols} printf(\"%d\\n\", AUDIT_MAX_FIELD_COMPARE); return 0; }}");
        Assert.Equal(Enumerable.Range(1, 25).Append(25).Select(number => number.ToString()), numbers);
    }

    [Fact]
    public void The_order_of_the_two_is_free()
    {
        Assert.True(FieldPairs.TryGetNumber(RuleField.ObjUid, RuleField.Uid, out uint number));
        Assert.Equal(1u, number);
        Assert.False(FieldPairs.TryGetNumber(RuleField.Uid, RuleField.Gid, out _));
        Assert.False(FieldPairs.TryGetFields(0, out _, out _));
        Assert.False(FieldPairs.TryGetFields(26, out _, out _));
    }

    static string Word(RuleField field)
    {
        Assert.True(RuleFields.Names.TryGetName((long)field, out var name));
        return Encoding.ASCII.GetString(name).ToUpperInvariant();
    }
}
