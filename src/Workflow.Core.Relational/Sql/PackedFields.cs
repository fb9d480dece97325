using System.Text;
using Workflow.Core.Instances;

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

    public static IReadOnlyList<IndexedField> Read(byte[] packed)
    {
        using var reader = new BinaryReader(new MemoryStream(packed, writable: false), Encoding.UTF8);
        var fields = new IndexedField[reader.Read7BitEncodedInt()];
        for (var index = 0; index < fields.Length; index++)
        {
            fields[index] = new IndexedField(StoredText.Read(reader.ReadString()), reader.ReadBoolean() ? StoredText.Read(reader.ReadString()) : null);
        }

        return fields;
    }
}
