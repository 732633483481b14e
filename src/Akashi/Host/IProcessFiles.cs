namespace Akashi.Host;

/// <summary>What /proc tells of processes, proc(5).</summary>
public interface IProcessFiles
{
    /// <summary>Opens the directory of a process.</summary>
    /// <param name="pid">The process.</param>
    /// <returns>Null where there is none, or no descriptor is left.</returns>
    IProcessDirectory? Open(int pid);
}

/// <summary>An open directory of /proc: it stays that of the process it was opened for, also where the number is given to another.</summary>
public interface IProcessDirectory : IDisposable
{
    /// <summary>Opens a file of the process.</summary>
    /// <param name="name">The file's name, such as <c>comm</c>.</param>
    /// <returns>Null where the process is gone, the file isn't ours to read, or no descriptor is left.</returns>
    IProcessFile? Open(string name);
}

/// <summary>An open file of /proc: it stays that of the process it was opened for.</summary>
public interface IProcessFile : IDisposable
{
    /// <summary>Reads from the file's beginning, what it says now.</summary>
    /// <param name="destination">Where to; what doesn't fit isn't read.</param>
    /// <returns>Bytes; -1 where the process is gone.</returns>
    int Read(Span<byte> destination);
}
