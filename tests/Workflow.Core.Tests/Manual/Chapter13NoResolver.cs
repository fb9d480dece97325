using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>A host that has set no resolver is told so when it deploys, and when a role or group matters. A process that nobody may start is
/// found.</summary>
[TestFixture]
public sealed class Chapter13NoResolver
{
    private const string NotSet = "WorkflowOptions.DestinationResolver is not set, so no role or group is known";
    private static readonly ProcessField<string> Clerks = new("Clerks");

    private static ProcessDefinition Approval(Action<DestinationBuilder> to, Action<RightsBuilder>? rights = null) =>
        ProcessDefinition.Define("Approval", process =>
        {
            process.Fields(Clerks).Rights(rights ?? (all => all.Everyone(ProcessRight.Start)));
            process.StartsWith(process.Activity("Approve", activity => activity.Destinations(to).Client("Approve it", task => task.Action("Yes"))));
        });

    private static async Task<IReadOnlyList<Finding>> FindAsync(ProcessDefinition definition, IDestinationResolver? resolver = null)
    {
        await using var engine = WorkflowEngine.Create(options => options.DestinationResolver = resolver ?? options.DestinationResolver);
        return (await engine.DeployAsync(definition)).Findings;
    }

    private static IEnumerable<TestCaseData> Naming()
    {
        yield return Case("a role", Approval(to => to.Role("Approvers")), "(role Approvers)");
        yield return Case("a role of which members are wanted", Approval(to => to.Role("Approvers").ResolvedToUsers()), "(role Approvers)");
        yield return Case("a group, and a role", Approval(to => to.Group("Clerks").Role("Approvers")), "(group Clerks, role Approvers)");
        yield return Case("a right of a role", Approval(to => to.Users("ann"), rights => rights.Start(Destination.Role("Staff"))), "(role Staff)");
        yield return Case("a field", Approval(to => to.Role(Clerks)), "(those in 'Clerks')");

        static TestCaseData Case(string says, ProcessDefinition definition, string named) => new TestCaseData(definition, named).SetArgDisplayNames(says);
    }

    [TestCaseSource(nameof(Naming))]
    [Statement("13.4")]
    [Statement("4.12")]
    public async Task A_definition_that_names_roles_is_found_where_there_is_no_resolver(ProcessDefinition definition, string named)
    {
        var finding = (await FindAsync(definition)).ShouldHaveSingleItem();
        finding.Id.ShouldBe(FindingIds.NoResolver);
        finding.Severity.ShouldBe(FindingSeverity.Warning);
        finding.Path.ShouldBe("process 'Approval'");
        finding.Reason.ShouldContain($"{named}, and {NotSet}");
        (await FindAsync(definition, new StaticDestinations())).ShouldBeEmpty("a resolver that is set may learn of roles later");
    }

    [Test]
    [Statement("13.4")]
    public async Task A_definition_that_names_users_alone_needs_no_resolver() =>
        (await FindAsync(Approval(to => to.Users("ann").Originator()))).ShouldBeEmpty();

    [Test]
    [Statement("13.4")]
    [Statement("9.2")]
    public async Task A_process_that_nobody_may_start_is_found_as_information()
    {
        var finding = (await FindAsync(Approval(to => to.Users("ann"), rights => rights.Everyone(ProcessRight.View)))).ShouldHaveSingleItem();

        finding.Id.ShouldBe(FindingIds.NobodyMayStart);
        finding.Severity.ShouldBe(FindingSeverity.Information);
        finding.ToString().ShouldStartWith(
            "rights of the process: they let no user, role or group start it, so only the host can, with AsSystem() (nobody-may-start).");
    }

    [TestCase(ProcessRight.Start)]
    [TestCase(ProcessRight.Admin)]
    [Statement("13.4")]
    [Statement("9.2")]
    public async Task Anybody_who_may_start_it_is_enough(ProcessRight right)
    {
        (await FindAsync(Approval(to => to.Users("ann"), rights => rights.Everyone(right)))).ShouldBeEmpty();
        (await FindAsync(Approval(to => to.Users("ann"), OfDora))).ShouldBeEmpty();

        void OfDora(RightsBuilder rights) => _ = right is ProcessRight.Start ? rights.Start("dora") : rights.Admin("dora");
    }

    [Test]
    [Statement("4.12")]
    public async Task The_error_of_a_role_of_which_members_are_wanted_says_that_there_is_no_resolver()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approval(to => to.Role("Approvers").ResolvedToUsers()));
        var id = (await bed.StartAsync("dora")).Id;

        (await bed.ReadAsync(id)).Error!.Message.ShouldContain(
            $"{NotSet}, and the role Approvers is not either. Set it to a resolver, for example "
            + "new StaticDestinations { { Destination.Role(\"Approvers\"), \"ann\", \"bob\" } }.");
    }

    [Test]
    [Statement("4.12")]
    public async Task The_warning_of_a_role_that_stays_one_says_that_there_is_no_resolver()
    {
        using var log = new WarningLog();
        await using var bed = await WorkflowTestBed.CreateAsync(Approval(to => to.Role("Approvers")), options => options.LoggerFactory = log);
        var id = (await bed.StartAsync("dora")).Id;
        await bed.Engine.RunDueTimersAsync();

        (await bed.HistoryAsync(id)).Count(fact => fact.Kind is JournalKind.UnknownRole).ShouldBe(1);
        log.Warnings.ShouldContain(warning => warning.Contains($"a task of 'Approve' is for the role Approvers, and {NotSet}", StringComparison.Ordinal));
        log.Warnings.ShouldNotContain(warning => warning.Contains("which the resolver does not know", StringComparison.Ordinal));
    }

    [Test]
    [Statement("4.12")]
    public async Task A_resolver_that_is_set_is_not_said_to_be_missing()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Approval(to => to.Role("Approvers").ResolvedToUsers()), options => options.DestinationResolver = new StaticDestinations());
        var id = (await bed.StartAsync("dora")).Id;

        (await bed.ReadAsync(id)).Error!.Message.ShouldContain("The resolver does not know the role Approvers. Add it to the resolver");
    }
}
