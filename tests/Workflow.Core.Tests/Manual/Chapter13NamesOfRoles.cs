using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Manual;

/// <summary>Deploying a definition finds users in it who are called like a role or group that it names.</summary>
[TestFixture]
public sealed class Chapter13NamesOfRoles
{
    private static readonly ProcessField<string> Team = new("Team", initial: "Buyers");
    private static readonly ActivityField<string> Helpers = new("Helpers", initial: "Packers");

    private static TestCaseData Case(string says, Action<ProcessBuilder, ActivityBuilder> more, params string[] found) =>
        new TestCaseData(more, found).SetArgDisplayNames(says);

    private static IEnumerable<TestCaseData> Definitions()
    {
        const string Set = "activity 'Decide' / destination set 'Others': ";
        const string Action = "activity 'Decide' / event 'Sign' / action 'Sign': ";
        yield return Case("a destination", (_, decide) => decide.Destinations(to => to.Set("Others").Users("ann", "Managers")),
            Set + "it names user Managers");
        yield return Case("in another case", (_, decide) => decide.Destinations(to => to.Set("Others").Users("MANAGERS")), Set + "it names user MANAGERS");
        yield return Case("an exclusion from the same role", (_, decide) => decide.Destinations(to => to.Set("Others").Role("Managers").Except("Managers")),
            Set + "it leaves out user Managers");
        yield return Case("an exclusion of a group that is denied an action",
            (_, decide) => Sign(decide, sign => sign.DeniedFor(Destination.Group("Trainees")))
                .Destinations(to => to.Set("Others").Role("Managers").Except("ann", "Trainees")),
            Set + "it leaves out user Trainees");
        yield return Case("an exclusion of a role that may see the process",
            (process, decide) =>
            {
                process.Rights(rights => rights.View(Destination.Role("Auditors")));
                decide.Destinations(to => to.Set("Others").Role("Managers").Except("Auditors"));
            },
            Set + "it leaves out user Auditors");
        yield return Case("a role that a field names at first",
            (_, decide) => decide.Destinations(to => to.Set("Others").Role(Team).Users("buyers")), Set + "it names user buyers");
        yield return Case("a group that a field of the activity names at first",
            (_, decide) => decide.Fields(Helpers).Destinations(to => to.Set("Others").Group(Helpers).Users("Packers")), Set + "it names user Packers");
        yield return Case("who may act", (_, decide) => Sign(decide, sign => sign.AllowedFor(Destination.User("ann"), Destination.User("Managers"))),
            Action + "it is allowed for user Managers");
        yield return Case("who may not act", (_, decide) => Sign(decide, sign => sign.DeniedFor(Destination.User("Managers"))),
            Action + "it is denied to user Managers");
        yield return Case("who may start", (process, _) => process.Rights(rights => rights.Start("ann", "managers")),
            "rights of the process: user managers has rights");
        yield return Case("several at once, in the order of the definition",
            (process, decide) =>
            {
                process.Rights(rights => rights.Admin("Managers"));
                decide.Destinations(to => to.Set("Others").Users("Managers").Role("Managers").Except("Managers"));
            },
            "rights of the process: user Managers has rights", Set + "it names user Managers", Set + "it leaves out user Managers");

        yield return Case("other users", (process, decide) =>
        {
            process.Rights(rights => rights.Start("ann"));
            Sign(decide, sign => sign.DeniedFor(Destination.User("cy"))).Destinations(to => to.Set("Others").Users("ann", "bob").Except("bob"));
        });
        yield return Case("a role and a group of one name", (_, decide) => decide.Destinations(to => to.Set("Others").Group("Managers")));
        yield return Case("a field that names users at first",
            (_, decide) => decide.Destinations(to => to.Set("Others").Users(Team).Users("Buyers")));
    }

    [TestCaseSource(nameof(Definitions))]
    [Statement("13.4")]
    public async Task A_user_who_is_called_like_a_role_of_the_definition_is_found(Action<ProcessBuilder, ActivityBuilder> more, string[] found)
    {
        await using var engine = WorkflowEngine.Create();

        var findings = (await engine.DeployAsync(Deciding(more))).Findings.Where(finding => finding.Id == FindingIds.UserNamedLikeRole).ToList();

        findings.Select(finding => $"{finding.Path}: {finding.Reason.Split(',')[0]}").ShouldBe(found);
        findings.ShouldAllBe(finding => finding.Severity == FindingSeverity.Warning && finding.Remedy.StartsWith("If the role or group is meant, "));
    }

    private static ActivityBuilder Sign(ActivityBuilder decide, Action<ActionBuilder> sign) => decide.Client("Sign", task => task.Action("Sign", sign));

    private static ProcessDefinition Deciding(Action<ProcessBuilder, ActivityBuilder> more) => ProcessDefinition.Define("Deciding", process =>
    {
        process.Fields(Team);
        process.StartsWith(process.Activity("Decide", activity =>
        {
            activity.Destinations(to => to.Role("Managers")).Client("Decide", task => task.Action("Approve"));
            more(process, activity);
        }));
    });
}
