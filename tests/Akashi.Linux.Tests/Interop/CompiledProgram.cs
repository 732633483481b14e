using System.Diagnostics;

namespace Akashi.Linux.Tests.Interop;

/// <summary>Compiles a C program with the machine's compiler and runs it.</summary>
static class CompiledProgram
{
    /// <summary>What the program prints, by lines; fails the test with the compiler's words where it can't be
    /// compiled.</summary>
    internal static string[] Run(string source)
    {
        string directory = Directory.CreateTempSubdirectory("akashi-c-").FullName;
        try
        {
            string file = Path.Combine(directory, "proof.c");
            string program = Path.Combine(directory, "proof");
            File.WriteAllText(file, source);
            Output("gcc", "-D_GNU_SOURCE", "-Wall", "-Werror", "-o", program, file);
            return Output(program).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    static string Output(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {errors.Result}");
        return output;
    }
}
