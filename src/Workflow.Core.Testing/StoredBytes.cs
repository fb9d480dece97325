using System.Globalization;
using System.Text;
using Workflow.Core.Persistence;

namespace Workflow.Core.Testing;

/// <summary>The stored bytes of process instances, to compare.</summary>
internal static class StoredBytes
{
    /// <summary>All of them as text: a line for the version, for each part, and for each piece of the history. Null when there is no such instance.</summary>
    public static async Task<string?> TextOfAsync(IProcessStore store, ProcessInstanceId processInstance)
    {
        if (await store.LoadAsync(processInstance, CancellationToken.None).ConfigureAwait(false) is not { } stored)
        {
            return null;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"version {stored.Version}\n");
        foreach (var part in stored.Parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Key.ActivityInstance}/{part.Key.Destination} {Convert.ToHexString(part.Content.Span)}\n");
        }

        foreach (var piece in await store.ReadJournalAsync(processInstance, after: 0, int.MaxValue, CancellationToken.None).ConfigureAwait(false))
        {
            text.Append(CultureInfo.InvariantCulture, $"{piece.FirstNumber}+{piece.Count} {Convert.ToHexString(piece.Content.Span)}\n");
        }

        return text.ToString();
    }
}
