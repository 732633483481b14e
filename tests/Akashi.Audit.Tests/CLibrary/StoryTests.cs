using Akashi.Testing;

namespace Akashi.Audit.Tests.CLibrary;

/// <summary>The program of people who write their first record in C.</summary>
public class StoryTests
{
    [Fact]
    public void The_program_compiles_by_pkg_config_and_sends_its_record()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/pkg-config"), "pkg-config isn't installed");
        string[] flags = Yardstick.Run("sh", [], "-c", $"PKG_CONFIG_PATH='{OwnLibrary.Place}/pkgconfig' pkg-config --cflags --libs audit").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        using var folder = new TemporaryFolder();
        string program = Path.Combine(folder.Path, "main");
        Yardstick.Run("cc", [], [RepositoryFiles.PathOf("tests", "Akashi.Audit.Tests", "Programs", "story.c"), "-Wall", "-Werror", "-o", program, .. flags]);

        string[] sent = Yardstick.Record(program, "", out _);

        Assert.Matches($"^1111 audit_log_user_message exe=\"{program}\" hostname=example.com addr=\\S+ terminal=\\? res=success$", Assert.Single(sent));
    }
}
