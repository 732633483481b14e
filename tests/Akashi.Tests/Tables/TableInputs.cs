using System.Reflection;
using System.Text;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Tables;

/// <summary>The inputs of the generated tables, read without the generator.</summary>
static class TableInputs
{
    delegate NameTable NamesOf();

    /// <summary>Number and name of an input, in its order.</summary>
    public static (long Number, string Name)[] Rows(string input) =>
        [.. Lines(input).Select(columns => (long.Parse(columns[0]), columns[1]))];

    /// <summary>Symbol and name of an input, in its order.</summary>
    public static (string Symbol, string Name)[] Symbols(string input) =>
        [.. Lines(input).Select(columns => (columns[0], columns[1]))];

    /// <summary>Input and class of every family.</summary>
    public static IEnumerable<(string Input, string Type)> Families => Lines("families").Select(columns => (columns[0], columns[1]));

    /// <summary>The table of a generated class.</summary>
    public static NameTable Table(string type)
    {
        MethodInfo getter = typeof(NameTable).Assembly.GetType("Akashi.Tables." + type, throwOnError: true)!
            .GetProperty("Names")!.GetMethod!;
        return getter.CreateDelegate<NamesOf>()();
    }

    /// <summary>A text as ASCII.</summary>
    public static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    static IEnumerable<string[]> Lines(string input) =>
        File.ReadLines(RepositoryFiles.PathOf("tables", input + ".tsv")).Select(line => line.Split('\t'));
}
