using System.Text;
using Akashi.Linux.Interop;

namespace Akashi.Linux.Databases;

/// <summary>One row of a query's result; columns are counted from 0.</summary>
public readonly unsafe struct SqliteRow
{
    readonly Sqlite3 _library;
    readonly nint _statement;

    internal SqliteRow(Sqlite3 library, nint statement)
    {
        _library = library;
        _statement = statement;
    }

    /// <summary>A column as a number; 0 where it's null.</summary>
    public long Number(int column) => _library.sqlite3_column_int64(_statement, column);

    /// <summary>A column as text; empty where it's null.</summary>
    public string Text(int column)
    {
        byte* text = _library.sqlite3_column_text(_statement, column);
        return text == null ? "" : Encoding.UTF8.GetString(text, _library.sqlite3_column_bytes(_statement, column));
    }
}
