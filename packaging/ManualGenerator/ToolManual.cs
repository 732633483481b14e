using System.Reflection;
using Akashi.Cli;
using Akashi.Cli.CommandLine;

namespace Akashi.ManualGenerator;

/// <summary>The manual of a tool: the one it declares, or one made of its option table where it declares none.</summary>
static class ToolManual
{
    /// <summary>Finds or makes it.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="siblings">The tools it stands among: a table in a folder that several tools share belongs to the one whose name its type begins with.</param>
    public static Manual Of(Tool tool, IReadOnlyList<Tool> siblings) => tool.Manual?.Invoke() ?? new Manual
    {
        Usage = ["[OPTION...]"],
        Description = char.ToUpperInvariant(tool.Summary[0]) + tool.Summary[1..] + ".",
        Options = FindOptions(tool, siblings),
        SeeAlso = ["akashi(1)"],
    };

    static IReadOnlyList<IOptionRow> FindOptions(Tool tool, IReadOnlyList<Tool> siblings)
    {
        Type home = HomeOf(tool);
        bool isShared = siblings.Count(sibling => HomeOf(sibling).Namespace == home.Namespace) > 1;
        string stem = home.Name.Replace("Tool", "", StringComparison.Ordinal);
        return
        [
            .. home.Assembly.GetTypes()
                .Where(type => type.Namespace == home.Namespace && (!isShared || type.Name.StartsWith(stem, StringComparison.Ordinal)))
                .SelectMany(TablesOf)
                .SelectMany(table => table.Descriptions)
                .DistinctBy(OptionSynopsis.Of),
        ];
    }

    static Type HomeOf(Tool tool)
    {
        Type home = tool.Run.Method.DeclaringType!;
        return home.IsNested ? home.DeclaringType! : home;
    }

    static IEnumerable<IOptionTable> TablesOf(Type type)
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        if (type.ContainsGenericParameters)
            return [];
        IEnumerable<object?> properties = type.GetProperties(Static).Where(member => IsTable(member.PropertyType)).Select(member => member.GetValue(null));
        IEnumerable<object?> fields = type.GetFields(Static)
            .Where(member => IsTable(member.FieldType) && !member.Name.Contains("BackingField", StringComparison.Ordinal))
            .Select(member => member.GetValue(null));
        return properties.Concat(fields).OfType<IOptionTable>();
    }

    static bool IsTable(Type type) => type.IsAssignableTo(typeof(IOptionTable));
}
