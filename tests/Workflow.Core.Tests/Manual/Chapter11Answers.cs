using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Where the values of answers are kept, and who reads which.</summary>
[TestFixture]
public sealed class Chapter11Answers
{
    private static readonly ProcessField<int> OfProcess = new("Of process", initial: 0);
    private static readonly ActivityField<int> OfActivity = new("Of activity", initial: 0);
    private static readonly DestinationField<int> Score = new("Score", initial: 0);

    [Test]
    [Statement("11.1")]
    [Statement("11.4")]
    public async Task Planned_once_the_destination_holds_the_last_answer_and_each_slot_its_own()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Fields(OfActivity, Score).Once(4, 4).Chooses(), OfProcess));
        var id = await bed.BeginAsync();

        foreach (var (user, value) in new[] { ("B", 4), ("A", 7), ("C", 2) })
        {
            await bed.ActAsync(user, "Approve", answer => answer.Set(OfProcess, value).Set(OfActivity, value).Set(Score, value));
        }

        var process = await bed.ReadAsync(id);
        var destination = process.Activities[0].Destinations.ShouldHaveSingleItem();
        process.Fields.Get<int>("Of process").ShouldBe(2);
        process.Activities[0].Fields.Get<int>("Of activity").ShouldBe(2);
        destination.Fields.Get<int>("Score").ShouldBe(2);
        destination.Slots.Select(slot => $"{slot.User} {slot.Fields.Get<int>("Score")}").ShouldBe(["B 4", "A 7", "C 2"]);
    }

    [Test]
    [Statement("11.4")]
    public async Task An_answer_that_sets_nothing_copies_what_the_destination_holds()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Fields(Score).Once(3, 3).Chooses()));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve", answer => answer.Set(Score, 4));
        (await bed.ItemAsync("B", id)).Get(Score).ShouldBe(4);
        await bed.ActAsync("B", "Approve");

        (await bed.ActiveAsync(id, "Ask")).Destinations[0].Slots.Select(slot => slot.Fields.Get<int>("Score")).ShouldBe([4, 4]);
    }

    [Test]
    [Statement("11.1")]
    public async Task Per_destination_each_has_values_of_their_own()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Fields(OfActivity, Score).Each(3).Chooses().SucceedingRule(Answers.AllGiven)));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve", answer => answer.Set(Score, 4).Set(OfActivity, 1));
        await bed.ActAsync("C", "Approve", answer => answer.Set(Score, 6));

        var ask = await bed.ActiveAsync(id, "Ask");
        ask.Fields.Get<int>("Of activity").ShouldBe(1);
        ask.Destinations.Select(destination => destination.Fields.Get<int>("Score")).ShouldBe([4, 0, 6]);
        var item = await bed.ItemAsync("B", id);
        (item.Get(Score), item.Get(OfActivity)).ShouldBe((0, 1));
    }

    [Statement("11.4")]
    [TestCase(new[] { 4, 7 }, false, "Ask Small")]
    [TestCase(new[] { 7, 4 }, false, "Ask Small")]
    [TestCase(new[] { 4, 7 }, true, "Ask Small")]
    [TestCase(new[] { 6, 6 }, false, "Ask Each")]
    public async Task Functions_over_slots_read_each_answer(int[] scores, bool each, string path)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Scoring", process =>
        {
            process.Managed();
            var ask = process.Activity("Ask", activity => (each ? activity.Fields(Score).Each(2) : activity.Fields(Score).Once(2, 2))
                .Chooses().SucceedingRule(Answers.AllGiven));
            process.StartsWith(ask);
            ask.To(process.Activity("Each"), when: Answers.AllSlots.Satisfy(Score >= 5))
                .To(process.Activity("Small"), when: Answers.AtLeast(1).Satisfy(Score < 5));
        }));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve", answer => answer.Set(Score, scores[0]));
        await bed.ActAsync("B", "Approve", answer => answer.Set(Score, scores[1]));

        (await bed.PathAsync(id)).ShouldBe(path);
    }

    [Statement("11.4")]
    [Statement("11.7")]
    [TestCase(7, 4, "Ask Low")]
    [TestCase(4, 7, "Ask High")]
    public async Task Planned_once_a_line_without_a_function_reads_the_last_answer(int first, int last, string path)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Scoring", process =>
        {
            process.Managed();
            var ask = process.Activity("Ask", activity => activity.Fields(Score).Once(2, 2).Chooses());
            process.StartsWith(ask);
            ask.To(process.Activity("High"), when: Score >= 5).To(process.Activity("Low"), when: Score < 5);
        }));
        var id = await bed.BeginAsync();

        await bed.ActAsync("B", "Approve", answer => answer.Set(Score, first));
        await bed.ActAsync("A", "Approve", answer => answer.Set(Score, last));

        (await bed.PathAsync(id)).ShouldBe(path);
    }

    [Test]
    [Statement("11.7")]
    public async Task Per_destination_a_line_reads_the_value_of_the_one_that_completed_the_activity([Range(0, 2)] int completing)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Scoring", process =>
        {
            process.Managed();
            var ask = process.Activity("Ask", activity => activity.Fields(Score).Each(3).Chooses().SucceedingRule(Answers.AllGiven));
            process.StartsWith(ask);
            ask.To(process.Activity("Last"), when: Score == 9)
                .To(process.Activity("Sum"), when: Answers.Sum(Score) == 11)
                .To(process.Activity("One"), when: Answers.AtLeast(2).Satisfy(Score == 1));
        }));
        var id = await bed.BeginAsync();

        foreach (var place in Enumerable.Range(0, 3).Where(place => place != completing).Append(completing))
        {
            await bed.ActAsync(Worklists.Users[place], "Approve", answer => answer.Set(Score, place == completing ? 9 : 1));
        }

        (await bed.PathAsync(id)).ShouldBe("Ask Last Sum One");
    }

    [Test]
    [Statement("11.7")]
    [Statement("0.3")]
    public async Task A_line_that_leaves_an_expired_activity_reads_the_first_destination_and_the_completed_slots()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Scoring", process =>
        {
            process.Managed();
            var ask = process.Activity("Ask", activity => activity.Fields(Score).Each(3, slots: 2).Chooses()
                .SucceedingRule(Answers.AtLeast(3) == "Approve").WhenUnresolved(WhenUnresolved.Expire));
            process.StartsWith(ask);
            ask.To(process.Activity("First"), when: Score == 4).To(process.Activity("Any"), when: Answers.AtLeast(1).Satisfy(Score == 6));
        }));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve", answer => answer.Set(Score, 4));
        await bed.ActAsync("B", "Approve", answer => answer.Set(Score, 6));

        (await bed.ExpiredAsync(id)).ShouldBe(["Ask"]);
        (await bed.CompletedAsync(id)).ShouldBe(["First", "Any"]);
    }

    [Test]
    [Statement("11.3")]
    public async Task Changes_by_people_are_in_the_history_with_value_destination_and_date()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Fields(Score).Each(2).Chooses(), OfProcess));
        var id = await bed.BeginAsync();

        await bed.ActAsync("B", "Save", answer => answer.Set(Score, 4).Set(OfProcess, 5));

        var changes = (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.FieldChanged && fact.Name is "Score" or "Of process");
        changes.Select(fact => (fact.Name, fact.Value, fact.Time)).ShouldBe(
            [("Score", FieldValue.From(4), WorkflowTestBed.Beginning), ("Of process", FieldValue.From(5), WorkflowTestBed.Beginning)], ignoreOrder: true);
        (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.FieldChanged && fact.Name == "Score").Destination.ShouldBe(2);
    }
}
