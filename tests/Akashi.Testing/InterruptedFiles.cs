using Akashi.Setup;

namespace Akashi.Testing;

/// <summary>Files of a process that is killed at a step: that step isn't done, or a file is half written; nothing after it is, cleaning up neither.</summary>
/// <param name="inner">The files, which stay.</param>
/// <param name="stepsMax">How many steps are done.</param>
public sealed class InterruptedFiles(ISetupFiles inner, int stepsMax) : ISetupFiles
{
    int _steps;

    /// <summary>The kill.</summary>
    public sealed class Killed : Exception;

    /// <summary>How many steps were done.</summary>
    public int Steps => _steps;

    /// <summary>Told before something gets a name, or loses it.</summary>
    public Action<string>? Changing { get; init; }

    public FileState Look(string path) => Reading(inner.Look(path));

    public IReadOnlyList<string> List(string directory) => Reading(inner.List(directory));

    public void MakeDirectory(string path, UnixFileMode mode) => Step(() => inner.MakeDirectory(path, mode));

    public void WriteNew(string path, FileState state, string? like)
    {
        if (_steps == stepsMax && state.Bytes.Length > 1)
            inner.WriteNew(path, state with { Bytes = state.Bytes[..(state.Bytes.Length / 2)] }, like);
        Step(() => inner.WriteNew(path, state, like));
    }

    public void MakeLink(string path, string target) => Step(() => inner.MakeLink(path, target));

    public void MakeName(string path, string existing) => Step(() => inner.MakeName(path, existing));

    public void Rename(string from, string to)
    {
        Changing?.Invoke(to);
        Step(() => inner.Rename(from, to));
    }

    public void Remove(string path)
    {
        Changing?.Invoke(path);
        Step(() => inner.Remove(path));
    }

    public void RemoveDirectory(string path) => Step(() => inner.RemoveDirectory(path));

    public void FlushDirectory(string path) => Step(() => inner.FlushDirectory(path));

    T Reading<T>(T found) => _steps > stepsMax ? throw new Killed() : found;

    void Step(Action act)
    {
        if (_steps++ >= stepsMax)
            throw new Killed();
        act();
    }
}
