namespace Akashi.TableGenerator;

/// <summary>All generated files: name and text.</summary>
/// <remarks>
/// families.tsv names the inputs that become a plain table: input, class, summary. Three enums, the types of fields and the
/// terminal's keys have a shape of their own, and so have the tables of normalisation.
/// </remarks>
public static class Generation
{
    /// <summary>Every generated file of a directory of inputs.</summary>
    /// <exception cref="InvalidDataException">An input that isn't what it should be; the message names file and line.</exception>
    public static IEnumerable<(string Name, string Text)> Files(string tables)
    {
        foreach (string line in File.ReadLines(Path.Combine(tables, "families.tsv")))
        {
            if (line.Split('\t') is not [var input, var type, var summary])
                throw new InvalidDataException($"families.tsv: not three columns: {line}");
            var rows = Read(tables, input).Select(row => (row.Number, row.Name)).ToArray();
            yield return (type + ".g.cs", NameTableFile.Write(type, summary, rows, input + ".tsv"));
        }

        yield return ("RecordType.g.cs", Constants(tables, "msg_typetab", "RecordType", "ushort", "Record types, nlmsg_type of a message"));
        yield return ("RuleField.g.cs", Constants(tables, "fieldtab", "RuleField", "uint", "Fields of a rule, audit_rule_data.fields"));
        yield return ("FieldType.g.cs", FieldType(tables));
        yield return ("FieldTypes.g.cs", FieldTypes(tables));
        yield return ("TerminalKeys.g.cs", KeySequenceFile.Write(Read(tables, "tty_named_keys"), "tty_named_keys.tsv"));
        foreach (var file in NormalizationFiles.All(tables))
            yield return file;
    }

    static string Constants(string tables, string input, string type, string underlying, string summary)
    {
        var members = Read(tables, input).Zip(Read(tables, input + ".symbols"), (number, symbol) =>
            number.Name == symbol.Name
                ? (number.Number, SourceText.Pascal(symbol.Key["AUDIT_".Length..]), $"{symbol.Key}, <c>{symbol.Name}</c>")
                : throw new InvalidDataException($"{input}: {number.Name} stands where {input}.symbols has {symbol.Name}"));
        return EnumFile.Write(type, underlying, summary, members, input + ".tsv", input + ".symbols.tsv");
    }

    static string FieldType(string tables)
    {
        var members = Read(tables, "fieldtypes").Select(row => (row.Number, SourceText.Pascal(row.Name), "AUPARSE_TYPE_" + row.Name));
        return EnumFile.Write("FieldType", "byte", "How a field's value is interpreted, auparse_type_t", members, "fieldtypes.tsv");
    }

    static string FieldTypes(string tables)
    {
        var numbers = Read(tables, "fieldtypes").ToDictionary(row => "AUPARSE_TYPE_" + row.Name, row => row.Number);
        var rows = Read(tables, "typetab.symbols").Select(row => (numbers[row.Key], row.Name)).ToArray();
        return NameTableFile.Write(
            "FieldTypes", "Fields of a record by their FieldType", rows, "typetab.symbols.tsv", "fieldtypes.tsv");
    }

    internal static IReadOnlyList<NameRow> Read(string tables, string input) => NameRow.ReadAll(Path.Combine(tables, input + ".tsv"));
}
