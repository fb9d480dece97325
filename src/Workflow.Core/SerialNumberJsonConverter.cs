using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflow.Core;

/// <summary>Writes a serial number to JSON as its text, and reads it from that.</summary>
internal sealed class SerialNumberJsonConverter : JsonConverter<SerialNumber>
{
    public override SerialNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parsed(reader.TokenType is JsonTokenType.String ? reader.GetString() : null);

    public override void Write(Utf8JsonWriter writer, SerialNumber value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override SerialNumber ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parsed(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, SerialNumber value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());

    private static SerialNumber Parsed(string? text) => SerialNumber.TryParse(text, out var parsed)
        ? parsed
        : throw new JsonException($"{(text is null ? "Something that is no string" : $"'{text}'")} is not a serial number. Expected a string such as \"8_10\".");
}
