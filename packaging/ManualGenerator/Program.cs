using Akashi.ManualGenerator;

if (args is not [string directory])
{
    Console.Error.WriteLine("usage: generate-manual DIRECTORY");
    return 2;
}

foreach ((string path, string text) in GeneratedFiles.All())
{
    string file = Path.Combine(directory, path);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, text);
}

return 0;
