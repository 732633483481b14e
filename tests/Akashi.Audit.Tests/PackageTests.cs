using System.IO.Compression;
using System.Text;
using Akashi.Testing;

namespace Akashi.Audit.Tests;

/// <summary>What eng/pack.sh makes.</summary>
public class PackageTests
{
    [Theory]
    [InlineData("Akashi.Audit", "Akashi.Audit Akashi.Linux Akashi")]
    [InlineData("Akashi.Logging", "Akashi.Logging")]
    [Trait("Category", "Long")]
    public void A_package_has_its_readme_and_symbols_of_each_assembly(string name, string assemblies)
    {
        string packages = Packages();
        using ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(packages, $"{name}.?.*.nupkg").Single());
        using ZipArchive symbols = ZipFile.OpenRead(Directory.GetFiles(packages, $"{name}.?.*.snupkg").Single());

        Assert.Contains("<readme>README.md</readme>", TextOf(package, $"{name}.nuspec"));
        Assert.Contains($"# {name}", TextOf(package, "README.md"));
        Assert.NotNull(package.GetEntry($"lib/net9.0/{name}.xml"));
        string[] expected = [.. assemblies.Split(' ').Order()];
        Assert.Equal(expected, NamesIn(package, ".dll"));
        Assert.Equal(expected, NamesIn(symbols, ".pdb"));
    }

    // Beside the packages only what this machine's NuGet has already: nothing is fetched.
    [Fact]
    [Trait("Category", "Long")]
    public void The_sample_of_logging_restores_without_a_network_and_runs_without_the_right_to_record()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to be nobody");
        using var folder = new TemporaryFolder();
        string own = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string sample = RepositoryFiles.PathOf("samples", "Logging");
        File.Copy(Path.Combine(sample, "Program.cs"), folder["Program.cs"]);
        File.WriteAllText(folder["nuget.config"], $"""
            <configuration>
              <packageSources><clear /><add key="packages" value="{Packages()}" /><add key="machine" value="{own}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{folder["packages"]}" /></config>
            </configuration>
            """);
        File.WriteAllText(folder["example.csproj"], """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><UseAppHost>false</UseAppHost><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="Akashi.Logging" Version="0.1.0" /></ItemGroup>
            </Project>
            """);

        Yardstick.Run("dotnet", new() { ["MSBUILDDISABLENODEREUSE"] = "1" }, "build", folder.Path, "-warnaserror", "-v", "quiet", "-nologo", "-o", folder["out"]);

        Yardstick.Run("chmod", [], "-R", "a+rX", folder.Path);
        string said = Yardstick.Run(
            "setpriv", new() { ["HOME"] = "/tmp" }, "--reuid=65534", "--regid=65534", "--clear-groups", "dotnet", folder["out/example.dll"]);
        Assert.Contains("CAP_AUDIT_WRITE", said);
    }

    static string Packages() => Yardstick.Run(RepositoryFiles.PathOf("eng", "pack.sh"), []).Trim().Split('\n')[^1];

    static string TextOf(ZipArchive package, string name)
    {
        using var reader = new StreamReader(package.GetEntry(name)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    static IEnumerable<string> NamesIn(ZipArchive package, string extension) => package.Entries
        .Where(entry => entry.FullName.StartsWith("lib/net9.0/", StringComparison.Ordinal) && entry.FullName.EndsWith(extension, StringComparison.Ordinal))
        .Select(entry => Path.GetFileNameWithoutExtension(entry.Name)).Order();
}
