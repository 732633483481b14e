using Akashi.Host;
using Akashi.Linux.Interop;
using Akashi.Linux.Terminals;
using Akashi.Testing;

namespace Akashi.Linux.Tests.Terminals;

/// <summary>Files that are recorded into under a name that may have become somebody else's.</summary>
public sealed class RecordingFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Kept => _folder["kept"];

    string Typescript => _folder["typescript"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unnamed_file_is_no_link_and_what_a_link_leads_to_stays(bool isSymbolic)
    {
        File.WriteAllText(Kept, "kept");
        if (isSymbolic)
            File.CreateSymbolicLink(Typescript, Kept);
        else
            Assert.Equal(0, LibC.link(Kept, Typescript));

        Assert.StartsWith($"cannot open {Typescript}: it is a link", Assert.Throws<AuditException>(() => RecordingFile.OpenUnnamed(Typescript, appends: false)).Message);
        Assert.StartsWith($"cannot write {Typescript}: it is a link", Assert.Throws<AuditException>(() => AppendingFile.Open(Typescript, isNamed: false)).Message);
        Assert.Equal("kept", File.ReadAllText(Kept));
    }

    [Theory]
    [InlineData(true, "old new")]
    [InlineData(false, "new")]
    public void An_unnamed_file_is_cut_or_added_to(bool appends, string expected)
    {
        File.WriteAllText(Typescript, "old ");

        using (RecordingFile file = RecordingFile.OpenUnnamed(Typescript, appends))
            file.Write("new"u8);

        Assert.Equal(expected, File.ReadAllText(Typescript));
    }

    [Fact]
    public void What_is_held_is_asked_of_the_file_and_not_of_its_name()
    {
        File.WriteAllText(Typescript, "mine");
        using AppendingFile file = AppendingFile.Open(Typescript, isNamed: true);
        File.Move(Typescript, Kept);
        File.WriteAllText(Typescript, "another file");

        Assert.Equal(4, file.MeasureHeld());
        using (var held = new StreamReader(file.OpenHeld(Typescript)))
            Assert.Equal("mine", held.ReadToEnd());
        file.Clear(Typescript);
        Assert.Equal(0, new FileInfo(Kept).Length);
        Assert.Equal("another file", File.ReadAllText(Typescript));
    }
}
