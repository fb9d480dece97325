using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Numbers over the answers of people, in the rule of their task.</summary>
[TestFixture]
public sealed class Chapter03AnswersOfPeople
{
    private static readonly DestinationField<int> Score = new("Score");

    private static readonly Dictionary<string, Rule> Questions = new()
    {
        ["sum >= 10"] = Answers.Sum(Score) >= 10,
        ["minimum >= 3"] = Answers.Minimum(Score) >= 3,
        ["maximum >= 7"] = Answers.Maximum(Score) >= 7,
        ["average >= 6"] = Answers.Average(Score) >= 6,
        ["count >= 2"] = Answers.Count(Score) >= 2,
        ["majority"] = Answers.CountOf(Score > 0) * 2 > Answers.Total,
        ["all but one"] = Answers.AtLeast(Answers.Total - 1).Satisfy(Score > 0),
    };

    [Statement("3.5")]
    [TestCase("sum >= 10", "4 5 1", 3)]
    [TestCase("sum >= 10", "12", 1)]
    [TestCase("minimum >= 3", "3", 1)]
    [TestCase("maximum >= 7", "4 6 7", 3)]
    [TestCase("average >= 6", "4 8", 2)]
    [TestCase("average >= 6", "4 7 8", 3)]
    [TestCase("count >= 2", "null 5 6", 3)]
    [TestCase("sum >= 10", "null 10", 2)]
    [TestCase("minimum >= 3", "null 3", 2)]
    [TestCase("majority", "1 0 1 1", 4)]
    [TestCase("majority", "1 1 1", 3)]
    [TestCase("all but one", "1 1 1 1", 4)]
    [TestCase("all but one", "1 1 0 1 1", 5)]
    public async Task The_task_of_five_slots_ends_with_the_answer_that_makes_its_rule_true(string question, string scores, int needed)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Fields(Score).Once(5, 5).Chooses(more: task => task.SucceedingRule(Questions[question]))));
        var id = await bed.BeginAsync();

        var place = 0;
        foreach (var score in scores.Split(' '))
        {
            (await bed.PathAsync(id)).ShouldBe("Active: Ask", $"before answer {place + 1}");
            var value = score == "null" ? FieldValue.Null : FieldValue.From(int.Parse(score, System.Globalization.CultureInfo.InvariantCulture));
            await bed.ActAsync(Worklists.Users[place++], "Approve", answer => answer.Set("Score", value));
        }

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        (await bed.CountAsync(id, JournalKind.SlotCompleted)).ShouldBe(needed);
    }

    [Test]
    [Statement("3.5")]
    [Statement("0.3")]
    public async Task A_number_that_is_not_reached_leaves_the_task_standing()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Fields(Score).Once(2, 2).Chooses(more: task => task.SucceedingRule(Questions["sum >= 10"]))));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve", answer => answer.Set(Score, 4));
        await bed.ActAsync("B", "Approve", answer => answer.Set(Score, 5));

        (await bed.PathAsync(id)).ShouldBe("Active: Ask");
        (await bed.NamesAsync(id, JournalKind.ActivityStalled)).ShouldBe(["Ask"]);
    }
}
