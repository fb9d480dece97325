using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>A request that makes no sense is refused with the name of the element, and leaves the instance as it is, byte for byte.</summary>
[TestFixture]
public sealed class Chapter01BadInput
{
    private static readonly ProcessField<int> Amount = new("Amount", initial: 0);
    private static readonly ActivityField<string> Note = new("Note");
    private static readonly DestinationField<int> Form = new("Form", initial: 0);

    private static readonly ProcessDefinition Asking = Worklists.Asking(activity => activity.Fields(Note, Form).Once(2, 1).Chooses(), Amount);

    [Statement("2.9")]
    [Statement("14.8")]
    [TestCase("approve")]
    [TestCase("APPROVE")]
    [TestCase("Approve ")]
    [TestCase("Burn")]
    [TestCase("Action Result")]
    public async Task An_action_that_does_not_exist_is_refused(string action)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        var unopened = await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync("A", serial, action));
        await bed.OpenAsync("A", serial);
        var opened = await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync("A", serial, action));

        (unopened.Action, unopened.User, unopened.Serial).ShouldBe((action, "A", serial));
        (opened.Action, opened.User, opened.Serial).ShouldBe((action, "A", serial));
        unopened.Statement.ShouldBe("2.9");
    }

    private static IEnumerable<TestCaseData> WrongValues()
    {
        yield return new TestCaseData("Amount", FieldValue.From("1"));
        yield return new TestCaseData("Amount", FieldValue.From(1L));
        yield return new TestCaseData("Amount", FieldValue.From(1m));
        yield return new TestCaseData("Note", FieldValue.From(1));
        yield return new TestCaseData("Form", FieldValue.From(true));
        yield return new TestCaseData("Form", FieldValue.From<IReadOnlyList<int>>([1]));
        yield return new TestCaseData("Unknown", FieldValue.From(1));
        yield return new TestCaseData("amount", FieldValue.From(1));
    }

    [Statement("11.6")]
    [Statement("14.8")]
    [TestCaseSource(nameof(WrongValues))]
    public async Task An_answer_that_does_not_fit_a_field_is_refused_as_a_whole(string field, FieldValue value)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        foreach (var action in new[] { "Approve", "Save" })
        {
            var refusal = await bed.ShouldRefuseAsync<DataFieldException>(
                id, () => bed.ActAsync("A", serial, action, answer => answer.Set(Form, 3).Set(field, value)));
            refusal.Field.ShouldBe(field);
        }

        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Av Av", "no slot was taken");
        await bed.OpenAsync("A", serial);
        await bed.ShouldRefuseAsync<DataFieldException>(id, () => bed.ActAsync("A", serial, "Approve", answer => answer.Set(Form, 3).Set(field, value)));
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Op Al");
    }

    [Test]
    [Statement("11.1")]
    public async Task A_field_of_another_process_or_activity_is_refused()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        var stranger = new DestinationField<int>("Stranger");

        (await bed.ShouldRefuseAsync<DataFieldException>(id, () => bed.ActAsync("A", serial, "Approve", answer => answer.Set(stranger, 1))))
            .Field.ShouldBe("Stranger");
        var item = await bed.ItemAsync("A", id);
        Should.Throw<DataFieldException>(() => item.Get(stranger)).Field.ShouldBe("Stranger");
    }

    [Test]
    [Statement("14.8")]
    public async Task A_caller_that_throws_while_answering_changes_nothing()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();

        await bed.ShouldRefuseAsync<InvalidOperationException>(
            id, () => bed.ActAsync("A", new SerialNumber(id, 1), "Approve", _ => throw new InvalidOperationException("no answer")));
    }

    [Test]
    [Statement("1.8")]
    public async Task Numbers_without_meaning_are_unknown()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();

        foreach (var serial in new[] { default, new SerialNumber(id, 0), new SerialNumber(id, -1), new SerialNumber(new ProcessInstanceId(-5), 1) })
        {
            (await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.OpenAsync("A", serial))).Reason.ShouldBe(WorklistItemEnd.Unknown);
            (await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.ActAsync("A", serial, "Approve")))
                .Reason.ShouldBe(WorklistItemEnd.Unknown);
        }
    }

    [Test]
    [Statement("1.8")]
    public async Task The_number_of_another_instance_reaches_only_that()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var (first, second) = (await bed.BeginAsync(), await bed.BeginAsync());
        var before = await bed.StoredBytesAsync(first);

        await bed.ActAsync("A", new SerialNumber(second, 1), "Approve");

        (await bed.StoredBytesAsync(first)).ShouldBe(before);
        (await bed.StandingAsync(first, "A")).ShouldBe("Av");
        await bed.ShouldNotFindAsync("A", new SerialNumber(second, 1), WorklistItemEnd.Completed);
    }

    [Test]
    [Statement("14.8")]
    public async Task Pages_of_no_size_or_beyond_the_limit_are_mistakes([Values(0, -1, 501)] int limit)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        await bed.BeginAsync();

        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await bed.Engine.As("A").Worklist.ListAsync(new WorklistQuery { Limit = limit }));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await bed.Boss().ListAsync(new WorklistQuery { Limit = limit }));
    }

    [Test]
    [Statement("14.8")]
    public async Task Nothing_given_is_a_mistake_of_the_caller()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        var item = await bed.ItemAsync("A", id);

        await bed.ShouldRefuseAsync<ArgumentException>(id, () => bed.ActAsync("A", serial, null!));
        await bed.ShouldRefuseAsync<ArgumentException>(id, async () => await item.RedirectAsync(null!));
        await bed.ShouldRefuseAsync<ArgumentException>(id, async () => await item.DelegateAsync(default));
        await bed.ShouldRefuseAsync<ArgumentException>(id, async () => await bed.Boss().RedirectAsync(serial, default, "D"));
        await bed.ShouldRefuseAsync<ArgumentException>(
            id, async () => await bed.Engine.As("A").Worklist.ExecuteAsync((IReadOnlyList<SerialNumber>)null!, "Approve"));
    }
}
