namespace Akashi.Reports.Software;

/// <summary>A package as a command line or a history names it.</summary>
/// <param name="Name">Its name, without architecture.</param>
/// <param name="Version">Its version; empty where it isn't said.</param>
public readonly record struct PackageName(string Name, string Version)
{
    /// <summary><c>name=version</c>, or the name alone.</summary>
    public override string ToString() => Version.Length > 0 ? $"{Name}={Version}" : Name;

    /// <summary>Reads an operand: <c>nginx</c>, <c>nginx:amd64=1.2</c>, <c>./nginx_1.2_amd64.deb</c>, <c>requests==2.1</c>, <c>left-pad@1.3.0</c>, a wheel.</summary>
    public static PackageName Parse(string operand, string family)
    {
        string file = operand[(operand.LastIndexOf('/') + 1)..];
        return family switch
        {
            "deb" => file.EndsWith(".deb", StringComparison.Ordinal) ? OfDeb(file) : OfDebName(operand),
            "rpm" => OfRpm(file.EndsWith(".rpm", StringComparison.Ordinal) ? file[..^4] : operand),
            "pip" when file.EndsWith(".whl", StringComparison.Ordinal) => OfParts(file.Split('-')),
            "pip" => Cut(operand, operand.AsSpan().IndexOfAny("=<>!~[;@ ")) is var name && operand.Contains("==", StringComparison.Ordinal)
                ? new PackageName(name, operand[(operand.IndexOf("==", StringComparison.Ordinal) + 2)..])
                : new PackageName(name, ""),
            "npm" when operand.LastIndexOf('@') is > 0 and var at => new PackageName(operand[..at], operand[(at + 1)..]),
            _ => new PackageName(operand, ""),
        };
    }

    /// <summary>Whether two names mean the same package: pip's dashes, dots and underscores are one.</summary>
    public static bool AreSame(string left, string right) => Normalize(left) == Normalize(right);

    // name_version_arch.deb; an epoch's colon is written %3a.
    static PackageName OfDeb(string file)
    {
        string[] parts = file[..^4].Split('_');
        return new PackageName(parts[0], parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    static PackageName OfDebName(string operand)
    {
        string[] parts = operand.Split('=', 2);
        string name = Cut(parts[0], parts[0].IndexOf('/'));
        return new PackageName(Cut(name, name.IndexOf(':')), parts.Length > 1 ? parts[1] : "");
    }

    // name-[epoch:]version-release.arch
    static PackageName OfRpm(string text)
    {
        int release = text.LastIndexOf('-');
        int version = release > 0 ? text.LastIndexOf('-', release - 1) : -1;
        bool isFull = version > 0 && text.Length > version + 1 && char.IsAsciiDigit(text[version + 1]);
        return isFull ? new PackageName(text[..version], text[(version + 1)..]) : new PackageName(text, "");
    }

    static PackageName OfParts(string[] parts) => new(parts[0], parts.Length > 1 ? parts[1] : "");

    static string Cut(string text, int length) => length < 0 ? text : text[..length];

    static string Normalize(string name) => name.Replace('_', '-').Replace('.', '-').ToLowerInvariant();
}
