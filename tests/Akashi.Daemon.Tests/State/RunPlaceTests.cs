using Akashi.Daemon.State;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.State;

/// <summary>The directories of /run/akashi: made with their rights, never taken from somebody else.</summary>
public sealed class RunPlaceTests : IDisposable
{
    const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode FoundByAll =
        OwnersAlone | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    readonly IFiles _files = new LinuxHost().Files;
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Directories_get_their_rights_whatever_they_had()
    {
        RunPlace.Make(_files, _folder["place"], isFoundByAll: true);
        RunPlace.Make(_files, _folder["place/kernel"]);
        Assert.Equal((FoundByAll, OwnersAlone), (File.GetUnixFileMode(_folder["place"]), File.GetUnixFileMode(_folder["place/kernel"])));

        File.SetUnixFileMode(_folder["place"], OwnersAlone);
        File.SetUnixFileMode(_folder["place/kernel"], FoundByAll | UnixFileMode.OtherWrite);
        RunPlace.Make(_files, _folder["place"], isFoundByAll: true);
        RunPlace.Make(_files, _folder["place/kernel"]);
        Assert.Equal((FoundByAll, OwnersAlone), (File.GetUnixFileMode(_folder["place"]), File.GetUnixFileMode(_folder["place/kernel"])));
    }

    [Fact]
    public void A_symbolic_link_is_not_followed()
    {
        Directory.CreateDirectory(_folder["elsewhere"], FoundByAll);
        Directory.CreateSymbolicLink(_folder["place"], _folder["elsewhere"]);

        Assert.Contains("it is a symbolic link", Assert.Throws<TrailException>(() => RunPlace.Make(_files, _folder["place"])).Message);
        Assert.Equal(FoundByAll, File.GetUnixFileMode(_folder["elsewhere"]));
    }

    [Fact]
    public void A_file_in_its_place_is_refused()
    {
        File.WriteAllText(_folder["place"], "");

        Assert.Throws<TrailException>(() => RunPlace.Make(_files, _folder["place"]));
    }

    [Fact]
    public void What_another_user_made_is_refused()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Directory.CreateDirectory(_folder["place"]);
        using (var change = System.Diagnostics.Process.Start("chown", ["54321", _folder["place"]]))
            change.WaitForExit();

        Assert.Contains("it belongs to user 54321", Assert.Throws<TrailException>(() => RunPlace.Make(_files, _folder["place"])).Message);
    }
}
