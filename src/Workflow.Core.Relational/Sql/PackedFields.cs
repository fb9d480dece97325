using System.Text;
using Workflow.Core.Records;

namespace Workflow.Core.Relational.Sql;

/// <summary>The searchable fields of an instance in one value, so that listing instances reads one row for each.</summary>
internal static class PackedFields
{
    public static object Write(IReadOnlyList<IndexedField> fields)
    {
        if (fields.Count == 0)
        {
            return TypedNull.Bytes;
        }

        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write7BitEncodedInt(fields.Count);
            foreach (var field in fields)
            {
                writer.Write(StoredText.Of(field.Name));
                writer.Write(field.Value is not null);
                if (field.Value is not null)
                {
                    writer.Write(StoredText.Of(field.Value));
                }
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads the fields, or says why they cannot be read. One instance whose fields are damaged must not keep a page of others from anybody.</summary>
    public static (IReadOnlyList<IndexedField> Fields, string? Problem) TryRead(byte[] packed)
    {
        try
        {
            return (Read(packed), null);
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException or OverflowException)
        {
            return ([], "The stored form of its searchable fields cannot be read. It was left as it is.");
        }
    }

    private static IndexedField[] Read(byte[] packed)
    {
        using var reader = new BinaryReader(new MemoryStream(packed, writable: false), Encoding.UTF8);
        var fields = new IndexedField[Math.Min(reader.Read7BitEncodedInt(), packed.Length + 1)];
        for (var index = 0; index < fields.Length; index++)
        {
            fields[index] = new IndexedField(StoredText.Read(reader.ReadString()), reader.ReadBoolean() ? StoredText.Read(reader.ReadString()) : null);
        }

        return fields;
    }
}
