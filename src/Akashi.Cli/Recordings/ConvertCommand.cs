using System.Text;
using Akashi.Host;
using Akashi.Linux.Cryptography;
using Akashi.Output;
using Akashi.Recordings;

namespace Akashi.Cli.Recordings;

/// <summary><c>akashi recordings convert</c>.</summary>
static class ConvertCommand
{
    const int BufferBytes = 64 * 1024;

    public static int Run(IHost host, ConvertOptions typed, Utf8Output error)
    {
        IRecordingReader reader = RecordingFiles.Open(host, typed.Path!, typed.TimingPath);
        RecordingVerifier? source = reader.Header.IsChained ? Verify(host, typed.Path!) : null;
        if (source is { Verdict: not RecordingVerdict.Fine } && Complain(typed, source, error))
            return 1;
        var conversion = new RecordingConversion(reader) { ConvertedFrom = Describe(reader, source) };
        using (FileStream output = Create(typed.NewPath!))
        {
            if (typed.Format is RecordingFormat.Typescript or RecordingFormat.TypescriptAdvanced)
            {
                using FileStream timing = Create(typed.NewTimingPath ?? typed.NewPath + ".time");
                conversion.WriteTypescript(output, timing, typed.Format == RecordingFormat.TypescriptAdvanced);
            }
            else if (typed.Format == RecordingFormat.Ttyrec)
            {
                conversion.WriteTtyrec(output);
            }
            else
            {
                conversion.WriteAsciicast(output, typed.Format!.Value);
            }
        }

        if (reader.FaultCount > 0)
            error.Write($"akashi recordings: {typed.Path}: {reader.FaultCount} damaged {(reader.FaultCount == 1 ? "part" : "parts")} passed over, the first at byte {reader.FirstFault!.Offset}: {reader.FirstFault.Text}\n");
        if (conversion.LeftOut.Count > 0)
            error.Write($"akashi recordings: {conversion.LeftOut}\n");
        if (conversion.InexactCount > 0)
            error.Write($"akashi recordings: {conversion.InexactCount} {(conversion.InexactCount == 1 ? "event has" : "events have")} bytes that aren't UTF-8: U+FFFD stands for them (only akashi keeps them)\n");
        return reader.FaultCount > 0 ? 1 : 0;
    }

    static RecordingVerifier Verify(IHost host, string path)
    {
        using Stream file = RecordingFiles.OpenOnward(host, path);
        return RecordingVerifier.Verify(file, new CryptoBlocks());
    }

    // A new running hash over what was altered would make it fine: refused, or said loudly where that is wanted all the same.
    static bool Complain(ConvertOptions typed, RecordingVerifier source, Utf8Output error)
    {
        error.WriteEscaped(Encoding.UTF8.GetBytes($"akashi recordings: {(typed.IsForced ? "warning: " : "")}{typed.Path}: {VerifyCommand.Text(source)}"));
        error.Write(typed.IsForced ? "\n" : "\nhint: --force converts it all the same; nothing was written\n");
        return !typed.IsForced;
    }

    static string Describe(IRecordingReader reader, RecordingVerifier? source)
    {
        string format = reader switch
        {
            { Header.IsChained: true } => "an akashi recording",
            AsciicastReader or ListedRecording => "an asciicast without running hash",
            TtyrecReader => "a ttyrec",
            _ => "a typescript",
        };
        return source is null ? format : $"{format} ({VerifyCommand.Text(source)})";
    }

    // What is there already isn't written over.
    static FileStream Create(string path) => Path.Exists(path)
        ? throw new AuditException($"cannot write {path}: there is a file of that name\nhint: give another name, or take it away first; --force converts what was altered, it writes over nothing")
        : new(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = BufferBytes,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
}
