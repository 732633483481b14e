using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Testing;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Linux.Tests.Trail;

/// <summary>Real logs of numbered lines, rotated as the daemon does it, name by name, at the moments a test says.</summary>
/// <param name="inner">The machine's files.</param>
/// <param name="segments">How many logs there are at first.</param>
sealed class RotationDirectory(IFiles inner, int segments) : IFiles, IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly Queue<Action> _steps = [];
    int _opened;

    /// <summary>The log being written.</summary>
    public string Newest => _folder["audit.log"];

    /// <summary>The number of the last line written.</summary>
    public int LastLine { get; private set; }

    /// <summary>At which openings steps of a rotation are made, and how many at each.</summary>
    public Func<int, int> StepsBeforeOpening { get; set; } = _ => 0;

    public void Dispose() => _folder.Dispose();

    /// <summary>Makes the logs.</summary>
    public void Begin()
    {
        for (int count = 1; count < segments; count++)
        {
            Write(20);
            BeginRotation();
            FinishRotation();
        }

        Write(20);
    }

    /// <summary>Appends numbered lines.</summary>
    public void Write(int lines)
    {
        var text = new StringBuilder();
        for (int line = 0; line < lines; line++)
            text.Append(CultureInfo.InvariantCulture, $"{++LastLine}\n");
        File.AppendAllText(Newest, text.ToString());
    }

    /// <summary>Has rotations wait for their steps.</summary>
    public void BeginRotation(int rotations = 1)
    {
        int highest = Directory.GetFiles(_folder.Path).Length - 1;
        for (int rotation = 0; rotation < rotations; rotation++)
        {
            for (int number = highest + rotation; number >= 0; number--)
            {
                string from = number == 0 ? Newest : $"{Newest}.{number}";
                string to = $"{Newest}.{number + 1}";
                _steps.Enqueue(() => File.Move(from, to));
            }

            _steps.Enqueue(() => Write(20));
        }
    }

    /// <summary>Makes the steps that are left.</summary>
    public void FinishRotation() => Step(int.MaxValue);

    public SafeFileHandle OpenForReading(string path)
    {
        Step(StepsBeforeOpening(_opened++));
        return inner.OpenForReading(path);
    }

    public FileIdentity Identify(SafeFileHandle handle) => inner.Identify(handle);

    public FileKind KindOf(string path) => inner.KindOf(path);

    public bool TryLook(string path, bool followsLink, out FileStatus status) => inner.TryLook(path, followsLink, out status);

    public FileSystemSpace SpaceAround(SafeFileHandle handle, string path) => inner.SpaceAround(handle, path);

    public SafeFileHandle OpenForAppending(string path, UnixFileMode mode) => inner.OpenForAppending(path, mode);

    public void Append(SafeFileHandle handle, ReadOnlySpan<byte> bytes, string path) => inner.Append(handle, bytes, path);

    public void Flush(SafeFileHandle handle, string path) => inner.Flush(handle, path);

    public void SetMode(SafeFileHandle handle, UnixFileMode mode, string path) => inner.SetMode(handle, mode, path);

    public void SetGroup(SafeFileHandle handle, uint gid, string path) => inner.SetGroup(handle, gid, path);

    public IFileWatcher Watch(string path) => inner.Watch(path);

    void Step(int count)
    {
        for (; count > 0 && _steps.TryDequeue(out Action? step); count--)
            step();
    }
}
