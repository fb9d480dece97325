using System.Text.RegularExpressions;

namespace Workflow.Core.Tests.Architecture;

/// <summary>The order of the library's folders: who may use whom.</summary>
internal static partial class Floors
{
    /// <summary>Lowest first. The root names the vocabulary and is seen by all.</summary>
    private static readonly string[] _stack =
    [
        "", "Calendars", "Instances", "Records", "Formats", "Rules", "Contexts", "Definitions", "Planning", "Analysis", "Scheduling", "Snapshots",
        "Destinations", "Persistence", "Runtime", "Client", "Management",
    ];

    /// <summary>Folders the determinism of the scheduler rests on: below Runtime, without the asynchronous seam of Persistence.</summary>
    public static IReadOnlyList<string> Deterministic { get; } =
        ["", "Calendars", "Instances", "Records", "Formats", "Rules", "Contexts", "Definitions", "Planning", "Analysis", "Scheduling", "Snapshots"];

    public static bool Knows(string folder) => Array.IndexOf(_stack, folder) >= 0;

    /// <summary>A folder outside the stack may use nothing and be used by nobody, so that adding one is a decision.</summary>
    public static bool MayUse(string user, string used) => user == used || used.Length == 0 || (Knows(used) && user switch
    {
        // A store carries no meaning: it knows the vocabulary and the records it keeps, not the definitions and not the scheduler.
        "Persistence" => used is "Instances" or "Records",
        _ => Array.IndexOf(_stack, used) < Array.IndexOf(_stack, user),
    });

    /// <summary>The floor a namespace belongs to; null when it is not one of the library's own.</summary>
    public static string? Of(string? name)
    {
        var match = NamespaceName().Match(name ?? "");
        return match.Success ? match.Groups["floor"].Value : null;
    }

    /// <summary>The registration in the host's container stands beside the floors and wires all of them.</summary>
    public static bool StandsBeside(SourceFile file) => file.Code.Contains("namespace Microsoft.Extensions.DependencyInjection", StringComparison.Ordinal);

    public static IEnumerable<string> ViolationsIn(SourceFile file)
    {
        if (!Knows(file.Folder))
        {
            yield return $"{file.Path}: the folder {file.Folder} has no place in the order of floors.";
            yield break;
        }

        if (StandsBeside(file))
        {
            yield break;
        }

        foreach (var (number, line) in file.CodeLines.Where(line => !line.Text.TrimStart().StartsWith("namespace ", StringComparison.Ordinal)))
        {
            if (OwnGlobalUsing().IsMatch(line))
            {
                yield return $"{file.Path}:{number}: a global using hides who uses whom: {line.Trim()}";
            }

            var floors = InlineName().Matches(line).Select(match => match.Groups["floor"].Value).Where(Knows);
            foreach (var used in floors.Where(used => !MayUse(file.Folder, used)))
            {
                yield return $"{file.Path}:{number}: {(file.Folder.Length == 0 ? "the root" : file.Folder)} must not use {used}: {line.Trim()}";
            }
        }
    }

    [GeneratedRegex(@"^Workflow\.Core(\.(?<floor>\w+)(\.|$)|$)")]
    private static partial Regex NamespaceName();

    /// <summary>Types of the root are named like this too; they are no floor, and everybody may use them.</summary>
    [GeneratedRegex(@"\bWorkflow\.Core\.(?<floor>\w+)")]
    private static partial Regex InlineName();

    [GeneratedRegex(@"^\s*global\s+using\s.*\bWorkflow\.Core\b")]
    private static partial Regex OwnGlobalUsing();
}
