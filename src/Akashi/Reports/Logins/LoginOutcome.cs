using Akashi.Records;

namespace Akashi.Reports.Logins;

/// <summary>Whether a program's record says that something went well, by the classic tools' reading of <c>res=</c>.</summary>
static class LoginOutcome
{
    /// <summary>Whether the value of <c>res=</c> is <c>success</c> and ends the record.</summary>
    /// <remarks>
    /// Where a log was copied and lost the byte before the enrichment, the original reads <c>success'UID="root"</c>: not a success. Scripts that
    /// compare with it see the same here.
    /// </remarks>
    public static bool IsSuccess(in Record record, ReadOnlySpan<byte> result)
    {
        ReadOnlySpan<byte> body = record.Body.TrimEnd((byte)' ');
        int close = body.LastIndexOf((byte)'\'');
        return result.SequenceEqual("success"u8) && (close < 0 || close == body.Length - 1);
    }
}
