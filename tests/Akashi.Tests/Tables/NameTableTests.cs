using System.Text;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Tables;

public sealed class NameTableTests
{
    public static TheoryData<string, string> Families()
    {
        var families = new TheoryData<string, string>();
        foreach (var (input, type) in TableInputs.Families)
            families.Add(input, type);
        return families;
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Entries_stand_in_the_order_of_the_input(string input, string type)
    {
        NameTable table = TableInputs.Table(type);
        var entries = new List<(long, string)>();
        for (int index = 0; index < table.Count; index++)
            entries.Add((table.NumberAt(index), Encoding.ASCII.GetString(table.NameAt(index))));

        Assert.Equal(TableInputs.Rows(input), entries);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_number_finds_its_first_name_and_every_name_its_number(string input, string type)
    {
        NameTable table = TableInputs.Table(type);
        var rows = TableInputs.Rows(input);

        foreach (var (number, name) in rows)
        {
            Assert.True(table.TryGetName(number, out var shown));
            Assert.Equal(rows.First(row => row.Number == number).Name, Encoding.ASCII.GetString(shown));

            Assert.True(table.TryGetNumber(TableInputs.Bytes(name), out long exact));
            Assert.Equal(rows.First(row => row.Name == name).Number, exact);

            Assert.True(table.TryGetNumberIgnoreCase(TableInputs.Bytes(name.ToUpperInvariant()), out long folded));
            Assert.Equal(rows.First(row => row.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Number, folded);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Numbers_and_names_beside_the_entries_find_nothing(string input, string type)
    {
        NameTable table = TableInputs.Table(type);
        var rows = TableInputs.Rows(input);
        var numbers = rows.Select(row => row.Number).ToHashSet();
        var names = rows.Select(row => row.Name).ToHashSet();

        foreach (var (number, name) in rows)
        {
            foreach (long beside in (long[])[number - 1, number + 1, -number - 1])
                Assert.Equal(numbers.Contains(beside), table.TryGetName(beside, out _));
            foreach (string beside in (string[])[name + "x", name[..^1], "", name.ToLowerInvariant(), name.ToUpperInvariant()])
                Assert.Equal(names.Contains(beside), table.TryGetNumber(TableInputs.Bytes(beside), out _));
        }
    }

    [Fact]
    public void A_default_table_is_empty()
    {
        NameTable table = default;

        Assert.Equal(0, table.Count);
        Assert.False(table.TryGetName(0, out _));
        Assert.False(table.TryGetNumber("read"u8, out _));
        Assert.False(table.TryGetNumberIgnoreCase(""u8, out _));
    }

    [Fact]
    public void Searching_allocates_nothing()
    {
        long Search(int rounds)
        {
            long sum = 0;
            for (int round = 0; round < rounds; round++)
            {
                SyscallsX86_64.Names.TryGetName(round % 500, out var name);
                SyscallsX86_64.Names.TryGetNumber("openat"u8, out long number);
                sum += name.Length + number;
            }
            return sum;
        }

        Search(10_000);
        Allocation.IsZero(() => Search(100_000));
    }
}
