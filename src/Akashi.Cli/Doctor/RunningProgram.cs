using System.Globalization;

namespace Akashi.Cli.Doctor;

/// <summary>Whether a process that left its number somewhere is there still.</summary>
static class RunningProgram
{
    /// <summary>Whether a process of that number is there, started with a word that ends with this one: its program, or our own with it.</summary>
    public static bool Is(int pid, string word)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline")).Split('\0').Any(one => Path.GetFileName(one) == word);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
