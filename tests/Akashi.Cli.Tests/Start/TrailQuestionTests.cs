using Akashi.Cli.Start;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Start;

/// <summary>The command that <c>akashi start</c> gives at its end.</summary>
public sealed class TrailQuestionTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_the_classic_name_beside_it_the_program_is_asked_by_its_command() =>
        Assert.Equal($"{_folder["akashi"]} ausearch -i -k commands -if /srv/trail",
            TrailQuestion.Write(_folder["akashi"], "/usr/bin", "/srv/trail", hasOwnRules: true));

    [Fact]
    public void The_classic_name_stands_alone_where_a_shell_finds_the_same()
    {
        File.WriteAllText(_folder["ausearch"], "");

        Assert.Equal("ausearch -i -k commands", TrailQuestion.Write(_folder["akashi"], _folder.Path, "/var/log/audit", hasOwnRules: true));
        Assert.Equal($"{_folder["ausearch"]} -i -if '/srv/my trail'", TrailQuestion.Write(_folder["akashi"], "/nonexistent", "/srv/my trail", hasOwnRules: false));
    }
}
