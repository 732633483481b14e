using System.ComponentModel;

namespace Akashi.Host;

/// <summary>Why .NET couldn't do something with a file, in the C library's words and not in its own.</summary>
public static class FileFault
{
    const int NoSuchFile = 2;
    const int InputOutput = 5;
    const int NoAccess = 13;
    const int NameTooLong = 36;

    /// <summary>The C library's error number.</summary>
    /// <remarks>.NET keeps the number as the HResult, but for what it has exceptions of its own for; a refusal has its number (EACCES, EPERM,
    /// EROFS) in the exception beneath.</remarks>
    /// <param name="exception">An IOException or UnauthorizedAccessException.</param>
    public static int ErrnoOf(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => NoSuchFile,
        PathTooLongException => NameTooLong,
        UnauthorizedAccessException { InnerException: { HResult: > 0 } inner } => inner.HResult,
        UnauthorizedAccessException => NoAccess,
        { HResult: > 0 } => exception.HResult,
        _ => InputOutput,
    };

    /// <summary>The reason in words, as strerror(3) has them.</summary>
    /// <remarks>.NET has the C library's words for this exception's message alone.</remarks>
    /// <param name="exception">An IOException or UnauthorizedAccessException.</param>
    public static string Describe(Exception exception) => new Win32Exception(ErrnoOf(exception)).Message;

    /// <summary>What is said of a file that can't be opened, read or written.</summary>
    /// <param name="operation">What was tried, as <see cref="TrailException.Operation"/>.</param>
    /// <param name="path">The file.</param>
    /// <param name="exception">An IOException or UnauthorizedAccessException.</param>
    public static TrailException Of(string operation, string path, Exception exception) => new(operation, path, ErrnoOf(exception), Describe(exception));
}
