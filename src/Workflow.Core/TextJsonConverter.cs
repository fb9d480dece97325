using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflow.Core;

/// <summary>Writes a number that has a form of its own to JSON as its text, and reads it from that.</summary>
/// <typeparam name="T">The number.</typeparam>
internal abstract class TextJsonConverter<T> : JsonConverter<T>
    where T : struct, IParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parsed(reader.TokenType is JsonTokenType.String ? reader.GetString() : null);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(TextOf(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parsed(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(TextOf(value));

    /// <summary>The text, the same in every culture.</summary>
    protected abstract string TextOf(T value);

    /// <summary>The type says itself what is wrong with a text.</summary>
    private static T Parsed(string? text)
    {
        try
        {
            return T.Parse(text ?? "", CultureInfo.InvariantCulture);
        }
        catch (FormatException exception)
        {
            throw new JsonException(text is null ? $"Something that is no string: {exception.Message}" : exception.Message, exception);
        }
    }
}
