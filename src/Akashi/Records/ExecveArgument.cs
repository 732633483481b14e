using System.Buffers.Text;

namespace Akashi.Records;

/// <summary>Which argument of a program a field of an EXECVE record is: <c>a1</c>, or a piece of a long one, <c>a1[2]</c>.</summary>
/// <remarks>Source: kernel/auditsc.c, audit_log_execve_info: an argument that doesn't fit a record is written as aN_len, aN[0], aN[1], … over several records.</remarks>
/// <param name="Index">Counted from 0.</param>
/// <param name="Piece">Counted from 0; -1 for a whole argument.</param>
public readonly record struct ExecveArgument(int Index, int Piece)
{
    /// <summary>Reads a field's name.</summary>
    /// <returns>False for others: argc, a1_len.</returns>
    public static bool TryReadName(ReadOnlySpan<byte> name, out ExecveArgument argument)
    {
        argument = default;
        if (name.Length < 2 || name[0] != 'a' || !Utf8Parser.TryParse(name[1..], out int index, out int used) || index < 0)
            return false;
        ReadOnlySpan<byte> rest = name[(1 + used)..];
        if (rest.IsEmpty)
        {
            argument = new ExecveArgument(index, -1);
            return true;
        }

        if (rest[0] != '[' || !Utf8Parser.TryParse(rest[1..], out int piece, out used) || piece < 0 || !rest[(1 + used)..].SequenceEqual("]"u8))
            return false;
        argument = new ExecveArgument(index, piece);
        return true;
    }
}
