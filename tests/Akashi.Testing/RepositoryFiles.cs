namespace Akashi.Testing;

/// <summary>Where the repository is: the directory above the test program that holds Akashi.slnx.</summary>
public static class RepositoryFiles
{
    /// <summary>The repository's top directory.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or directory of the repository.</summary>
    public static string PathOf(params string[] names) => Path.Combine([Root, .. names]);

    static string FindRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Akashi.slnx")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new DirectoryNotFoundException("no Akashi.slnx above " + AppContext.BaseDirectory);
    }
}
