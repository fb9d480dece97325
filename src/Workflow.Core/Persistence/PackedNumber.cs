namespace Workflow.Core.Persistence;

/// <summary>Whole numbers of zero and more among the bytes that the store in memory keeps. A byte holds seven bits, so small numbers take one byte.</summary>
internal static class PackedNumber
{
    public static int Size(long number)
    {
        var size = 1;
        for (var rest = (ulong)number; rest > 0x7F; rest >>= 7)
        {
            size++;
        }

        return size;
    }

    public static void Write(byte[] packed, ref int at, long number)
    {
        var rest = (ulong)number;
        for (; rest > 0x7F; rest >>= 7)
        {
            packed[at++] = (byte)(rest | 0x80);
        }

        packed[at++] = (byte)rest;
    }

    public static long Read(byte[] packed, ref int at)
    {
        var number = 0L;
        for (var shift = 0; ; shift += 7)
        {
            var piece = packed[at++];
            number |= (piece & 0x7FL) << shift;
            if (piece <= 0x7F)
            {
                return number;
            }
        }
    }
}
