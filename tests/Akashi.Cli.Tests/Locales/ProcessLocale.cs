using System.Runtime.InteropServices;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Locales;

/// <summary>The C library's locale and time zone for a while; they are the process's own.</summary>
sealed partial class ProcessLocale : IDisposable
{
    static readonly string[] s_names = ["LC_ALL", "LOCPATH", "TZ"];
    readonly string?[] _before = [.. s_names.Select(Environment.GetEnvironmentVariable)];

    public ProcessLocale(string locale, string zone)
    {
        foreach ((string name, string value) in Variables(locale, zone))
            _ = setenv(name, value, 1);
    }

    /// <summary>Where eng/locales.sh puts the locales.</summary>
    public static string Place => RepositoryFiles.PathOf("artifacts", "locales");

    /// <summary>What to put into a child's environment for the same.</summary>
    public static IEnumerable<(string Name, string Value)> Variables(string locale, string zone) => [("LC_ALL", locale), ("LOCPATH", Place), ("TZ", zone)];

    public void Dispose()
    {
        for (int index = 0; index < s_names.Length; index++)
            _ = _before[index] is { } value ? setenv(s_names[index], value, 1) : unsetenv(s_names[index]);
        tzset();
    }

    // .NET's own environment is a copy that the C library doesn't see.
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unsetenv(string name);

    [LibraryImport("libc")]
    private static partial void tzset();
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessLocaleCollection
{
    public const string Name = "the process's locale";
}
