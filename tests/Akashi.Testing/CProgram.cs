using System.Diagnostics;

namespace Akashi.Testing;

/// <summary>Compiles a C program with the machine's compiler, and runs it: how numbers and layouts are proved against the headers.</summary>
public static class CProgram
{
    /// <summary>The lines that a program printed.</summary>
    /// <exception cref="InvalidOperationException">The compiler or the program failed; the message has what they said.</exception>
    public static string[] Run(string source, params string[] compilerArguments)
    {
        string directory = Directory.CreateTempSubdirectory("akashi-c-").FullName;
        try
        {
            string file = Path.Combine(directory, "program.c"), program = Path.Combine(directory, "program");
            File.WriteAllText(file, source);
            Start("cc", ["-w", .. compilerArguments, "-o", program, file]);
            return Start(program, []).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    static string Start(string name, string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{name}: exit code {process.ExitCode}\n{errors.Result}");
    }
}
