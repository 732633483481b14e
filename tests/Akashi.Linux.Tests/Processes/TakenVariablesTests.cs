using System.Runtime.InteropServices;
using System.Text;
using Akashi.Linux.Processes;

namespace Akashi.Linux.Tests.Processes;

/// <summary>What glibc 2.36 leaves of an environment at a secure start.</summary>
public unsafe class TakenVariablesTests
{
    [Fact]
    public void What_was_taken_comes_back_and_what_was_dropped_does_not() =>
        Assert.Equal(["A=1", "B=2", "LD_PRELOAD=/x.so", "TMPDIR=/t"], GiveBack("A=1\0LD_PRELOAD=/x.so\0TMPDIR=/t\0OURS=1\0B=2\0", ["A=1", "B=2"], [], "OURS"));

    [Fact]
    public void A_word_without_a_value_stands_for_no_variable() =>
        Assert.Equal(["TMPDIR", "A=1", "TMPDIR=/t"], GiveBack("TMPDIR\0A=1\0TMPDIR=/t\0", ["TMPDIR", "A=1"], []));

    [Theory]
    [InlineData("GLIBC_TUNABLES=")]
    [InlineData("GLIBC_TUNABLES=glibc.malloc.arena_max=3")]
    public void Tunables_that_were_rewritten_are_whole_again(string copy) => Assert.Equal(
        ["A=1", "GLIBC_TUNABLES=glibc.malloc.check=1:glibc.malloc.arena_max=3"],
        GiveBack("GLIBC_TUNABLES=glibc.malloc.check=1:glibc.malloc.arena_max=3\0A=1\0", ["A=1"], [copy]));

    [Fact]
    public void Tunables_that_were_left_stay_as_they_are() =>
        Assert.Equal(["GLIBC_TUNABLES=x", "A=1"], GiveBack("GLIBC_TUNABLES=x\0A=1\0", ["GLIBC_TUNABLES=x", "A=1"], []));

    // The block as the kernel made it, what is kept of it in place, and what the loader put elsewhere.
    static string[] GiveBack(string block, string[] kept, string[] copies, params string[] dropped)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(block);
        byte[] others = Encoding.ASCII.GetBytes(string.Concat(copies.Select(copy => copy + '\0')) + '\0');
        fixed (byte* start = bytes)
        fixed (byte* other = others)
        {
            var variables = new List<nint>();
            foreach (string variable in kept)
                variables.Add((nint)(start + bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(variable + '\0'))));
            if (copies.Length > 0)
                variables.Add((nint)other);
            nint[] own = [.. variables, 0];
            fixed (nint* environment = own)
                TakenVariables.GiveBack(variables, (byte**)environment, dropped, start, start + bytes.Length);
            return [.. variables.Select(variable => Marshal.PtrToStringUTF8(variable)!)];
        }
    }
}
