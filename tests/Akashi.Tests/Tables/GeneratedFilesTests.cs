using Akashi.TableGenerator;
using Akashi.Testing;

namespace Akashi.Tests.Tables;

public sealed class GeneratedFilesTests
{
    [Fact]
    public void The_checked_in_files_are_what_the_generator_makes_now()
    {
        var made = Generation.Files(RepositoryFiles.PathOf("tables")).ToDictionary(file => file.Name, file => file.Text);
        var checkedIn = Directory.GetFiles(RepositoryFiles.PathOf("src", "Akashi", "Tables"), "*.g.cs")
            .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

        Assert.Equal(made.Keys.Order(), checkedIn.Keys.Order());
        foreach (var (name, text) in made)
            Assert.Equal(text, checkedIn[name]);
    }

    [Fact]
    public void Every_input_is_used()
    {
        string text = string.Concat(Generation.Files(RepositoryFiles.PathOf("tables")).Select(file => file.Text));

        foreach (string input in Directory.GetFiles(RepositoryFiles.PathOf("tables"), "*.tsv").Select(file => Path.GetFileName(file)))
            Assert.True(input == "families.tsv" || text.Contains("tables/" + input), input);
    }
}
