using Akashi.TableGenerator;

// generate-tables TABLES OUTPUT: writes every generated file of TABLES into the directory OUTPUT.
if (args is not [var tables, var output])
{
    Console.Error.WriteLine("usage: generate-tables TABLES OUTPUT");
    return 2;
}

Directory.CreateDirectory(output);
foreach (var (name, text) in Generation.Files(tables))
    File.WriteAllText(Path.Combine(output, name), text);
return 0;
