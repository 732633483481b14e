using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Files;

namespace Akashi.Cli.Recorder;

/// <summary>Writes down transfers: a line each in root's file, and an audit record (TRUSTED_APP).</summary>
/// <param name="host">The machine.</param>
/// <param name="path">The file; made where it's missing, opened anew for each line, so that it may be rotated.</param>
/// <param name="record">Has the audit trail say it: <c>op=… name=value …</c>.</param>
/// <param name="say">Told what can't be written.</param>
sealed class TransferLog(IHost host, string path, Action<string> record, Action<string> say)
{
    /// <summary>Where it is.</summary>
    public const string Path = "/var/log/akashi/transfers.log";

    /// <summary>Writes one.</summary>
    /// <param name="start">When it began.</param>
    /// <param name="fields">What is to be known: one line of ASCII.</param>
    public void Note(DateTimeOffset start, string fields)
    {
        try
        {
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                BufferSize = 0,
            });
            file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"time={start.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} node={host.Name} {fields}\n")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            say($"cannot write {path}: {FileFault.Describe(exception)}; not noted: {fields}");
        }

        record(fields);
    }
}
