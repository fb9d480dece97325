using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Makes the tables of data fields, one for each scope (statement 11.1).</summary>
internal static class FieldAssembly
{
    /// <summary>The fields that may stay: those of the right scope, each once.</summary>
    public static IReadOnlyList<Field> Check(
        DefinitionProblems problems, string kind, string owner, IReadOnlyList<Field> fields, params ReadOnlySpan<FieldScope> allowed)
    {
        var kept = new List<Field>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            var element = $"data field '{field.Name}' of {kind} '{owner}'";
            if (!allowed.Contains(field.Scope))
            {
                problems.Add(
                    element, $"a field of scope {field.Scope} cannot be declared on the {kind}", "11.1",
                    "Declare ProcessField on the process, ActivityField and DestinationField on the activity.");
            }
            else if (!known.Add(field.Name))
            {
                problems.Add(element, $"the {kind} has two data fields of this name", "13.8", "Give one of them another name.");
            }
            else
            {
                kept.Add(field);
                problems.AddIf(
                    field.IsSearchable && (field.Scope is not FieldScope.Process || field.Shape is { IsList: true } or { Type: FieldType.Binary }), element,
                    "it is searchable, and instances are searched by process fields that hold one value and no bytes", "13.10",
                    "Leave out IsSearchable, or search by another field.");
            }
        }

        return kept;
    }

    /// <summary>The fields of one scope, in the order in which they were declared; a second one of a name is left out.</summary>
    public static FieldTable Table(string owner, IReadOnlyList<Field> fields, FieldScope scope)
    {
        var own = fields.Where(field => field.Scope == scope).DistinctBy(field => field.Name, StringComparer.Ordinal).ToArray();
        return own.Length == 0
            ? new FieldTable(owner, [], [], [])
            : new FieldTable(owner, [.. own.Select(field => field.Name)], [.. own.Select(field => field.Shape)], [.. own.Select(field => field.InitialValue)]);
    }
}
