// reader raw|words LOG: walks every field of every record; prints what it met, and what it allocated for a record.
using Akashi.Audit;

bool isRaw = args[0] == "raw";
using EventReader reader = EventReader.OpenFile(args[1]);
long events = 0, records = 0, fields = 0, length = 0;

// What the first events need stays: buffers, and the names of accounts.
const int WarmEvents = 5000;
long before = 0, recordsBefore = 0;
while (reader.MoveNext())
{
    if (events++ == WarmEvents)
        (before, recordsBefore) = (GC.GetTotalAllocatedBytes(), records);
    foreach (AuditRecord record in reader.Current)
    {
        records++;
        foreach (AuditField field in record.Fields)
        {
            fields++;
            length += isRaw ? field.RawUtf8.Length : field.InterpretUtf8().Length;
        }
    }
}

Console.WriteLine($"{events} events, {records} records");
Console.Error.WriteLine($"{fields} fields, {length} bytes, {(double)(GC.GetTotalAllocatedBytes() - before) / (records - recordsBefore):F3} bytes allocated a record");
