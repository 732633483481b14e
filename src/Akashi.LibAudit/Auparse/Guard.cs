using Akashi.Linux.Interop;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit.Auparse;

/// <summary>Stands between a host and what does its call: a pointer that is no parser's is an error, and nothing that's thrown leaves the library.</summary>
static unsafe class Guard
{
    /// <summary>A call that answers with a number.</summary>
    /// <param name="au">The host's pointer.</param>
    /// <param name="call">What does it.</param>
    /// <param name="refusal">The answer where there is no such parser, or memory has run out; errno is EINVAL or ENOMEM.</param>
    internal static int Number(nint au, delegate*<Parser, int> call, int refusal)
    {
        Parser? parser = ParserTable.Find(au);
        if (parser is null)
            return Refuse(refusal);
        try
        {
            return call(parser);
        }
        catch (Exception fault)
        {
            return Explain(fault, refusal);
        }
    }

    /// <summary>A call that answers with a number, and is told something.</summary>
    internal static int Number<T>(nint au, T argument, delegate*<Parser, T, int> call, int refusal)
        where T : allows ref struct
    {
        Parser? parser = ParserTable.Find(au);
        if (parser is null)
            return Refuse(refusal);
        try
        {
            return call(parser, argument);
        }
        catch (Exception fault)
        {
            return Explain(fault, refusal);
        }
    }

    /// <summary>A call that answers with a text; NULL where there is no such parser.</summary>
    internal static byte* Text(nint au, delegate*<Parser, byte*> call)
    {
        Parser? parser = ParserTable.Find(au);
        if (parser is null)
        {
            Refuse(0);
            return null;
        }

        try
        {
            return call(parser);
        }
        catch (Exception fault)
        {
            Explain(fault, 0);
            return null;
        }
    }

    /// <summary>Fails with errno EINVAL.</summary>
    internal static int Refuse(int refusal, int errno = EINVAL)
    {
        PlainLibC.Errno = errno;
        return refusal;
    }

    // Out of memory, or a parser that several threads use at once.
    internal static int Explain(Exception fault, int refusal) => Refuse(refusal, fault is OutOfMemoryException ? ENOMEM : EINVAL);
}
