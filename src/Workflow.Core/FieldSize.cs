using System.Collections;
using System.Text;

namespace Workflow.Core;

/// <summary>How large the value of a data field may be (statement 14.8).</summary>
internal static class FieldSize
{
    /// <summary>Whether a value holds more bytes than a data field may, a text in UTF-8.</summary>
    public static bool IsTooLarge(in FieldValue value) => value.Reference switch
    {
        string text => text.Length > Limits.FieldBytes / 3 && Encoding.UTF8.GetByteCount(text) > Limits.FieldBytes,
        byte[] bytes => bytes.Length > Limits.FieldBytes,
        IList list => list.Cast<object?>().Sum(BytesOf) > Limits.FieldBytes,
        _ => false,
    };

    private static long BytesOf(object? element) => element switch
    {
        string text => Encoding.UTF8.GetByteCount(text) + 1L,
        ReadOnlyMemory<byte> bytes => bytes.Length + 1L,
        byte[] bytes => bytes.Length + 1L,
        _ => sizeof(long),
    };
}
