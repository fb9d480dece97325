using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter11DataFields
{
    private static readonly ProcessField<int> OfProcess = new("Of process", initial: 0);
    private static readonly ActivityField<int> OfActivity = new("Of activity", initial: 0);
    private static readonly DestinationField<int> OfDestination = new("Of destination", initial: 0);
    private static readonly ProcessField<IReadOnlyList<string>> Empty = new("Empty", initial: []);

    /// <code>
    /// ► Work (3 slots; each raises the fields, then waits) ──► After ──►
    /// </code>
    private static readonly ProcessDefinition Raising = ProcessDefinition.Define("Raising", process =>
    {
        process.OpenToAll().Fields(OfProcess);
        process.StartsWith(process.Activity("Work", activity => activity
            .Fields(OfActivity, OfDestination)
            .PlanPerSlot(Slots.Number(3))
            .Server("Raise", context =>
            {
                context.Set(OfProcess, context.Get(OfProcess) + 1);
                context.Set(OfActivity, context.Get(OfActivity) + 1);
                context.Set(OfDestination, context.Get(OfDestination) + 1);
                context.Get(OfProcess).ShouldBe(context.Serial.Destination, "what the code has written it reads back");
            })
            .Waits()));
    });

    [Test]
    [Statement("11.1")]
    public async Task The_process_an_activity_and_each_destination_have_values_of_their_own()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Raising);

        var process = await bed.ReadAsync(await bed.BeginAsync());

        process.Fields.Get<int>("Of process").ShouldBe(3);
        process.Activities[0].Fields.Get<int>("Of activity").ShouldBe(3);
        process.Activities[0].Destinations.Select(destination => destination.Fields.Get<int>("Of destination")).ShouldBe([1, 1, 1]);
    }

    [Test]
    [Statement("11.1")]
    public async Task The_fields_of_an_activity_cannot_be_seen_in_another()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Peeping", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Own", activity => activity.Fields(OfActivity).Waits()));
            process.StartsWith(process.Activity("Other", activity => activity.Server("Peep", context => context.Get(OfActivity))));
        }));

        var started = await bed.StartAsync("dora");

        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        (await bed.ReadAsync(started.Id)).Error.ShouldNotBeNull().Message.ShouldContain("is not a data field of");
    }

    private static IEnumerable<TestCaseData> Values()
    {
        yield return Value(true);
        yield return Value(new DateTimeOffset(2026, 3, 29, 2, 30, 0, 123, TimeSpan.FromHours(5.5)).AddTicks(4567));
        yield return Value(79228162514264337593543950335m);
        yield return Value(1.10m);
        yield return Value(double.Epsilon);
        yield return Value(double.NaN);
        yield return Value(-0.0);
        yield return Value(int.MinValue);
        yield return Value(long.MaxValue);
        yield return Value("");
        yield return Value("İ \0 \u2028 𝄞");
        yield return Value<IReadOnlyList<decimal>>([1.0m, 1.00m, -1m]);
        yield return Value<IReadOnlyList<string>>([]);
        yield return Value<IReadOnlyList<bool>>([true, false]);
        yield return Value<IReadOnlyList<DateTimeOffset>>([DateTimeOffset.MinValue, DateTimeOffset.MaxValue]);

        static TestCaseData Value<T>(T value) =>
            new TestCaseData((Field)new ProcessField<T>("Field", value)!, FieldValue.From(value))
                .SetArgDisplayNames($"{typeof(T).Name} {FieldValue.From(value)}");
    }

    [Statement("11.2")]
    [TestCaseSource(nameof(Values))]
    public async Task A_value_of_every_type_comes_back_as_it_was_given(Field field, FieldValue value)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Keeping", process =>
        {
            process.OpenToAll().Fields(field);
            process.StartsWith(process.Activity("Work", activity => activity.Waits()));
        }));
        var initial = await bed.BeginAsync();
        var set = await bed.BeginAsync(start => start.Set("Field", value));
        var cleared = await bed.BeginAsync(start => start.Set("Field", FieldValue.Null));

        await bed.RestartAsync();

        (await bed.ReadAsync(initial)).Fields["Field"].ShouldBe(value);
        (await bed.ReadAsync(set)).Fields["Field"].ToString().ShouldBe(value.ToString());
        (await bed.ReadAsync(cleared)).Fields["Field"].ShouldBe(FieldValue.Null);
    }

    [Test]
    [Statement("11.2")]
    public async Task Bytes_are_copied_on_the_way_in()
    {
        var bytes = new ProcessField<ReadOnlyMemory<byte>>("Bytes");
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Keeping", process =>
        {
            process.OpenToAll().Fields(bytes);
            process.StartsWith(process.Activity("Work", activity => activity.Waits()));
        }));
        byte[] given = [1, 2, 3];

        var id = await bed.BeginAsync(start =>
        {
            start.Set(bytes, given);
            given[0] = 9;
        });

        (await bed.ReadAsync(id)).Fields.Get<ReadOnlyMemory<byte>>("Bytes").ToArray().ShouldBe([1, 2, 3]);
    }

    [Test]
    [Statement("11.3")]
    public async Task The_history_records_changes_unless_the_field_says_otherwise([Values] bool keepAudit)
    {
        var field = new ProcessField<int>("Watched", initial: 0) { KeepAudit = keepAudit };
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Watching", process =>
        {
            process.OpenToAll().Fields(field);
            process.StartsWith(process.Activity("Work", activity => activity.Waits()));
        }));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(id, "Work", finish => finish.Set(field, 7));

        var changes = (await bed.HistoryAsync(id)).Where(entry => entry.Kind is JournalKind.FieldChanged).Select(entry => (entry.Name, entry.Value));
        changes.ShouldBe(keepAudit ? [("Watched", FieldValue.From(7))] : []);
        (new ProcessField<int>("Default").IsHidden, new ProcessField<int>("Default").KeepAudit, new ProcessField<int>("Default").KeepLog)
            .ShouldBe((false, true, true));
    }

    [Test]
    [Statement("11.4")]
    public async Task A_finish_writes_each_field_where_it_belongs()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Writing", process =>
        {
            process.OpenToAll().Fields(OfProcess);
            process.StartsWith(process.Activity("Work", activity => activity
                .Fields(OfActivity, OfDestination).PlanPerSlot(Slots.Number(2)).Waits().Waits("Wait again")
                .SucceedingRule(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed))));
        }));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(new SerialNumber(id, 2), finish => finish.Set(OfProcess, 1).Set(OfActivity, 2).Set("Of destination", FieldValue.From(3)));

        var work = (await bed.ReadAsync(id)).Activities[0];
        (await bed.ReadAsync(id)).Fields.Get<int>("Of process").ShouldBe(1);
        work.Fields.Get<int>("Of activity").ShouldBe(2);
        work.Destinations.Select(destination => destination.Fields.Get<int>("Of destination")).ShouldBe([0, 3]);
    }

    [Test]
    [Statement("11.6")]
    public async Task A_value_of_the_wrong_type_is_refused_with_the_name_of_the_field()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Raising);
        var id = await bed.BeginAsync();
        var before = await bed.StoredBytesAsync(id);

        foreach (var wrong in new[] { FieldValue.From(1L), FieldValue.From(1m), FieldValue.From("1"), FieldValue.From<IReadOnlyList<int>>([1]) })
        {
            var refusal = await Should.ThrowAsync<DataFieldException>(
                () => bed.FinishAsync(new SerialNumber(id, 1), finish => finish.Set("Of process", wrong)));
            refusal.Field.ShouldBe("Of process");
            refusal.Statement.ShouldBe("11.6");
        }

        (await bed.StoredBytesAsync(id)).ShouldBe(before);
    }

    [Test]
    [Statement("11.7")]
    public async Task A_line_reads_the_final_slots_and_the_field_of_the_destination_that_completed_the_activity([Range(0, 2)] int completing)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Leaving(WhenUnresolved.ByPlan, Slots.Number(3), rule: null));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(new SerialNumber(id, completing + 1), finish => finish.Set(OfDestination, 7));

        (await bed.CompletedAsync(id)).ShouldBe(["Work", "Is 7", "One is 7"]);
    }

    [Test]
    [Statement("11.7")]
    public async Task A_line_that_leaves_an_expired_activity_reads_the_field_of_its_first_destination([Values] bool firstIsSeven)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Leaving(WhenUnresolved.Expire, Slots.Number(2), Answers.AtLeast(2).Satisfy(OfDestination == 7)));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(new SerialNumber(id, 2), finish => finish.Set(OfDestination, firstIsSeven ? 1 : 7));
        await bed.FinishAsync(new SerialNumber(id, 1), finish => finish.Set(OfDestination, firstIsSeven ? 7 : 1));

        (await bed.ExpiredAsync(id)).ShouldBe(["Work"]);
        (await bed.CompletedAsync(id)).ShouldBe(firstIsSeven ? ["Is 7", "One is 7"] : ["One is 7"]);
    }

    [Test]
    [Statement("11.7")]
    public async Task A_line_that_leaves_an_activity_without_destinations_reads_the_initial_value()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Leaving(WhenUnresolved.ByPlan, Slots.ForEach(Empty), rule: null, initial: 7));

        (await bed.CompletedAsync(await bed.BeginAsync())).ShouldBe(["Work", "Is 7"]);
    }

    /// <code>
    ///                  ┌── field = 7 ───────► Is 7 ─────►
    /// ► Work (slots) ──┤
    ///                  └── one slot has 7 ──► One is 7 ─►
    /// </code>
    private static ProcessDefinition Leaving(WhenUnresolved policy, SlotAllocation slots, Rule? rule, int initial = 0) =>
        ProcessDefinition.Define("Leaving", process =>
        {
            var field = new DestinationField<int>("Of destination", initial);
            process.OpenToAll().Fields(Empty);
            var work = process.Activity("Work", activity =>
            {
                activity.Fields(field).PlanPerSlot(slots).Waits().WhenUnresolved(policy);
                if (rule is not null)
                {
                    activity.SucceedingRule(rule);
                }
            });
            process.StartsWith(work);
            work.To(process.Activity("Is 7"), when: field == 7).To(process.Activity("One is 7"), when: Answers.AtLeast(1).Satisfy(field == 7));
        });
}
