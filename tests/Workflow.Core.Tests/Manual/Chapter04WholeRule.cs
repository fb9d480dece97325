using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>How roles and groups are treated is said once for the destination rule as a whole.</summary>
[TestFixture]
public sealed class Chapter04WholeRule
{
    private static TestCaseData Case(string says, RoleTreatment treatment, Action<ActivityBuilder> work) =>
        new TestCaseData(treatment, work).SetArgDisplayNames(says);

    private static IEnumerable<TestCaseData> Rules()
    {
        yield return Case("not at all", RoleTreatment.Unresolved, work => work.Destinations(to => to.Set("One").Role("R").Set("Two").Role("S")));
        yield return Case("in the first set",
            RoleTreatment.ResolvedToUsers, work => work.Destinations(to => to.Set("One").Role("R").ResolvedToUsers().Set("Two").Role("S")));
        yield return Case("in the last set",
            RoleTreatment.ResolvedToUsers, work => work.Destinations(to => to.Set("One").Role("R").Set("Two").Role("S").ResolvedToUsers()));
        yield return Case("in front of all sets",
            RoleTreatment.ResolvedToUsers, work => work.Destinations(to => to.ResolvedToUsers().Set("One").Role("R").Set("Two").Role("S")));
        yield return Case("in a call of its own", RoleTreatment.ResolvedToUsers, work => work
            .Destinations(to => to.ResolvedToUsers()).Destinations(to => to.Set("One").Role("R")).Destinations(to => to.Set("Two").Role("S")));
        yield return Case("kept synchronized in one", RoleTreatment.KeptSynchronized, work => work
            .Destinations(to => to.Set("One").Role("R").ResolvedToUsers(keepSynchronized: true).Set("Two").Role("S").ResolvedToUsers()));
        yield return Case("kept synchronized, and then said with less in the same set", RoleTreatment.KeptSynchronized, work => work
            .Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true).Role("S").ResolvedToUsers()));
        yield return Case("kept synchronized in front of all sets, and then said with less", RoleTreatment.KeptSynchronized, work => work
            .Destinations(to => to.ResolvedToUsers(keepSynchronized: true).ResolvedToUsers().Role("R").Role("S")));
        yield return Case("kept synchronized in front of all sets, and then said with less in one", RoleTreatment.KeptSynchronized, work => work
            .Destinations(to => to.ResolvedToUsers(keepSynchronized: true).Role("R").Role("S").ResolvedToUsers()));
        yield return Case("kept synchronized at last", RoleTreatment.KeptSynchronized, work => work
            .Destinations(to => to.ResolvedToUsers().Role("R").ResolvedToUsers().Role("S").ResolvedToUsers(keepSynchronized: true)));
    }

    [TestCaseSource(nameof(Rules))]
    [Statement("4.8")]
    public async Task The_treatment_of_roles_holds_for_all_sets(RoleTreatment treatment, Action<ActivityBuilder> work)
    {
        var definition = ProcessDefinition.Define("Working", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity =>
            {
                work(activity.PlanPerDestination());
                activity.Waits();
            }));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(
            definition,
            options => options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "ann" }, { Destination.Role("S"), "bob", "cy" } });

        var names = (await bed.ActiveAsync(await bed.BeginAsync())).Names();

        definition.Activities[0].DestinationRule.Treatment.ShouldBe(treatment);
        names.ShouldBe(treatment is RoleTreatment.Unresolved ? ["R", "S"] : ["ann", "bob", "cy"]);
    }
}
