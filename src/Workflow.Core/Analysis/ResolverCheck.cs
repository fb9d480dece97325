using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Finds that a definition names roles or groups, or asks questions by name, on a host that has no resolver. This depends on the host, unlike what
/// other checks find.</summary>
internal sealed class ResolverCheck : DefinitionCheck
{
    private const int MostShown = 5;

    public override IEnumerable<Finding> Find(ProcessDefinition definition)
    {
        var (named, fields) = (definition.RolesWritten(), definition.FieldsOfRoles());
        return OfRoles(definition, named, fields).Concat(OfQuestions(definition, definition.QuestionsWritten()));
    }

    private static IEnumerable<Finding> OfRoles(ProcessDefinition definition, IReadOnlyList<Destination> named, IReadOnlyList<string> fields)
    {
        if (named.Count + fields.Count == 0)
        {
            return [];
        }

        var ofFields = fields.Count == 0 ? "" : $"those in {string.Join(", ", fields.Take(MostShown).Select(field => $"'{field}'"))}";
        var shown = string.Join(" and ", new[] { DestinationWords.Of(named), ofFields }.Where(words => words.Length > 0));
        return
        [
            new Finding(
                FindingIds.NoResolver,
                FindingSeverity.Warning,
                $"process '{definition.Name}'",
                $"it names roles or groups ({shown}), and WorkflowOptions.DestinationResolver is not set, so no role or group is known: "
                + "nobody gets a task or a right through one",
                $"Set WorkflowOptions.DestinationResolver to a resolver{Example(named)}, or name users."),
        ];
    }

    private static IEnumerable<Finding> OfQuestions(ProcessDefinition definition, IReadOnlyList<string> questions) => questions.Count == 0 ? [] :
    [
        new Finding(
            FindingIds.NoResolver,
            FindingSeverity.Warning,
            $"process '{definition.Name}'",
            $"it asks questions by name ({string.Join(", ", questions.Take(MostShown).Select(question => $"'{question}'"))}), and "
            + "WorkflowOptions.DestinationResolver is not set, so no question is known: an instance that asks one goes into Error, and an action that asks "
            + "one is refused",
            $"Set WorkflowOptions.DestinationResolver to a resolver that answers them, for example {DestinationWords.ResolverOf(questions[0])}."),
    ];

    private static string Example(IReadOnlyList<Destination> named) => named.Count == 0 ? "" : $", for example {DestinationWords.ResolverOf(named[0])}";
}
