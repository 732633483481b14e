using System.Runtime.InteropServices;
using System.Text;
using Akashi.Linux.Interop;

namespace Akashi.Linux.Databases;

/// <summary>A SQLite database of another program, opened for reading alone.</summary>
/// <remarks>Not for use from several threads.</remarks>
public sealed unsafe class SqliteFile : IDisposable
{
    readonly Sqlite3 _library;
    nint _database;

    SqliteFile(Sqlite3 library, nint database)
    {
        _library = library;
        _database = database;
    }

    /// <summary>Opens one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">Why not, in the library's words; null where it is open.</param>
    /// <param name="libraryName">The library's name for dlopen(3).</param>
    /// <returns>Null where it can't be opened, or the machine has no SQLite.</returns>
    public static SqliteFile? TryOpen(string path, out string? reason, string libraryName = Sqlite3.LibraryName)
    {
        if (Sqlite3.TryLoad(libraryName) is not { } library)
        {
            reason = $"{libraryName} isn't there";
            return null;
        }

        nint database;
        int code;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            code = library.sqlite3_open_v2(name, &database, Sqlite3.SQLITE_OPEN_READONLY, null);
        var file = new SqliteFile(library, database);
        reason = code == Sqlite3.SQLITE_OK ? null : file.Describe(code);
        if (reason is null)
            return file;
        file.Dispose();
        return null;
    }

    /// <summary>Reads the rows of a query.</summary>
    /// <param name="sql">The query; nothing of it comes from outside.</param>
    /// <param name="take">Takes each row; valid until it returns.</param>
    /// <returns>Null, or why there are no more rows, in the library's words.</returns>
    public string? Read(string sql, Action<SqliteRow> take)
    {
        ObjectDisposedException.ThrowIf(_database == 0, this);
        nint statement;
        int code;
        fixed (byte* text = Encoding.UTF8.GetBytes(sql + '\0'))
            code = _library.sqlite3_prepare_v2(_database, text, -1, &statement, null);
        if (code != Sqlite3.SQLITE_OK)
            return Describe(code);
        try
        {
            while ((code = _library.sqlite3_step(statement)) == Sqlite3.SQLITE_ROW)
                take(new SqliteRow(_library, statement));
        }
        finally
        {
            _ = _library.sqlite3_finalize(statement);
        }

        return code == Sqlite3.SQLITE_DONE ? null : Describe(code);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A database that could not be opened has a handle too, which is to be closed.
        if (_database != 0)
            _ = _library.sqlite3_close_v2(_database);
        _database = 0;
    }

    string Describe(int code) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(_library.sqlite3_errstr(code)));
}
