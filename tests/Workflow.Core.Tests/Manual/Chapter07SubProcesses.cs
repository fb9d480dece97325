using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Families;

namespace Workflow.Core.Tests.Manual;

/// <summary>How sub-processes start, and what goes to and fro.</summary>
[TestFixture]
public sealed class Chapter07SubProcesses
{
    [Test]
    [Statement("7.7")]
    [Statement("7.8")]
    [Description("I01")]
    public async Task The_parent_is_active_while_its_sub_process_runs_and_then_receives_its_values([Values] bool restarts)
    {
        await using var bed = await BedAsync(Parent(), ChildWithTask);
        var parent = await bed.StartParentAsync();

        (await bed.StatusAsync(parent)).ShouldBe(ProcessInstanceStatus.Active);
        var child = await bed.ChildAsync(parent);
        var read = await bed.ReadAsync(child);
        (read.Fields.Get<int>("In"), read.Originator, read.Status).ShouldBe((7, "dora", ProcessInstanceStatus.Active));
        var link = read.Parent.ShouldNotBeNull();
        (link.Id, link.Activity, link.Event, link.Depth).ShouldBe((parent, "Call", "Start it", 1));
        (await bed.ReadAsync(parent)).Activities[0].Destinations[0].Event!.SubProcess.ShouldBe(new SubProcess(child, "Child", 1));
        if (restarts)
        {
            await bed.RestartAsync();
        }

        await bed.DoAsync(child, 5);

        (await bed.StatusAsync(child)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.YAsync(parent)).ShouldBe(5);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
        (await bed.MessagesAsync()).ShouldBe(0);
        (await bed.CountAsync(parent, JournalKind.SubProcessStarted)).ShouldBe(1);
        (await bed.CountAsync(parent, JournalKind.SubProcessEnded)).ShouldBe(1);
    }

    [Test]
    [Statement("7.7")]
    [Statement("7.8b")]
    [Description("I02")]
    public async Task A_parent_that_goes_on_does_so_at_once_and_never_hears_of_its_sub_process()
    {
        await using var bed = await BedAsync(Parent(child => child.Send(X, In).GoOn()), ChildWithTask);
        var parent = await bed.StartParentAsync();

        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
        var child = await bed.ChildAsync(parent);
        await bed.ActAsync("zoe", "Ok");
        await bed.DoAsync(child, 5);

        (await bed.StatusAsync(child)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.StatusAsync(parent)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.YAsync(parent)).ShouldBe(0);
        (await bed.MessagesAsync()).ShouldBe(0);
        (await bed.CountAsync(parent, JournalKind.SubProcessEndIgnored)).ShouldBe(0);
    }

    [Test]
    [Statement("7.10")]
    [Statement("3.12")]
    [Description("I04")]
    public async Task Without_a_rule_the_first_sub_process_ends_the_activity_and_the_others_run_on([Values] bool waits)
    {
        await using var bed = await BedAsync(
            Parent(child => _ = waits ? child.Send(X, In) : child.Send(X, In).GoOn(), activity => activity.PlanPerSlot(Slots.Number(3))), ChildWithTask);
        var parent = await bed.StartParentAsync();
        if (waits)
        {
            (await bed.OpenActivitiesAsync(parent)).ShouldBe(["Call"]);
            await bed.DoAsync((await bed.ChildrenAsync(parent))[0], 1);
        }

        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
        var children = await bed.ChildrenAsync(parent);
        children.Count.ShouldBe(waits ? 3 : 1);
        foreach (var child in children.Skip(waits ? 1 : 0))
        {
            (await bed.StatusAsync(child)).ShouldBe(ProcessInstanceStatus.Active);
        }

        (await bed.HistoryAsync(parent)).Count(fact => fact is { Kind: JournalKind.DestinationExpired }).ShouldBe(2);
    }

    [Test]
    [Statement("7.10")]
    [Statement("4.7")]
    public async Task Each_slot_sends_the_data_that_it_has_from_the_list()
    {
        var lines = new ProcessField<IReadOnlyList<int>>("Lines", [30, 10, 20]);
        await using var bed = await BedAsync(
            Parent(
                child => child.SendSlotData(In).Receive(Out, Y),
                activity => activity.PlanPerSlot(Slots.ForEach(lines)).SucceedingRule(Answers.AllGiven),
                process => process.Fields(lines)),
            Child(process => process.StartsWith(process.Activity("Work", activity => activity.PureServer("Copy", code => code.Set(Out, code.Get(In)))))));
        var parent = await bed.StartParentAsync();

        var sent = new List<int>();
        foreach (var child in await bed.ChildrenAsync(parent))
        {
            sent.Add((await bed.ReadAsync(child)).Fields.Get<int>("In"));
        }

        sent.ShouldBe([30, 10, 20]);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
        (await bed.YAsync(parent)).ShouldBe(20, "the last completion wins");
    }

    [Test]
    [Statement("7.7")]
    [Statement("14.5")]
    [Description("I2-01")]
    public async Task A_sub_process_that_ends_at_once_moves_its_parent_once()
    {
        await using var bed = await BedAsync(Parent(), QuickChild);
        var parent = await bed.StartParentAsync();

        (await bed.YAsync(parent)).ShouldBe(5);
        (await bed.ChildrenAsync(parent)).Count.ShouldBe(1);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
        (await bed.CountAsync(parent, JournalKind.SubProcessEnded)).ShouldBe(1);
    }

    [Test]
    [Statement("7.13")]
    [Description("I2-11")]
    public async Task A_sub_process_starts_on_the_version_that_is_the_default_then()
    {
        var definition = ProcessDefinition.Define("Parent", process =>
        {
            process.OpenToAll().Fields(X, Y);
            var before = process.Activity("Before", activity => activity.Destinations(to => to.Users("zoe")).Client("Check", task => task.Action("Ok")));
            process.StartsWith(before);
            before.To(process.Activity("Call", activity => activity.StartsProcess("Start it", "Child", Both)));
        });
        await using var bed = await BedAsync(definition, ChildWithTask);
        var parent = await bed.StartParentAsync();
        await bed.Engine.DeployAsync(ProcessDefinition.Define("Child", process =>
        {
            process.Version(2).OpenToAll().Fields(In, Out);
            process.StartsWith(process.Activity("Other work", activity => activity.PureServer("Nothing", _ => { })));
        }));

        await bed.ActAsync("zoe", "Ok");

        (await bed.ReadAsync(await bed.ChildAsync(parent))).DefinitionVersion.ShouldBe(2);
    }

    [Test]
    [Statement("7.9")]
    [Statement("7.13")]
    [Description("I2-12")]
    public async Task Without_the_right_to_start_it_the_event_fails_and_a_retry_asks_anew()
    {
        await using var bed = await BedAsync(Parent(), ProcessDefinition.Define("Child", process =>
        {
            process.Rights(rights => rights.Start("ann").View("dora")).Fields(In, Out);
            process.StartsWith(process.Activity("Work", activity => activity.PureServer("Nothing", _ => { })));
        }));
        var parent = await bed.StartParentAsync();

        var error = (await bed.ReadAsync(parent)).Error.ShouldNotBeNull();
        error.Element.ShouldBe("IPC event 'Start it' of 'Call'");
        error.Message.ShouldContain("'Child' cannot be started in the name of 'dora', who lacks the Start right to it.");
        (await bed.ChildrenAsync(parent)).ShouldBeEmpty();
        await bed.Engine.DeployAsync(ProcessDefinition.Define("Child", process =>
        {
            process.Version(2).OpenToAll().Fields(In, Out);
            process.StartsWith(process.Activity("Work", activity => activity.PureServer("Nothing", _ => { })));
        }));

        await bed.Admin().RetryAsync(parent);
        await bed.SettleAsync();

        (await bed.ChildrenAsync(parent)).Count.ShouldBe(1);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
    }

    [Test]
    [Statement("7.13")]
    [Statement("5.4")]
    [Description("I2-12")]
    public async Task Where_its_start_rule_is_false_the_event_fails_and_a_retry_asks_with_what_is_true_then()
    {
        await using var bed = await BedAsync(
            Parent(),
            Child(process =>
            {
                process.StartRule(In > 10);
                process.StartsWith(process.Activity("Work", activity => activity.PureServer("Nothing", _ => { })));
            }));
        var parent = await bed.StartParentAsync();
        (await bed.ReadAsync(parent)).Error!.Message.ShouldStartWith("No instance of 'Child' was started: the condition of its start rule is false.");
        (await bed.ChildrenAsync(parent)).ShouldBeEmpty();
        await bed.Admin().RetryAsync(parent);
        (await bed.StatusAsync(parent)).ShouldBe(ProcessInstanceStatus.Error);

        await bed.Engine.DeployAsync(ProcessDefinition.Define("Child", process =>
        {
            process.Version(2).OpenToAll().Fields(In, Out).StartRule(In > 5);
            process.StartsWith(process.Activity("Work", activity => activity.PureServer("Nothing", _ => { })));
        }));
        await bed.Admin().RetryAsync(parent);
        await bed.SettleAsync();

        (await bed.ChildAsync(parent)).Value.ShouldBePositive();
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
    }

    [Test]
    [Statement("7.13")]
    public async Task A_definition_that_is_deployed_later_is_started_by_the_retry()
    {
        await using var bed = await BedAsync(Parent());
        var parent = await bed.StartParentAsync();
        (await bed.ReadAsync(parent)).Error!.Message.ShouldContain("'Child'");

        await bed.Engine.DeployAsync(QuickChild);
        await bed.Admin().RetryAsync(parent);
        await bed.SettleAsync();

        (await bed.YAsync(parent)).ShouldBe(5);
    }

    [Test]
    [Statement("7.9")]
    public async Task It_is_started_in_the_name_of_the_originator_a_fixed_user_or_the_host()
    {
        async Task<string> OriginatorAsync(Action<SubProcessBuilder> define)
        {
            await using var bed = await BedAsync(Parent(define), ProcessDefinition.Define("Child", process =>
            {
                process.Rights(rights => rights.Start("ann").Start("dora")).Fields(In, Out);
                process.StartsWith(process.Activity("Work", activity => activity.PureServer("Nothing", _ => { })));
            }));
            return (await bed.ReadAsync(await bed.ChildAsync(await bed.StartParentAsync()))).Originator;
        }

        (await OriginatorAsync(child => child.As("ann").AsOriginator())).ShouldBe("dora");
        (await OriginatorAsync(child => child.As("ann"))).ShouldBe("ann");
        (await OriginatorAsync(child => child.AsSystem())).ShouldBe("system");
    }

    [Test]
    [Statement("7.8")]
    public async Task The_folio_is_an_expression_and_a_constant_can_be_sent()
    {
        var who = new ProcessField<string>("Who", "Dora");
        await using var bed = await BedAsync(
            Parent(child => child.Folio("For {Who}").Send(3, In), more: process => process.Fields(who)), ChildWithTask);
        var child = await bed.ReadAsync(await bed.ChildAsync(await bed.StartParentAsync()));

        child.Folio.ShouldBe("For Dora");
        child.Fields.Get<int>("In").ShouldBe(3);
    }

    [Test]
    [Statement("7.8b")]
    [Description("I2-13")]
    public async Task A_field_that_nobody_wrote_returns_its_initial_value()
    {
        await using var bed = await BedAsync(
            Parent(),
            Child(process => process.StartsWith(process.Activity("Work", activity => activity.PureServer("Nothing", _ => { })))));
        var parent = (await bed.StartAsync("Parent", "dora", start => start.Set(Y, 40))).Id;

        (await bed.YAsync(parent)).ShouldBe(0);
    }

    [Test]
    [Statement("7.8")]
    [Statement("7.8b")]
    [Description("I2-14")]
    public void To_receive_without_waiting_is_refused_when_built()
    {
        Should.Throw<ProcessDefinitionException>(() => Parent(child => child.Receive(Out, Y).GoOn())).Message
            .ShouldContain("it receives values of the sub-process, and does not wait for it");
        Should.Throw<ProcessDefinitionException>(() => Parent(child => child.Exchange(X, In).GoOn())).Message
            .ShouldContain("it exchanges 'In' with the sub-process, and does not wait for it");
    }

    [Test]
    [Statement("7.8")]
    public async Task A_field_that_is_exchanged_goes_both_ways()
    {
        await using var bed = await BedAsync(
            Parent(child => child.Exchange(X, In)),
            Child(process => process.StartsWith(process.Activity("Work", activity => activity.PureServer("Add", code => code.Set(In, code.Get(In) + 1))))));
        var parent = await bed.StartParentAsync();

        (await bed.ReadAsync(parent)).Fields.Get<int>("X").ShouldBe(8);
    }

    [Test]
    [Statement("7.12")]
    [Description("I2-15")]
    public async Task A_process_that_starts_itself_ends_at_the_limit()
    {
        var itself = ProcessDefinition.Define("Parent", process =>
        {
            process.OpenToAll().Rights(rights => rights.Admin(Orders.Boss)).Fields(X, Y);
            process.StartsWith(process.Activity("Call", activity => activity.StartsProcess("Start it", "Parent")));
        });
        await using var bed = await WorkflowTestBed.CreateAsync([itself], options => options.SubProcessDepthLimit = 3);
        var root = await bed.StartParentAsync();

        var line = new List<ProcessInstanceId> { root };
        while (await bed.ChildrenAsync(line[^1]) is [var next])
        {
            line.Add(next);
        }

        line.Count.ShouldBe(4);
        foreach (var id in line.Take(3))
        {
            (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        }

        var last = await bed.ReadAsync(line[3]);
        (last.Status, last.Parent!.Depth).ShouldBe((ProcessInstanceStatus.Error, 3));
        last.Error!.Message.ShouldContain("there are 3 sub-processes above it already, which is the limit");
    }

    [Test]
    [Statement("7.8")]
    public void Two_values_for_one_field_are_refused_when_built()
    {
        Should.Throw<ProcessDefinitionException>(() => Parent(child => child.Send(X, In).Send(Y, In))).Message
            .ShouldContain("it sends two values to 'In'");
        Should.Throw<ProcessDefinitionException>(() => Parent(child => child.Receive(In, Y).Receive(Out, Y))).Message
            .ShouldContain("it receives two values into 'Y'");
        Should.Throw<ProcessDefinitionException>(() => Parent(child => child.SendSlotData(In))).Message
            .ShouldContain("the slots of its activity have none");
        Should.Throw<ProcessDefinitionException>(() => Parent(child => child.Receive(Out, new ProcessField<int>("Nowhere")))).Message
            .ShouldContain("'Nowhere'");
    }

    [Test]
    [Statement("7.8")]
    [Statement("7.13")]
    public async Task A_mapping_of_wrong_types_fails_before_anything_starts()
    {
        var text = new ProcessField<string>("In", "");
        await using var bed = await BedAsync(Parent(child => child.Send("seven", text)), ChildWithTask);
        var parent = await bed.StartParentAsync();
        (await bed.ReadAsync(parent)).Error!.Message.ShouldContain("'In' holds Integer");
        (await bed.ChildrenAsync(parent)).ShouldBeEmpty();

        var into = new ProcessField<string>("T");
        await using var other = await BedAsync(Parent(child => child.Receive(text, into), more: process => process.Fields(into)), ChildWithTask);
        var second = await other.StartParentAsync();
        (await other.ReadAsync(second)).Error!.Message.ShouldContain("its field 'In' holds Integer, and the event maps it as String");
        (await other.ChildrenAsync(second)).ShouldBeEmpty();
    }

    [Test]
    [Statement("7.9")]
    public async Task An_instance_that_the_host_has_started_starts_its_sub_process_as_the_host()
    {
        await using var bed = await BedAsync(Parent(), ProcessDefinition.Define("Child", process =>
        {
            process.Rights(rights => rights.Start("ann")).Fields(In, Out);
            process.StartsWith(process.Activity("Work", activity => activity.PureServer("Nothing", _ => { })));
        }));
        var parent = (await bed.Engine.AsSystem().StartAsync("Parent")).Id;
        await bed.SettleAsync();

        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
    }

    [Test]
    [Statement("7.8")]
    [Statement("8.1")]
    public async Task A_value_that_cannot_be_read_is_named_and_the_event_fails()
    {
        var broken = Rule.Choose(Rule.Named("broken", _ => throw new InvalidOperationException("It is broken.")), X, Y);
        var list = new ProcessField<IReadOnlyList<int>>("List");
        await using var bed = await BedAsync(
            Parent(child => child.Send(broken, In)), ChildWithTask);
        var parent = await bed.StartParentAsync();

        (await bed.ReadAsync(parent)).Error!.Message.ShouldStartWith("The value of 'In' of event 'Start it' of 'Call' cannot be read:");
    }

    [Test]
    [Statement("10.7")]
    [Statement("7.7")]
    public async Task A_loop_of_sub_processes_that_run_by_themselves_ends_at_the_limit_of_steps()
    {
        var parent = ProcessDefinition.Define("Parent", process =>
        {
            process.OpenToAll().Fields(X, Y);
            var call = process.Activity("Call", activity => activity.StartsProcess("Start it", "Child", Both));
            process.StartsWith(call);
            call.To(call);
        });
        await using var bed = await WorkflowTestBed.CreateAsync([parent, QuickChild], options => options.AutomaticStepLimit = 5);
        var id = await bed.StartParentAsync();

        (await bed.ReadAsync(id)).Error.ShouldNotBeNull().Message.ShouldContain("which is the limit");
        (await bed.ChildrenAsync(id)).Count.ShouldBe(5);
    }

    [Test]
    [Statement("7.7")]
    [Statement("13.10")]
    public async Task A_family_is_read_as_a_tree_and_its_histories_as_one()
    {
        var middle = ProcessDefinition.Define("Child", process =>
        {
            process.OpenToAll().Fields(In, Out);
            process.StartsWith(process.Activity("Call", activity => activity
                .PlanPerSlot(Slots.Number(2)).StartsProcess("Start it", "Grandchild").SucceedingRule(Answers.AllGiven)));
        });
        await using var bed = await BedAsync(Parent(), middle, Child(
            process => process.StartsWith(process.Activity("Work", activity => activity
                .Destinations(to => to.Users("ann")).Client("Do it", task => task.Action("Do")))),
            "Grandchild"));
        var parent = await bed.StartParentAsync();
        var child = await bed.ChildAsync(parent);
        var grandchildren = await bed.ChildrenAsync(child);

        var family = await bed.Engine.As("dora").ReadFamilyAsync(parent);
        family.All().Select(record => record.Id).ShouldBe([parent, child, .. grandchildren]);
        family.SubProcesses.ShouldHaveSingleItem().SubProcesses.Count.ShouldBe(2);
        family.HasMore.ShouldBeFalse();
        (await bed.Engine.As("dora").ReadFamilyAsync(parent, limit: 2)).HasMore.ShouldBeTrue();

        var facts = new List<FamilyFact>();
        await foreach (var fact in bed.Engine.As("dora").ReadFamilyHistoryAsync(parent))
        {
            facts.Add(fact);
        }

        facts.Select(fact => fact.Fact.Time).ShouldBeInOrder();
        foreach (var id in (ProcessInstanceId[])[parent, child, .. grandchildren])
        {
            facts.Where(fact => fact.ProcessInstance == id).Select(fact => fact.Fact.Number).ShouldBe((await bed.HistoryAsync(id)).Select(fact => fact.Number));
        }
    }
}
