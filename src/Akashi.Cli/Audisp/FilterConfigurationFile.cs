using System.Text;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Search.Expressions;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Audisp;

/// <summary>A file of expressions for audisp-filter, one a line.</summary>
static class FilterConfigurationFile
{
    const int FileBytesMax = 1024 * 1024;

    /// <summary>Reads and compiles it.</summary>
    /// <returns>Null where something is wrong.</returns>
    public static RecordExpression? Read(IHost host, string path, DiagnosticBag diagnostics)
    {
        string text;
        try
        {
            text = ReadText(host.Files, path);
        }
        catch (AuditException exception)
        {
            diagnostics.Add(new Diagnostic(64, Severity.Error, exception.Message));
            return null;
        }
        catch (DecoderFallbackException)
        {
            diagnostics.Add(new Diagnostic(64, Severity.Error, $"cannot read {path}: it is not UTF-8"));
            return null;
        }

        return new ExpressionCompiler(host).CompileLines(text.Split('\n'), path, diagnostics);
    }

    static string ReadText(IFiles files, string path)
    {
        using SafeFileHandle handle = files.OpenForReading(path);
        byte[] bytes;
        try
        {
            bytes = FileBeginning.Read(handle, FileBytesMax + 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new AuditException($"cannot read {path}: it is not a file");
        }

        return bytes.Length <= FileBytesMax
            ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes)
            : throw new AuditException($"cannot read {path}: it is longer than {FileBytesMax} bytes");
    }
}
