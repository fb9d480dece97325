using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Gotos of people and of the code of server events.</summary>
[TestFixture]
public sealed class Chapter10Gotos
{
    private static readonly ProcessField<int> Number = new("Number", initial: 0);

    /// <code>
    /// ►─┬─► A1 (A; then code) ──► F      ──Outcome = Ok──► G
    ///   └─► B1 (B) ──► H                 C1 (C)
    /// </code>
    private static ProcessDefinition Coding(Action<Contexts.ServerEventContext> code, List<string>? log = null) => ProcessDefinition.Define("Coding", process =>
    {
        process.Managed().Fields(Number);
        var a = process.Activity("A1", activity => activity
            .Each(1).Client("Go", task => task.Action("Go")).Server("Decide", code).Logs("Never", log ?? [])
            .Outcome("Ok", Rule.Named("never", _ => false)));
        var b = process.Activity("B1", activity => activity.Destinations(to => to.Users("B")).Chooses());
        process.StartsWith(a).StartsWith(b);
        a.To(process.Activity("F", activity => activity.Destinations(to => to.Users("A")).Chooses())).On("Ok", process.Activity("G"));
        b.To(process.Activity("H"));
        process.Activity("C1", activity => activity.Destinations(to => to.Users("C")).Chooses());
    });

    private static async Task<(WorkflowTestBed Bed, ProcessInstanceId Id)> GoneAsync(Action<Contexts.ServerEventContext> code, List<string>? log = null)
    {
        var bed = await WorkflowTestBed.CreateAsync(Coding(code, log), options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Go");
        return (bed, id);
    }

    [Test]
    [Statement("7.6")]
    [Statement("10.1")]
    public async Task G01_a_goto_of_code_expires_its_own_activity_and_asks_its_lines()
    {
        var (bed, id) = await GoneAsync(context => context.GoTo("C1", Expiring.OwnActivity));
        await using var _ = bed;

        (await bed.PathAsync(id)).ShouldStartWith("Active: ");
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["B1", "C1", "F"], ignoreOrder: true);
        (await bed.ExpiredAsync(id)).ShouldBe(["A1"]);
        (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.ActivityExpired).Detail.ShouldBe("Goto");
        (await bed.NamesAsync(id, JournalKind.Goto)).ShouldBe(["C1"]);
    }

    [Test]
    [Statement("7.6")]
    [Statement("11.6")]
    public async Task G2_08_later_events_do_not_run_lines_are_asked_and_values_stay()
    {
        var log = new List<string>();
        var (bed, id) = await GoneAsync(
            context =>
            {
                context.Set(Number, 1);
                context.GoTo("C1");
                log.Add("goto takes effect when the code returns");
            },
            log);
        await using var _ = bed;

        log.ShouldBe(["goto takes effect when the code returns"]);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["B1", "C1", "F"], ignoreOrder: true);
        (await bed.LinesFromAsync(id, 1)).ShouldBe(["A1 to F true", "A1 on Ok to G false"]);
        (await bed.ReadAsync(id)).Fields.Get<int>("Number").ShouldBe(1);
        (await bed.OutcomesAsync(id)).ShouldBeEmpty("the succeeding rule is not asked");
    }

    [Test]
    [Statement("7.6")]
    [Statement("10.1")]
    public async Task A_goto_of_code_that_expires_everything_asks_the_lines_of_its_own_activity_only()
    {
        var (bed, id) = await GoneAsync(context => context.GoTo("C1", Expiring.Everything));
        await using var _ = bed;

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["C1", "F"], ignoreOrder: true);
        (await bed.ExpiredAsync(id)).ShouldBe(["A1", "B1"], ignoreOrder: true);
        (await bed.LinesFromAsync(id, 1)).Length.ShouldBe(2);
        (await bed.LinesFromAsync(id, 2)).ShouldBeEmpty();
    }

    [Test]
    [Statement("7.6")]
    [Statement("10.10")]
    public async Task G03_a_target_that_is_active_already_is_there_twice()
    {
        var (bed, id) = await GoneAsync(context => context.GoTo("B1"));
        await using var _ = bed;

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["B1", "B1", "F"], ignoreOrder: true);
        (await bed.SeesAsync("B")).Split(", ").Length.ShouldBe(2);
    }

    [TestCase(ActiveTarget.Again, "B1 B1 F")]
    [TestCase(ActiveTarget.Keep, "B1 F")]
    [Statement("10.10d")]
    public async Task A_target_that_is_still_active_can_be_kept(ActiveTarget ifActive, string open)
    {
        var (bed, id) = await GoneAsync(context => context.GoTo("B1", ifActive: ifActive));
        await using var _ = bed;

        (await bed.OpenActivitiesAsync(id)).Order().ShouldBe(open.Split(' '));
    }

    [Test]
    [Statement("10.10d")]
    public async Task A_goto_of_code_that_is_refused_does_nothing_at_all_and_the_events_go_on()
    {
        var log = new List<string>();
        var (bed, id) = await GoneAsync(context => context.GoTo("B1", ifActive: ActiveTarget.Refuse), log);
        await using var _ = bed;

        log.Count.ShouldBe(1);
        (await bed.CompletedAsync(id)).ShouldBe(["A1"]);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["B1", "F"], ignoreOrder: true);
        (await bed.CountAsync(id, JournalKind.Goto)).ShouldBe(0);
    }

    [Test]
    [Statement("7.6")]
    public async Task All_destinations_of_the_activity_expire_with_the_one_whose_code_goes()
    {
        var definition = ProcessDefinition.Define("Each", process =>
        {
            process.Managed();
            var ask = process.Activity("Ask", activity => activity.Each(3)
                .Chooses().Server("Leave", context => context.GoTo("X")).SucceedingRule(Answers.AllGiven));
            process.StartsWith(ask);
            process.Activity("X", activity => activity.Destinations(to => to.Users("D")).Chooses());
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();

        await bed.ActAsync("B", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Active: X");
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationExpired)).Order().ShouldBe([1, 2, 3]);
        await bed.ShouldNotFindAsync("A", id.Task(1), WorklistItemEnd.Expired);
    }

    [Test]
    [Statement("10.10c")]
    public async Task Code_asks_for_at_most_one_goto_and_the_second_is_refused_at_the_call()
    {
        Exception? refusal = null;
        var (bed, id) = await GoneAsync(context =>
        {
            context.GoTo("C1");
            refusal = Should.Throw<InvalidOperationException>(() => context.GoTo("B1"));
        });
        await using var _ = bed;

        refusal.ShouldNotBeNull();
        (await bed.NamesAsync(id, JournalKind.Goto)).ShouldBe(["C1"]);
    }

    [Test]
    [Statement("10.10c")]
    [Statement("8.1")]
    public async Task Code_that_throws_after_its_goto_has_not_gone()
    {
        var (bed, id) = await GoneAsync(context =>
        {
            context.GoTo("C1", Expiring.Everything);
            throw new InvalidOperationException("No seat.");
        });
        await using var _ = bed;

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["A1", "B1"]);
        (await bed.CountAsync(id, JournalKind.Goto)).ShouldBe(0);
    }

    [Test]
    [Statement("13.4")]
    [Statement("14.8")]
    public async Task A_goto_of_code_to_nowhere_fails_and_names_it()
    {
        var (bed, id) = await GoneAsync(context => context.GoTo("C2"));
        await using var _ = bed;

        var failed = await bed.ReadAsync(id);
        failed.Status.ShouldBe(ProcessInstanceStatus.Error);
        failed.Error.ShouldNotBeNull().Message.ShouldContain("'C2'");
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["A1", "B1"]);
    }

    [Test]
    [Statement("7.5")]
    public async Task Code_that_expires_its_activity_leaves_it_cleanly_and_its_lines_are_asked()
    {
        var log = new List<string>();
        var (bed, id) = await GoneAsync(
            context =>
            {
                context.Set(Number, 1);
                context.ExpireActivity();
            },
            log);
        await using var _ = bed;

        log.ShouldBeEmpty();
        (await bed.ExpiredAsync(id)).ShouldBe(["A1"]);
        (await bed.LinesFromAsync(id, 1)).ShouldBe(["A1 to F true", "A1 on Ok to G false"]);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["B1", "F"]);
        (await bed.ReadAsync(id)).Fields.Get<int>("Number").ShouldBe(1);
    }
}
