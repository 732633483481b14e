using System.Text;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Tables;

public class FieldIndexTests
{
    [Fact]
    public void Every_name_of_the_table_is_found()
    {
        for (int entry = 0; entry < FieldTypes.Names.Count; entry++)
        {
            ReadOnlySpan<byte> name = FieldTypes.Names.NameAt(entry);
            Assert.Equal(FirstEntryOf(name), FieldIndex.EntryOf(name));
            Assert.True(FieldTypes.Names.TryGetNumber(name, out long type));
            Assert.Equal((FieldType)type, FieldIndex.TypeOf(name));
        }
    }

    // Names of the table with a letter changed, added or left out, and made-up ones.
    [Fact]
    public void Finds_what_the_table_finds() => Seeded.Repeat(20000, random =>
    {
        string name = Encoding.ASCII.GetString(FieldTypes.Names.NameAt(random.Next(FieldTypes.Names.Count)));
        int place = random.Next(name.Length);
        string changed = random.Next(5) switch
        {
            0 => name.Remove(place, 1),
            1 => name.Insert(place, "x"),
            2 => name[..place] + (char)random.Next(256) + name[(place + 1)..],
            3 => name.ToUpperInvariant(),
            _ => new string([.. Enumerable.Range(0, random.Next(24)).Select(_ => (char)random.Next(256))]),
        };
        byte[] bytes = Encoding.Latin1.GetBytes(changed);

        Assert.Equal(FirstEntryOf(bytes), FieldIndex.EntryOf(bytes));
        Assert.Equal(FieldTypes.Names.TryGetNumber(bytes, out long type) ? (FieldType)type : FieldType.Unclassified, FieldIndex.TypeOf(bytes));
    });

    // Names as above, in letters of either case.
    [Fact]
    public void Finds_capitals_as_the_letters_that_they_stand_for() => Seeded.Repeat(20000, random =>
    {
        byte[] name = FieldTypes.Names.NameAt(random.Next(FieldTypes.Names.Count)).ToArray();
        for (int index = 0; index < name.Length; index++)
        {
            if (random.Next(40) == 0)
                name[index] = (byte)random.Next(256);
            else if (random.Next(40) != 0)
                name[index] = name[index] is >= (byte)'a' and <= (byte)'z' ? (byte)(name[index] - 32) : name[index];
        }

        bool hasSmall = name.Any(letter => letter is >= (byte)'a' and <= (byte)'z');
        byte[] small = [.. name.Select(letter => letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter + 32) : letter)];

        Assert.Equal(hasSmall ? -1 : FirstEntryOf(small), FieldIndex.EntryOfCapitals(name));
    });

    static int FirstEntryOf(ReadOnlySpan<byte> name)
    {
        for (int entry = 0; entry < FieldTypes.Names.Count; entry++)
        {
            if (FieldTypes.Names.NameAt(entry).SequenceEqual(name))
                return entry;
        }

        return -1;
    }
}
