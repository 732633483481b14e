using System.Runtime.InteropServices;
using Akashi.Rules;
using Akashi.Testing;

namespace Akashi.Tests.Rules;

public sealed class RuleEncoderTests
{
    // The same rule filled in by C over the kernel's header, printed byte by byte.
    const string Program = """
        #include <stdio.h>
        #include <string.h>
        #include <linux/audit.h>
        int main(void) {
            static char memory[sizeof(struct audit_rule_data) + 18];
            struct audit_rule_data *rule = (void *)memory;
            rule->flags = AUDIT_FILTER_EXIT | AUDIT_FILTER_PREPEND;
            rule->action = AUDIT_ALWAYS;
            rule->field_count = 5;
            rule->mask[AUDIT_WORD(59)] |= AUDIT_BIT(59);
            rule->mask[AUDIT_WORD(437)] |= AUDIT_BIT(437);
            rule->fields[0] = AUDIT_ARCH;          rule->values[0] = AUDIT_ARCH_X86_64;  rule->fieldflags[0] = AUDIT_EQUAL;
            rule->fields[1] = AUDIT_EXE;           rule->values[1] = 7;                  rule->fieldflags[1] = AUDIT_NOT_EQUAL;
            rule->fields[2] = AUDIT_ARG2;          rule->values[2] = 0x440;              rule->fieldflags[2] = AUDIT_BIT_TEST;
            rule->fields[3] = AUDIT_FIELD_COMPARE; rule->values[3] = AUDIT_COMPARE_AUID_TO_OBJ_UID; rule->fieldflags[3] = AUDIT_NOT_EQUAL;
            rule->fields[4] = AUDIT_FILTERKEY;     rule->values[4] = 11;                 rule->fieldflags[4] = AUDIT_EQUAL;
            rule->buflen = 18;
            memcpy(rule->buf, "/bin/lsk-one\001k-two", 18);
            for (unsigned i = 0; i < sizeof *rule + 18; i++) printf("%02X\n", (unsigned char)memory[i]);
            return 0;
        }
        """;

    [Fact]
    public void The_bytes_are_those_of_the_kernels_struct()
    {
        byte[] expected = Convert.FromHexString(string.Concat(CProgram.Run(Program)));
        byte[] actual = RuleEncoder.Encode(RuleTexts.Parse(
            "-A always,exit -F arch=b64 -S execve,openat2 -F exe!=/bin/ls -F a2&=0x440 -C auid!=obj_uid -k k-one -k k-two"));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void All_system_calls_are_all_bits()
    {
        byte[] bytes = RuleEncoder.Encode(RuleTexts.Parse("-a always,exit -F pid=1"));

        Assert.All(MemoryMarshal.Cast<byte, uint>(bytes.AsSpan(12, 256)).ToArray(), word => Assert.Equal(uint.MaxValue, word));
    }

    [Fact]
    public void A_task_rule_has_no_system_calls() =>
        Assert.Equal(0, RuleTexts.Parse("-a always,task -F uid=0").Syscalls.Count);
}
