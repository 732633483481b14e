using Akashi.Host;
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
        var conversion = new RecordingConversion(reader);
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
            error.Write($"akashi recordings: {typed.Path}: {reader.FaultCount} damaged parts passed over, the first at byte {reader.FirstFault!.Offset}: {reader.FirstFault.Text}\n");
        if (conversion.LeftOutCount > 0)
            error.Write($"akashi recordings: {conversion.LeftOutCount} events left out, which the format can't say\n");
        if (conversion.InexactCount > 0)
            error.Write($"akashi recordings: {conversion.InexactCount} events have bytes that aren't UTF-8: U+FFFD stands for them (only akashi keeps them)\n");
        return reader.FaultCount > 0 ? 1 : 0;
    }

    // What is there already isn't written over.
    static FileStream Create(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        BufferSize = BufferBytes,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });
}
