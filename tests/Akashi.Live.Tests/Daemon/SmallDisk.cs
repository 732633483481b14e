using System.Diagnostics;

namespace Akashi.Live.Tests.Daemon;

/// <summary>A disk that fills up soon: a tmpfs of its own, gone with it.</summary>
sealed class SmallDisk : IDisposable
{
    public SmallDisk(string path, int kilobytes)
    {
        Path = path;
        Directory.CreateDirectory(path);
        Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "akashi-test", path);
    }

    public string Path { get; }

    /// <summary>Writes a file until nothing more fits.</summary>
    public void Fill(string path)
    {
        using FileStream ballast = File.Create(path, bufferSize: 0);
        try
        {
            while (true)
                ballast.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    /// <summary>Makes it read-only or writable again.</summary>
    /// <param name="option"><c>ro</c> or <c>rw</c>.</param>
    public void Remount(string option) => Run("mount", "-o", $"remount,{option}", Path);

    public void Dispose() => Run("umount", "-l", Path);

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
