using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>A name that nothing has is refused with whose name it should be, the nearest one there is, and all there are.</summary>
[TestFixture]
public sealed class UnknownNameTests
{
    private static readonly ProcessField<int> Days = new("Days", initial: 5);
    private static readonly ProcessField<int> Dayz = new("Dayz");
    private static readonly ActivityField<int> Seen = new("Seen", initial: 0);

    private const string NotOfProcess = "'Dayz' is not a data field of the process 'Vacation'. Did you mean 'Days'? There are: 'Days'. Correct the name, or "
        + "add it";

    private static readonly ProcessDefinition _vacation = ProcessDefinition.Define("Vacation", process =>
    {
        process.OpenToAll().Fields(Days);
        process.StartsWith(process.Activity("Approval", activity => activity
            .Fields(Seen)
            .Destinations(to => to.Users("ann"))
            .Client("Approve", task => task.Action("Yes").Action("Decline"))));
    });

    private static readonly ProcessDefinition _empty = ProcessDefinition.Define("Empty", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Look", activity => activity.Destinations(to => to.Users("ann")).Client("Look at it", task => task.Action("Yes"))));
    });

    private WorkflowTestBed _bed = null!;
    private ProcessInstanceId _id;

    [SetUp]
    public async Task BeginAsync()
    {
        _bed = await WorkflowTestBed.CreateAsync([_vacation, _empty]);
        _id = (await _bed.Engine.As("dora").StartAsync("Vacation")).Id;
    }

    [TearDown]
    public async Task EndAsync() => await _bed.DisposeAsync();

    private async Task<WorklistItem> TaskAsync() => await _bed.Engine.As("ann").Worklist.SingleAsync(_id);

    [Test]
    [Statement("11.1")]
    public async Task A_data_field_that_is_read()
    {
        var process = await _bed.ReadAsync(_id);
        var task = await TaskAsync();

        ShouldSay(() => process.Fields.Get<int>("Dayz"), NotOfProcess);
        ShouldSay(() => process.Fields.Get(Dayz), NotOfProcess);
        ShouldSay(() => task.Get(Dayz), NotOfProcess);
        ShouldSay(
            () => process.Activities[0].Fields.Get<int>("Sene"),
            "'Sene' is not a data field of the activity 'Approval'. Did you mean 'Seen'?");
    }

    [Test]
    [Statement("11.1")]
    public async Task A_data_field_of_an_element_without_fields()
    {
        var id = (await _bed.Engine.As("dora").StartAsync("Empty")).Id;
        var process = await _bed.ReadAsync(id);
        var task = await _bed.Engine.As("ann").Worklist.SingleAsync(id);

        ShouldSay(() => process.Fields.Get<int>("Dayz"), "'Dayz' is not a data field of the process 'Empty'. There are none. Correct the name, or add it");
        ShouldSay(() => task.Get(Dayz), "'Dayz' is not a data field of the process 'Empty'. There are none.");
        ShouldSay(() => process.Activities[0].Fields.Get<int>("Dayz"), "'Dayz' is not a data field of the activity 'Look'. There are none.");
    }

    [Test]
    [Statement("11.1")]
    public async Task A_data_field_that_is_written()
    {
        await ShouldSayAsync<DataFieldException>(_bed.Engine.As("dora").StartAsync("Vacation", start => start.Set(Dayz, 1)).AsTask(), NotOfProcess);
        var task = await TaskAsync();
        await ShouldSayAsync<DataFieldException>(
            task.ExecuteAsync("Yes", answer => answer.Set(Dayz, 1)).AsTask(),
            "'Dayz' is not a data field of the activity 'Approval' or the process 'Vacation'. Did you mean 'Days'? "
            + "There are: 'Action Result', 'Seen', 'Days'.");
    }

    [Test]
    [Statement("11.1")]
    public async Task A_data_field_that_code_reads()
    {
        var definition = ProcessDefinition.Define("Count", process =>
        {
            process.OpenToAll().Fields(Days);
            process.StartsWith(process.Activity("Count", activity => activity.Server("Count them", context => context.Get(Dayz))));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = (await bed.StartAsync("dora")).Id;

        (await bed.ReadAsync(id)).Error!.Message.ShouldContain("'Dayz' is not a data field of the process 'Count'. Did you mean 'Days'?");
    }

    [Test]
    [Statement("8.7b")]
    public async Task A_process_definition()
    {
        await ShouldSayAsync<ProcessDefinitionNotFoundException>(
            _bed.Engine.As("dora").StartAsync("Vacaton").AsTask(),
            "No process definition 'Vacaton' is deployed here. Did you mean 'Vacation'? There are: 'Empty', 'Vacation'. Deploy it, or correct the name.");
        await ShouldSayAsync<WorkflowAccessDeniedException>(
            _bed.Engine.As("dora").FindServerItemsAsync(new() { Definition = "Vacaton" }).AsTask(),
            "right on 'Vacaton' is missing, since no process definition of this name is deployed here. Did you mean 'Vacation'?");
        await ShouldSayAsync<WorkflowAccessDeniedException>(
            _bed.Engine.As("dora").ManageDefinitions().ListAsync("Vacaton").AsTask(),
            "right on 'Vacaton' is missing, since no process definition of this name is deployed here. Did you mean 'Vacation'?");
    }

    [Test]
    [Statement("2.9")]
    [Statement("1.12")]
    public async Task An_action()
    {
        const string Proposal = "there is no such action, the task offers 'Yes', 'Decline'; did you mean 'Decline'? The Actions of the item";
        var task = await TaskAsync();

        await ShouldSayAsync<ActionNotAllowedException>(task.ExecuteAsync("Declien").AsTask(), Proposal);
        await ShouldSayAsync<ActionNotAllowedException>(task.DelegateAsync(Destination.User("bob"), ["Declien"]).AsTask(), Proposal);
        await ShouldSayAsync<ActionNotAllowedException>(
            _bed.Engine.As("boss").ManageWorklists().SetActionRightAsync(task.Serial, "Declien", Destination.User("bob"), isAllowed: true).AsTask(), Proposal);
        (await Should.ThrowAsync<ActionNotAllowedException>(task.ExecuteAsync("Pay at once").AsTask())).Message.ShouldNotContain("did you mean");
    }

    private static void ShouldSay(Func<object> read, string words) => Should.Throw<DataFieldException>(read).Message.ShouldContain(words);

    private static async Task ShouldSayAsync<T>(Task command, string words)
        where T : WorkflowException => (await Should.ThrowAsync<T>(command)).Message.ShouldContain(words);
}
