using System.Globalization;
using Workflow.Core.Formats;

namespace Workflow.Core.Definitions.Canonical;

/// <summary>The start of another process as canonical text.</summary>
internal static class SubProcessText
{
    public static ElementText Of(IpcEventDefinition item) => ElementText.Of("ipc event", item.Name)
        .Property("starts", ExactText.Quoted(item.ChildProcess))
        .Property("version", item.ChildVersion?.ToString(CultureInfo.InvariantCulture))
        .Flag("waits", item.WaitsForChild, byItself: true)
        .Property("folio", item.Folio?.ToTree())
        .Property("in the name of", item.Identity.IsHost ? "the host" : item.Identity.User is { } user ? ExactText.Quoted(user) : null)
        .Flag("ends with the parent", item.EndsWithParent)
        .Choice("when deleted", item.WhenDeleted, ChildDeleted.Fails)
        .Elements(item.Sent.Select(sent =>
            ElementText.Of("sends to", sent.Field).Property("type", sent.Shape.ToString()).Property("value", sent.ToTree()).Build()))
        .Elements(item.Received.Select(received => ElementText.Of("receives from", received.Field)
            .Property("type", received.Shape.ToString())
            .Property("into", ExactText.Quoted(received.Into))
            .Build()));
}
