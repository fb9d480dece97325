using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

[TestFixture]
public sealed class StartTests
{
    [Test]
    [Statement("8.5")]
    public async Task A_start_keeps_folio_originator_version_time_and_fields()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);

        var started = await bed.StartAsync(
            "dora", start => start.Folio("Train to Lisbon").Set(Approvals.Purpose, "travel").Set("Amount", FieldValue.From(2.50m)));

        started.Status.ShouldBe(ProcessInstanceStatus.Active);
        var process = await bed.ReadAsync(started.Id);
        (process.Folio, process.Originator, process.Definition, process.DefinitionVersion, process.StartedAt, process.EndedAt)
            .ShouldBe(("Train to Lisbon", "dora", "Approval", 1, WorkflowTestBed.Beginning, null));
        process.Fields.Get<string>("Purpose").ShouldBe("travel");
        process.Fields.Get<decimal>("Amount").ShouldBe(2.5m);
        var entry = (await bed.HistoryAsync(started.Id))[0];
        (entry.Number, entry.Kind, entry.User, entry.Name, entry.Detail)
            .ShouldBe((1, JournalKind.ProcessStarted, "dora", "Approval", "Train to Lisbon"));
    }

    [Test]
    [Statement("11.2")]
    public async Task A_field_that_a_start_does_not_set_has_its_initial_value_and_the_folio_is_empty()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);

        var started = await bed.StartAsync("root", start => start.Set(Approvals.Purpose, "travel"));

        var process = await bed.ReadAsync(started.Id);
        process.Fields.Get<decimal>("Amount").ShouldBe(1m);
        process.Folio.ShouldBe("");
    }

    [Test]
    [Statement("11.2")]
    public async Task The_last_of_several_values_of_a_field_counts()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);

        var started = await bed.StartAsync("dora", start => start.Set(Approvals.Purpose, "a").Set("Purpose", FieldValue.From("b")));

        (await bed.ReadAsync(started.Id)).Fields.Get<string>("Purpose").ShouldBe("b");
    }

    [Test]
    [Statement("9.2")]
    public async Task Without_the_start_right_nothing_is_stored([Values("bank", "viewer", "nobody")] string user)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);

        var refusal = await Should.ThrowAsync<WorkflowAccessDeniedException>(
            () => bed.StartAsync(user, start => start.Set(Approvals.Purpose, "travel")));

        (refusal.MissingRight, refusal.User, refusal.Definition).ShouldBe((ProcessRight.Start, user, "Approval"));
        await bed.Store.ShouldBeEmptyAsync();
    }

    [Test]
    [Statement("14.8")]
    public async Task An_unknown_process_is_refused_by_name()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);

        var refusal = await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => bed.StartAsync("approval", "root"));

        refusal.Definition.ShouldBe("approval", "case counts");
        await bed.Store.ShouldBeEmptyAsync();
    }

    private static IEnumerable<TestCaseData> WrongStarts()
    {
        yield return Wrong("an unknown field", "Colour", start => start.Set("Colour", FieldValue.From("red")));
        yield return Wrong("a field in the wrong case", "amount", start => start.Set("amount", FieldValue.From(1m)));
        yield return Wrong("a field of an activity", "Granted", start => start.Set("Granted", FieldValue.From(true)));
        yield return Wrong("a value of the wrong type", "Amount", start => start.Set("Amount", FieldValue.From(1)));
        yield return Wrong("a list for a single value", "Purpose", start => start.Set("Purpose", FieldValue.From<IReadOnlyList<string>>(["a"])));
        yield return Wrong("a required field that is missing", "Purpose", _ => { });
        yield return Wrong("a required field that is null", "Purpose", start => start.Set(Approvals.Purpose, null!));

        static TestCaseData Wrong(string says, string field, Action<ProcessStart> begin) => new TestCaseData(field, begin).SetArgDisplayNames(says);
    }

    [Statement("11.6")]
    [TestCaseSource(nameof(WrongStarts))]
    public async Task A_start_with_wrong_fields_is_refused_before_anything_is_stored(string field, Action<ProcessStart> begin)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);

        var refusal = await Should.ThrowAsync<DataFieldException>(() => bed.StartAsync("dora", begin));

        refusal.Field.ShouldBe(field);
        refusal.Message.ShouldContain($"'{field}'");
        refusal.Statement.ShouldNotBeNull();
        await bed.Store.ShouldBeEmptyAsync();
    }

    [Test]
    [Statement("14.8")]
    public async Task A_folio_that_is_too_long_is_refused_before_anything_is_stored()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);

        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            () => bed.StartAsync("dora", start => start.Set(Approvals.Purpose, "travel").Folio(new string('x', 257))));

        await bed.Store.ShouldBeEmptyAsync();
        await bed.StartAsync("dora", start => start.Set(Approvals.Purpose, "travel").Folio(new string('x', 256)));
    }
}
