using System.Text;

namespace Workflow.Core.Relational.Tests.Crash.Proxy;

/// <summary>One message of PostgreSQL's protocol.</summary>
/// <param name="Type">Its type; nothing for the first one.</param>
/// <param name="Bytes">The whole of it.</param>
internal sealed record Frame(char Type, byte[] Bytes)
{
    private const int HeadLength = 5;

    /// <summary>The texts, each ended by a zero, at the beginning of what it holds.</summary>
    /// <param name="number">The how manieth; from 0.</param>
    public string Text(int number)
    {
        var start = HeadLength;
        for (; number > 0; number--)
        {
            start = Array.IndexOf(Bytes, (byte)0, start) + 1;
        }

        return Encoding.UTF8.GetString(Bytes, start, Array.IndexOf(Bytes, (byte)0, start) - start);
    }
}
