using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sqlite3.h, as far as rows are read. The library is looked for when it's first needed: a machine without dnf may lack it.</summary>
unsafe class Sqlite3
{
    internal const int SQLITE_OK = 0;
    internal const int SQLITE_ROW = 100;
    internal const int SQLITE_DONE = 101;
    internal const int SQLITE_OPEN_READONLY = 0x1;

    /// <summary>The library's name, by its version of the interface.</summary>
    internal const string LibraryName = "libsqlite3.so.0";

    internal readonly delegate* unmanaged<byte*, nint*, int, byte*, int> sqlite3_open_v2;
    internal readonly delegate* unmanaged<nint, int> sqlite3_close_v2;
    internal readonly delegate* unmanaged<nint, byte*, int, nint*, byte**, int> sqlite3_prepare_v2;
    internal readonly delegate* unmanaged<nint, int> sqlite3_step;
    internal readonly delegate* unmanaged<nint, int> sqlite3_finalize;
    internal readonly delegate* unmanaged<nint, int, long> sqlite3_column_int64;
    internal readonly delegate* unmanaged<nint, int, byte*> sqlite3_column_text;
    internal readonly delegate* unmanaged<nint, int, int> sqlite3_column_bytes;
    internal readonly delegate* unmanaged<int, byte*> sqlite3_errstr;

    Sqlite3(nint library)
    {
        sqlite3_open_v2 = (delegate* unmanaged<byte*, nint*, int, byte*, int>)NativeLibrary.GetExport(library, nameof(sqlite3_open_v2));
        sqlite3_close_v2 = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, nameof(sqlite3_close_v2));
        sqlite3_prepare_v2 = (delegate* unmanaged<nint, byte*, int, nint*, byte**, int>)NativeLibrary.GetExport(library, nameof(sqlite3_prepare_v2));
        sqlite3_step = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, nameof(sqlite3_step));
        sqlite3_finalize = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, nameof(sqlite3_finalize));
        sqlite3_column_int64 = (delegate* unmanaged<nint, int, long>)NativeLibrary.GetExport(library, nameof(sqlite3_column_int64));
        sqlite3_column_text = (delegate* unmanaged<nint, int, byte*>)NativeLibrary.GetExport(library, nameof(sqlite3_column_text));
        sqlite3_column_bytes = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, nameof(sqlite3_column_bytes));
        sqlite3_errstr = (delegate* unmanaged<int, byte*>)NativeLibrary.GetExport(library, nameof(sqlite3_errstr));
    }

    /// <summary>Loads the library, for as long as the process lives.</summary>
    /// <param name="libraryName">Its name for dlopen(3).</param>
    /// <returns>Null where the machine has none.</returns>
    internal static Sqlite3? TryLoad(string libraryName = LibraryName) => NativeLibrary.TryLoad(libraryName, out nint library) ? new Sqlite3(library) : null;
}
