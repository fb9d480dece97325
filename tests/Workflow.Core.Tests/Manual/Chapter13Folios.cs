using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Changes of the folio, by administrators and by code.</summary>
[TestFixture]
[Statement("13.11")]
public sealed class Chapter13Folios
{
    private static readonly ProcessDefinition _order = Define(process => process.StartsWith(process.Activity("Decide", activity => activity
        .Destinations(to => to.Users("ann"))
        .Client("Decide it", task => task.Action("Yes")))));

    [Test]
    public async Task An_administrator_changes_the_folio_and_everything_is_found_by_the_new_one([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_order);
        var id = (await bed.StartAsync("dora", start => start.Folio("Train to Lisbon"))).Id;
        if (fromStore)
        {
            await bed.RestartAsync();
        }

        await bed.Admin().ChangeFolioAsync(id, "Train to Porto", reason: "The meeting was moved.");

        (await bed.ReadAsync(id)).Folio.ShouldBe("Train to Porto");
        (await bed.WorklistAsync("ann")).Single().Folio.ShouldBe("Train to Porto");
        var system = bed.Engine.AsSystem();
        (await system.FindProcessesAsync(new() { Folio = "Train to Porto" })).Single().Id.ShouldBe(id);
        (await system.FindProcessesAsync(new() { Folio = "Train to Lisbon" })).ShouldBeEmpty();
        (await bed.Engine.As("ann").Worklist.ListAsync(new() { Folio = "Train to Porto" })).ShouldHaveSingleItem();
        var fact = (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.FolioChanged);
        (fact.Name, fact.User, fact.Reason).ShouldBe(("Train to Porto", Boss, "The meeting was moved."));
        await bed.RestartAsync();
        (await bed.ReadAsync(id)).Folio.ShouldBe("Train to Porto");
    }

    [TestCase(ProcessInstanceStatus.Stopped)]
    [TestCase(ProcessInstanceStatus.Error)]
    public async Task An_instance_that_stands_still_gets_another_folio_and_stays_as_it_is(ProcessInstanceStatus status)
    {
        var definition = Define(process => process.StartsWith(process.Activity("Work", activity =>
            (status is ProcessInstanceStatus.Error ? activity.Server("Do", _ => throw new IOException("full")) : activity).Waits())));
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = (await bed.StartAsync("dora")).Id;
        if (status is ProcessInstanceStatus.Stopped)
        {
            await bed.Admin().StopAsync(id);
        }

        await bed.Admin().ChangeFolioAsync(id, "Seven");

        var process = await bed.ReadAsync(id);
        (process.Folio, process.Status).ShouldBe(("Seven", status));
    }

    [Test]
    public async Task The_same_folio_is_nothing_to_do()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_order);
        var id = (await bed.StartAsync("dora", start => start.Folio("Seven"))).Id;

        await bed.Admin().ChangeFolioAsync(id, "Seven");

        (await bed.HistoryAsync(id)).ShouldNotContain(entry => entry.Kind == JournalKind.FolioChanged);
    }

    [Test]
    [Statement("9.1")]
    public async Task Nobody_but_an_administrator_changes_the_folio()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Order", process =>
        {
            process.Rights(rights => rights.Start("dora").View("dora"));
            process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
        }));
        var id = (await bed.StartAsync("dora")).Id;

        await bed.ShouldRefuseAsync<WorkflowAccessDeniedException>(
            id, () => bed.Engine.As("dora").ManageProcesses().ChangeFolioAsync(id, "Seven").AsTask());
    }

    [Test]
    [Statement("8.6")]
    public async Task An_instance_that_has_ended_keeps_its_folio([Values] bool isDeleted)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_order);
        var id = (await bed.StartAsync("dora")).Id;
        await (isDeleted ? bed.Admin().DeleteAsync(id).AsTask() : bed.ActAsync("ann", "Yes"));

        await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => bed.Admin().ChangeFolioAsync(id, "Seven").AsTask());
    }

    [Test]
    public async Task A_folio_that_is_too_long_or_malformed_is_refused_at_once()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_order);
        var id = (await bed.StartAsync("dora")).Id;

        await bed.ShouldRefuseAsync<ArgumentOutOfRangeException>(id, () => bed.Admin().ChangeFolioAsync(id, new string('x', 257)).AsTask());
        await bed.ShouldRefuseAsync<ArgumentException>(id, () => bed.Admin().ChangeFolioAsync(id, "\ud800").AsTask());
        await bed.Admin().ChangeFolioAsync(id, new string('x', 256));
    }

    [Test]
    [Statement("13.7")]
    public async Task A_change_under_the_same_key_is_carried_out_once()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_order);
        var id = (await bed.StartAsync("dora")).Id;
        var once = bed.Engine.As(Boss).Once("k").ManageProcesses();
        await once.ChangeFolioAsync(id, "Seven");
        await bed.Admin().ChangeFolioAsync(id, "Eight");

        await once.ChangeFolioAsync(id, "Seven");

        (await bed.ReadAsync(id)).Folio.ShouldBe("Eight");
    }

    [Test]
    [Statement("8.1")]
    public async Task Code_sets_the_folio_when_it_returns_and_not_when_it_throws([Values] bool throws)
    {
        var seen = "";
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Number", activity => activity
            .Server("Draw", context =>
            {
                context.SetFolio("First");
                context.SetFolio("Order 7");
                seen = context.Folio;
                if (throws)
                {
                    throw new IOException("full");
                }
            })
            .Waits()))));

        var id = (await bed.StartAsync("dora", start => start.Folio("New order"))).Id;

        seen.ShouldBe("Order 7");
        (await bed.ReadAsync(id)).Folio.ShouldBe(throws ? "New order" : "Order 7");
        var facts = (await bed.HistoryAsync(id)).Where(entry => entry.Kind is JournalKind.FolioChanged).ToList();
        string.Join(", ", facts.Select(fact => $"{fact.Name} {fact.User}")).ShouldBe(throws ? "" : "Order 7 ");
    }

    [Test]
    [Statement("6.7")]
    public async Task Code_of_an_escalation_sets_the_folio()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Decide it", task => task.Action("Yes"))
            .Escalation("Mark", DueTime.After(TimeSpan.FromDays(1)), then => then.Run("Mark it", context => context.SetFolio($"Late: {context.Folio}")))))));
        var id = (await bed.StartAsync("dora", start => start.Folio("Order 7"))).Id;

        await bed.AdvanceAsync(TimeSpan.FromDays(1));

        (await bed.ReadAsync(id)).Folio.ShouldBe("Late: Order 7");
        (await bed.WorklistAsync("ann")).Single().Folio.ShouldBe("Late: Order 7");
    }
}
