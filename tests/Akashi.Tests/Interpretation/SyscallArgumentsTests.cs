using Akashi.Interpretation;
using Akashi.Tables;

namespace Akashi.Tests.Interpretation;

public class SyscallArgumentsTests
{
    [Fact]
    public void Every_call_of_every_machine_is_found_by_its_number()
    {
        int found = 0;
        foreach (Machine machine in Enum.GetValues<Machine>())
        {
            for (long number = -2; number < 1000; number++)
            {
                bool isCall = Syscalls.ForMachine(machine).TryGetName(number, out _);
                Assert.Equal(isCall, SyscallArguments.TryGet(machine, number, out ArgumentKinds kinds));
                Assert.True(isCall || kinds == default);
                found += isCall ? 1 : 0;
            }
        }

        Assert.True(found > 3000, $"{found} calls");
    }

    // Numbers of <asm/unistd_64.h>, <asm/unistd_32.h> and <asm-generic/unistd.h>.
    [Theory]
    [InlineData(Machine.X86_64, 257, "Directory Hex OpenFlags Hex")]
    [InlineData(Machine.X86, 295, "Directory Hex OpenFlags Hex")]
    [InlineData(Machine.Aarch64, 56, "Directory Hex OpenFlags Hex")]
    [InlineData(Machine.X86_64, 62, "Hex Signal Hex Hex")]
    [InlineData(Machine.X86_64, 59, "Hex Hex Hex Hex")]
    [InlineData(Machine.X86_64, long.MaxValue, "Hex Hex Hex Hex")]
    [InlineData(Machine.Ia64, 1, "Hex Hex Hex Hex")]
    public void Arguments_are_those_of_the_call_of_that_number(Machine machine, long number, string expected)
    {
        SyscallArguments.TryGet(machine, number, out ArgumentKinds kinds);
        Assert.Equal(expected, $"{kinds.A0} {kinds.A1} {kinds.A2} {kinds.A3}");
    }
}
