using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Everything that may run and is most likely not meant in a definition (statement 13.4).</summary>
internal static class DefinitionAnalysis
{
    private static readonly DefinitionCheck[] Checks =
    [
        new OutcomeCheck(), new ReachCheck(), new OutcomeLineCheck(), new ActionRightCheck(), new DestinationSetCheck(), new NameOfRoleCheck(),
        new StartRightCheck(), new MilestoneCheck(), new ArrivalCheck(),
    ];

    /// <param name="definition">The definition.</param>
    /// <param name="ofHost">The checks that depend on the host.</param>
    /// <returns>The findings of one check after those of another, each in the order of the definition.</returns>
    public static IReadOnlyList<Finding> Of(ProcessDefinition definition, IReadOnlyList<DefinitionCheck> ofHost) =>
        [.. Checks.Concat(ofHost).SelectMany(check => check.Find(definition))];
}
