using System.Reflection;
using System.Text;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Tables;

/// <summary>Every number that the kernel's and the C library's headers define too is the one they define.</summary>
public sealed class KernelHeaderTests
{
    [Theory]
    [InlineData("unistd_64.h", "SyscallsX86_64", 350)]
    [InlineData("unistd_32.h", "SyscallsI386", 430)]
    public void System_calls_agree_with_the_headers(string header, string type, int countMin)
    {
        var names = TableRows(type);
        var numbers = Defined(["asm/" + header], names.Select(row => ("__NR_" + row.Name)));

        Assert.True(numbers.Count >= countMin, $"the header defines only {numbers.Count} of the names");
        AssertAgree(names.Select(row => ("__NR_" + row.Name, row.Number)), numbers);
    }

    [Theory]
    [InlineData("msg_typetab", 77)]
    [InlineData("fieldtab", 44)]
    public void Record_types_and_rule_fields_agree_with_the_headers(string input, int countMin)
    {
        var rows = TableInputs.Rows(input).Zip(
            TableInputs.Symbols(input + ".symbols"), (number, symbol) => (symbol.Symbol, number.Number)).ToArray();
        var numbers = Defined(["linux/audit.h"], rows.Select(row => row.Symbol));

        Assert.True(numbers.Count >= countMin, $"the header defines only {numbers.Count} of the names");
        AssertAgree(rows, numbers);
    }

    [Theory]
    [InlineData("Errnos", "", 130, "errno.h")]
    [InlineData("AddressFamilies", "AF_", 40, "sys/socket.h")]
    [InlineData("Capabilities", "CAP_", 41, "linux/capability.h")]
    [InlineData("CloneFlags", "", 20, "linux/sched.h")]
    [InlineData("OpenFlags", "", 15, "asm/fcntl.h")]
    [InlineData("FcntlCommands", "", 25, "linux/fcntl.h")]
    [InlineData("AccessFlags", "", 3, "linux/fcntl.h")]
    [InlineData("MmapFlags", "", 15, "linux/mman.h")]
    [InlineData("ProtectionFlags", "", 6, "linux/mman.h")]
    [InlineData("MountFlags", "", 22, "linux/mount.h")]
    [InlineData("ResolveFlags", "", 6, "linux/openat2.h")]
    [InlineData("PrctlOptions", "", 55, "linux/prctl.h")]
    [InlineData("PtraceRequests", "", 20, "linux/ptrace.h asm/ptrace-abi.h")]
    [InlineData("Personalities", "", 0, "linux/personality.h")]
    [InlineData("ResourceLimits", "", 16, "asm/resource.h")]
    [InlineData("Signals", "", 30, "asm/signal.h")]
    [InlineData("SeekOrigins", "", 5, "linux/fs.h")]
    [InlineData("Clocks", "", 12, "linux/time.h")]
    [InlineData("SocketOptions", "", 70, "asm/socket.h")]
    [InlineData("SocketLevels", "", 25, "sys/socket.h netinet/in.h netinet/tcp.h netinet/udp.h linux/can.h")]
    [InlineData("TcpOptions", "", 35, "linux/tcp.h")]
    [InlineData("IpOptions", "", 40, "linux/in.h linux/netfilter_ipv4/ip_tables.h")]
    [InlineData("Ipv6Options", "", 55, "linux/in6.h linux/netfilter_ipv6/ip6_tables.h")]
    [InlineData("PacketOptions", "", 20, "linux/if_packet.h")]
    [InlineData("MessageFlags", "", 10, "sys/socket.h")]
    [InlineData("IoctlRequests", "", 15, "asm/ioctls.h linux/kd.h linux/cdrom.h linux/fs.h linux/rtc.h")]
    [InlineData("IpcCommands", "", 3, "linux/ipc.h")]
    [InlineData("UnmountFlags", "", 4, "sys/mount.h linux/mount.h")]
    public void Constants_agree_with_the_headers(string type, string prefix, int countMin, string headers)
    {
        var rows = TableRows(type).Select(row => (prefix + (prefix.Length > 0 ? row.Name.ToUpperInvariant() : row.Name), row.Number)).ToArray();
        var numbers = Defined(headers.Split(' '), rows.Select(row => row.Item1));

        Assert.True(numbers.Count >= countMin, $"the headers define only {numbers.Count} of the names");
        AssertAgree(rows, numbers);
    }

    [Theory]
    [InlineData(Machine.X86, "AUDIT_ARCH_I386")]
    [InlineData(Machine.X86_64, "AUDIT_ARCH_X86_64")]
    [InlineData(Machine.Ia64, "AUDIT_ARCH_IA64")]
    [InlineData(Machine.Ppc64, "AUDIT_ARCH_PPC64")]
    [InlineData(Machine.Ppc, "AUDIT_ARCH_PPC")]
    [InlineData(Machine.S390X, "AUDIT_ARCH_S390X")]
    [InlineData(Machine.S390, "AUDIT_ARCH_S390")]
    [InlineData(Machine.Alpha, "AUDIT_ARCH_ALPHA")]
    [InlineData(Machine.Arm, "AUDIT_ARCH_ARM")]
    [InlineData(Machine.Aarch64, "AUDIT_ARCH_AARCH64")]
    [InlineData(Machine.Ppc64Le, "AUDIT_ARCH_PPC64LE")]
    [InlineData(Machine.Riscv32, "AUDIT_ARCH_RISCV32")]
    [InlineData(Machine.Riscv64, "AUDIT_ARCH_RISCV64")]
    public void Machines_agree_with_the_headers(Machine machine, string symbol)
    {
        Assert.Equal((uint)s_machines.Value[symbol], machine.ToElf());
        Assert.True(Machines.TryFromElf((uint)s_machines.Value[symbol], out Machine found));
        Assert.Equal(machine, found);
    }

    // One program for all of them.
    static readonly Lazy<Dictionary<string, long>> s_machines = new(() => Defined(["linux/audit.h"],
        typeof(KernelHeaderTests).GetMethod(nameof(Machines_agree_with_the_headers))!.GetCustomAttributes<InlineDataAttribute>().Select(row => (string)row.Data[1]!)));

    static (string Name, long Number)[] TableRows(string type)
    {
        NameTable table = TableInputs.Table(type);
        var rows = new (string, long)[table.Count];
        for (int index = 0; index < rows.Length; index++)
            rows[index] = (Encoding.ASCII.GetString(table.NameAt(index)), table.NumberAt(index));
        return rows;
    }

    // A name that isn't a macro of the headers (newer than them, or an enum's member) isn't printed.
    static Dictionary<string, long> Defined(IEnumerable<string> headers, IEnumerable<string> symbols)
    {
        var source = new StringBuilder("#include <stdio.h>\n");
        foreach (string header in headers)
            source.Append($"#include <{header}>\n");
        source.Append("int main(void) {\n");
        foreach (string symbol in symbols.Distinct())
            source.Append($"#ifdef {symbol}\nprintf(\"{symbol} %lld\\n\", (long long)({symbol}));\n#endif\n");
        source.Append("return 0; }\n");
        return CProgram.Run(source.ToString(), "-D_GNU_SOURCE").Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => long.Parse(words[1]));
    }

    // A name that has several numbers (other machines' beside x86's) needs the headers' among them.
    // Flags with bit 31 set are negative ints in the headers.
    static void AssertAgree(IEnumerable<(string Symbol, long Number)> ours, Dictionary<string, long> theirs)
    {
        var wrong = ours.GroupBy(row => row.Symbol, row => row.Number)
            .Where(group => theirs.TryGetValue(group.Key, out long number) && !group.Any(own => own == number || own == (uint)number))
            .Select(group => $"{group.Key} is {theirs[group.Key]}, not {string.Join(" or ", group)}");

        Assert.Equal([], wrong.Except(s_knownDifferences));
    }

    // What audit-userspace prints, though the header says otherwise.
    static readonly string[] s_knownDifferences = ["IPT_SO_GET_REVISION_TARGET is 67, not 66"];
}
