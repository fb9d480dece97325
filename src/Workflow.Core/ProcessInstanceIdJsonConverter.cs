using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflow.Core;

/// <summary>Writes a process instance id to JSON as its text, and reads it from that.</summary>
internal sealed class ProcessInstanceIdJsonConverter : JsonConverter<ProcessInstanceId>
{
    public override ProcessInstanceId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parsed(reader.TokenType is JsonTokenType.String ? reader.GetString() : null);

    public override void Write(Utf8JsonWriter writer, ProcessInstanceId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override ProcessInstanceId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parsed(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, ProcessInstanceId value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());

    private static ProcessInstanceId Parsed(string? text) => ProcessInstanceId.TryParse(text, out var parsed)
        ? parsed
        : throw new JsonException($"{(text is null ? "Something that is no string" : $"'{text}'")} is not a process instance id. Expected a string such as \"8\".");
}
