using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Support;

/// <summary>Compares what is stored of an instance, byte by byte.</summary>
internal static class StoredProcesses
{
    public static void ShouldHavePartsOf(this StoredProcess actual, StoredProcess expected)
    {
        actual.Parts.Select(part => part.Key).ShouldBe(expected.Parts.Select(part => part.Key));
        foreach (var (one, other) in actual.Parts.Zip(expected.Parts))
        {
            Convert.ToHexString(one.Content.Span).ShouldBe(Convert.ToHexString(other.Content.Span), $"part {one.Key}");
        }
    }
}
