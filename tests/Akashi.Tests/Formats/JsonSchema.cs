using System.Text.Json;
using System.Text.RegularExpressions;
using Akashi.Testing;

namespace Akashi.Tests.Formats;

/// <summary>As much of JSON Schema 2020-12 as docs/event.schema.json uses; a word that isn't known here is a fault.</summary>
sealed class JsonSchema
{
    static readonly string[] s_remarks = ["$schema", "title", "$defs"];

    readonly JsonElement _root;

    public JsonSchema(string file) => _root = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.PathOf("docs", file))).RootElement;

    /// <summary>What is wrong with a value; null for nothing.</summary>
    public string? Check(JsonElement value) => Check(_root, value, "");

    string? Check(JsonElement schema, JsonElement value, string place)
    {
        foreach (JsonProperty word in schema.EnumerateObject())
        {
            if (!s_remarks.Contains(word.Name) && CheckWord(schema, word, value, place) is { } fault)
                return fault;
        }

        return null;
    }

    string? CheckWord(JsonElement schema, JsonProperty word, JsonElement value, string place)
    {
        switch (word.Name)
        {
            case "$ref":
                return Check(_root.GetProperty("$defs").GetProperty(word.Value.GetString()!["#/$defs/".Length..]), value, place);
            case "type":
                return IsOfType(word.Value, value) ? null : $"{place} is {value.ValueKind}";
            case "const":
                return JsonElement.DeepEquals(word.Value, value) ? null : $"{place} is {value}";
            case "enum":
                return word.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)) ? null : $"{place} is {value}";
            case "pattern":
                return value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, word.Value.GetString()!) ? null : $"{place} is {value}";
            case "minimum":
                return value.GetDouble() >= word.Value.GetDouble() ? null : $"{place} is {value}";
            case "minItems":
                return value.GetArrayLength() >= word.Value.GetInt32() ? null : $"{place} is too short";
            case "required":
                return word.Value.EnumerateArray().Select(name => name.GetString()!).FirstOrDefault(name => !value.TryGetProperty(name, out _)) is { } missing ? $"{place} lacks {missing}" : null;
            case "items":
                return value.EnumerateArray().Select((item, index) => Check(word.Value, item, $"{place}[{index}]")).FirstOrDefault(fault => fault is not null);
            case "properties" or "additionalProperties":
                return value.EnumerateObject().Select(member => CheckMember(schema, member, place)).FirstOrDefault(fault => fault is not null);
            default:
                return $"the schema's word {word.Name} isn't known to this test";
        }
    }

    string? CheckMember(JsonElement schema, JsonProperty member, string place)
    {
        string inside = $"{place}.{member.Name}";
        if (schema.TryGetProperty("properties", out JsonElement known) && known.TryGetProperty(member.Name, out JsonElement own))
            return Check(own, member.Value, inside);
        JsonElement others = schema.GetProperty("additionalProperties");
        return others.ValueKind == JsonValueKind.False ? $"{inside} isn't in the schema" : Check(others, member.Value, inside);
    }

    static bool IsOfType(JsonElement types, JsonElement value) => types.ValueKind == JsonValueKind.Array
        ? types.EnumerateArray().Any(type => IsOfType(type, value))
        : types.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "null" => value.ValueKind == JsonValueKind.Null,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out _),
            _ => false,
        };
}
