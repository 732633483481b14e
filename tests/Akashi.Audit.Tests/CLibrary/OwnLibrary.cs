using Akashi.Testing;

namespace Akashi.Audit.Tests.CLibrary;

/// <summary>The C library as ./build puts it together.</summary>
static class OwnLibrary
{
    /// <summary>Its directory, for LD_LIBRARY_PATH.</summary>
    internal static string Place
    {
        get
        {
            string place = RepositoryFiles.PathOf("artifacts", "lib", "akashi");
            Assert.SkipUnless(File.Exists(Path.Combine(place, "libaudit.so.1")), "the C library isn't there: run ./build");
            return place;
        }
    }

    /// <summary>The object.</summary>
    internal static string File1 => Path.Combine(Place, "libaudit.so.1");

    /// <summary>A program compiled against our headers.</summary>
    internal static string Compile(string name) => Yardstick.CompileC(
        RepositoryFiles.PathOf("tests", "Akashi.Audit.Tests", "Programs", name + ".c"), "-I" + Path.Combine(Place, "include"), "-L" + Place, "-laudit", "-lauparse", "-pthread");

    /// <summary>Runs a program with this library before a kernel that says yes to everything.</summary>
    internal static string Run(string program, params string[] arguments) => Yardstick.Run(
        program,
        new()
        {
            ["LD_LIBRARY_PATH"] = Place,
            ["LD_PRELOAD"] = Yardstick.CompileC(RepositoryFiles.PathOf("eng", "recorded-kernel.c"), "-shared", "-fPIC"),
            ["AKASHI_REQUESTS"] = "/dev/null",
        },
        arguments);
}
