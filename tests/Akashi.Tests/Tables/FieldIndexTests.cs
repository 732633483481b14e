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
