using System.Reflection;
using System.Text;
using Akashi.Logging;
using Akashi.Testing;

namespace Akashi.Audit.Tests;

/// <summary>docs/api.txt lists every public member: who adds one, or changes one, does so on purpose. AKASHI_REWRITE=1 writes the file anew.</summary>
public class PublicApiTests
{
    const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // The second package is for who has the first.
    static readonly Assembly[] s_packages = [typeof(UserRecordSender).Assembly, typeof(AuditLoggerOptions).Assembly];

    [Fact]
    public void The_public_members_are_those_that_are_listed()
    {
        string path = RepositoryFiles.PathOf("docs", "api.txt");
        string actual = Describe();
        if (Environment.GetEnvironmentVariable("AKASHI_REWRITE") == "1")
            File.WriteAllText(path, actual);

        Assert.Equal(File.ReadAllText(path).Split('\n'), actual.Split('\n'));
    }

    // Programs are shown these assemblies alone: what they say must be said in types of .NET and their own. That goes for the private members of structs too,
    // for a compiler must know how large they are.
    [Fact]
    public void No_public_member_needs_another_assembly()
    {
        var foreign = new List<string>();
        foreach (Type type in s_packages.SelectMany(package => package.GetExportedTypes()))
        {
            foreach (MemberInfo member in type.GetMembers(Declared).Where(member => IsPublic(member) || (type.IsValueType && member is FieldInfo)))
                foreign.AddRange(TypesOf(member).SelectMany(Inside).Where(IsForeign).Select(found => $"{type.Name}.{member.Name}: {found}"));
            foreign.AddRange(type.GetInterfaces().Append(type.BaseType).OfType<Type>().SelectMany(Inside).Where(IsForeign).Select(found => $"{type.Name}: {found}"));
        }

        Assert.Empty(foreign);
    }

    static string Describe()
    {
        var text = new StringBuilder("# Every public member of Akashi.Audit and Akashi.Logging. A test compares: AKASHI_REWRITE=1 with Akashi.Audit.Tests writes it anew.\n");
        foreach (Type type in s_packages.SelectMany(package => package.GetExportedTypes()).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append('\n').Append(KindOf(type)).Append(' ').Append(type.FullName).Append('\n');
            foreach (string line in type.GetMembers(Declared).Where(IsPublic).Select(LineOf).OfType<string>().Order(StringComparer.Ordinal))
                text.Append("    ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    static string KindOf(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsValueType: true } => type.IsByRefLike ? "ref struct" : "struct",
        { IsInterface: true } => "interface",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => "class",
    };

    static string? LineOf(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true, DeclaringType.IsEnum: true } constant => $"{constant.Name} = {Convert.ToInt64(constant.GetRawConstantValue())}",
        FieldInfo field => field.IsSpecialName ? null : $"{(field.IsLiteral ? "const " : "")}{NameOf(field.FieldType)} {field.Name}",
        PropertyInfo property => $"{Static(property.GetMethod!)}{NameOf(property.PropertyType)} {property.Name}{Indexes(property)} {{ get;{(property.SetMethod?.IsPublic == true ? " init;" : "")} }}",
        ConstructorInfo constructor => $"{constructor.DeclaringType!.Name}({Parameters(constructor)})",
        MethodInfo { IsSpecialName: true } => null,
        MethodInfo method => IsOfRecord(method) ? null : $"{Static(method)}{NameOf(method.ReturnType)} {method.Name}({Parameters(method)})",
        _ => null,
    };

    // What the compiler makes of a record.
    static bool IsOfRecord(MethodInfo method) => method.Name is "Equals" or "GetHashCode" or "<Clone>$" || (method.Name == "ToString" && method.DeclaringType!.GetMethod("<Clone>$") is not null);

    static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    static string Indexes(PropertyInfo property) => property.GetIndexParameters() is { Length: > 0 } indexes
        ? $"[{string.Join(", ", indexes.Select(index => $"{NameOf(index.ParameterType)} {index.Name}"))}]"
        : "";

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsOut ? "out " : "")}{NameOf(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")}"));

    static string NameOf(Type type)
    {
        if (type.IsByRef)
            return NameOf(type.GetElementType()!);
        if (!type.IsGenericType)
            return type.Name;
        string arguments = string.Join(", ", type.GetGenericArguments().Select(NameOf));
        return type.GetGenericTypeDefinition() == typeof(Nullable<>) ? arguments + "?" : $"{type.Name[..type.Name.IndexOf('`')]}<{arguments}>";
    }

    static bool IsPublic(MemberInfo member) => member switch
    {
        FieldInfo field => field.IsPublic,
        MethodBase method => method.IsPublic,
        PropertyInfo property => property.GetMethod?.IsPublic == true,
        _ => false,
    };

    static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        MethodBase method => method.GetParameters().Select(parameter => parameter.ParameterType),
        _ => [],
    };

    static IEnumerable<Type> Inside(Type type) =>
        type.HasElementType ? Inside(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Inside).Append(type);

    static bool IsForeign(Type type) => !s_packages.Contains(type.Assembly) && type.Assembly.GetName().Name!.StartsWith("Akashi", StringComparison.Ordinal);
}
