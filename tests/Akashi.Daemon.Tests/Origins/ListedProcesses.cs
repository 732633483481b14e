using System.Text;
using Akashi.Host;

namespace Akashi.Daemon.Tests.Origins;

/// <summary>A /proc of literals, whose processes a test changes and ends.</summary>
sealed class ListedProcesses : IProcessFiles
{
    /// <summary>The processes that run.</summary>
    public Dictionary<int, Process> Running { get; } = [];

    /// <summary>Directories and files that are open.</summary>
    public int OpenCount { get; private set; }

    /// <summary>Starts one.</summary>
    public Process Start(int pid, long startedMilliseconds, string command, string cgroup = "0::/system.slice/cron.service\n") =>
        Running[pid] = new Process { StartedMilliseconds = startedMilliseconds, Command = command, Cgroup = cgroup };

    /// <summary>Ends one, and has it reaped.</summary>
    public void End(int pid)
    {
        Running[pid].IsGone = true;
        Running.Remove(pid);
    }

    public IProcessDirectory? Open(int pid) => Running.TryGetValue(pid, out Process? process) ? new OpenProcess(this, process) : null;

    internal sealed class Process
    {
        public long StartedMilliseconds { get; init; }
        public string Command { get; set; } = "";
        public string Cgroup { get; set; } = "";
        public bool IsGone { get; set; }

        public string Read(string name) => name switch
        {
            "comm" => Command + "\n",
            "cgroup" => Cgroup,
            "stat" => $"1 ({Command}) S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 {StartedMilliseconds / 10} 1000 100 0\n",
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "is not looked at"),
        };
    }

    sealed class OpenProcess : IProcessDirectory
    {
        readonly ListedProcesses _all;
        readonly Process _process;

        public OpenProcess(ListedProcesses all, Process process)
        {
            (_all, _process) = (all, process);
            _all.OpenCount++;
        }

        public IProcessFile? Open(string name) => _process.IsGone ? null : new OpenFile(_all, _process, name);

        public void Dispose() => _all.OpenCount--;
    }

    sealed class OpenFile : IProcessFile
    {
        readonly ListedProcesses _all;
        readonly Process _process;
        readonly string _name;
        string _read = "";
        byte[] _bytes = [];

        public OpenFile(ListedProcesses all, Process process, string name)
        {
            (_all, _process, _name) = (all, process, name);
            _all.OpenCount++;
        }

        public int Read(Span<byte> destination)
        {
            if (_process.IsGone)
                return -1;
            string text = _name == "comm" && _process.Command.Length == _read.Length - 1 && _read.StartsWith(_process.Command, StringComparison.Ordinal) ? _read : _process.Read(_name);
            if (!ReferenceEquals(text, _read))
                (_read, _bytes) = (text, Encoding.Latin1.GetBytes(text));
            int length = Math.Min(destination.Length, _bytes.Length);
            _bytes.AsSpan(0, length).CopyTo(destination);
            return length;
        }

        public void Dispose() => _all.OpenCount--;
    }
}
