namespace Akashi.TableGenerator;

/// <summary>The generated files of normalisation: kinds of events and objects, actions of records, classes of system calls.</summary>
/// <remarks>The inputs name constants that have no number of their own: kinds and classes are numbered in the order they first come.</remarks>
static class NormalizationFiles
{
    const string Records = "normalize_record_map.symbols";
    const string Syscalls = "normalize_syscall_map.symbols";

    // libaudit knows the constant, but has no name for the record's type.
    const string UnnamedType = "AUDIT_DAEMON_RECONFIG";
    const long UnnamedTypeNumber = 1204;

    /// <summary>Every file: name and text.</summary>
    /// <exception cref="InvalidDataException">A record's type that no table has.</exception>
    public static IEnumerable<(string Name, string Text)> All(string tables)
    {
        foreach (var file in Kinds(tables, "normalize_evtypetab.symbols", "EventKind", "NORM_EVTYPE_", "Kinds of events"))
            yield return file;
        foreach (var file in Kinds(tables, "normalize_obj_kind_map.symbols", "ObjectKind", "NORM_WHAT_", "Kinds of objects"))
            yield return file;
        yield return ("RecordActions.g.cs", Actions(tables));
        foreach (var file in Classes(tables))
            yield return file;
    }

    static IEnumerable<(string, string)> Kinds(string tables, string input, string type, string prefix, string summary)
    {
        var rows = Generation.Read(tables, input);
        var members = rows.Select((row, index) => ((long)index, SourceText.Pascal(row.Key[prefix.Length..]), $"<c>{row.Name}</c>"));
        yield return (type + ".g.cs", EnumFile.Write(type, "byte", summary, members, input + ".tsv"));
        yield return (type + "Names.g.cs", NameTableFile.Write(
            type + "Names", summary, [.. rows.Select((row, index) => ((long)index, row.Name))], input + ".tsv"));
    }

    static string Actions(string tables)
    {
        var numbers = Generation.Read(tables, "msg_typetab").Zip(Generation.Read(tables, "msg_typetab.symbols"))
            .ToDictionary(row => row.Second.Key, row => row.First.Number);
        numbers.Add(UnnamedType, UnnamedTypeNumber);
        var rows = Generation.Read(tables, Records).Select(row => numbers.TryGetValue(row.Key, out long number)
            ? (number, row.Name)
            : throw new InvalidDataException($"{Records}: no type {row.Key}"));
        return NameTableFile.Write("RecordActions", "What records of a type say was done", [.. rows], Records + ".tsv");
    }

    static IEnumerable<(string, string)> Classes(string tables)
    {
        var rows = Generation.Read(tables, Syscalls);
        string[] classes = [.. rows.Select(row => row.Key).Distinct()];
        var members = classes.Select((name, index) => (index + 1L, SourceText.Pascal(name["NORM_".Length..]), name));
        yield return ("SyscallClass.g.cs", EnumFile.Write(
            "SyscallClass", "byte", "System calls that do the same to the same kind of object", members.Prepend((0, "None", "No class")),
            Syscalls + ".tsv"));
        yield return ("SyscallClasses.g.cs", NameTableFile.Write(
            "SyscallClasses", "System calls by their class", [.. rows.Select(row => (Array.IndexOf(classes, row.Key) + 1L, row.Name))],
            Syscalls + ".tsv"));
    }
}
