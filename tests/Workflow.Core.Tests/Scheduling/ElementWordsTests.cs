using System.Reflection;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Migration;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;
using Workflow.Core.Scheduling;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scheduling;

/// <summary>An error names its element as <see cref="Question.Element"/> does, so a change of the version has to know these words.</summary>
[TestFixture]
internal sealed class ElementWordsTests
{
    private const string New = "New ";

    /// <summary>A value that a sub-process is to get. Where it cannot be read, the event fails, and the error names that.</summary>
    private const string OfTheEvent = nameof(Question.OfSubProcess);

    /// <summary>An action whose operand throws is refused, and its instance does not stand still for it.</summary>
    private const string OfNoError = nameof(Question.OfAction);

    /// <summary>The elements that no public method of <see cref="Question"/> makes.</summary>
    private static readonly string[] _others = ["outcome", "server event", "activity"];

    [Test]
    [Statement("8.8")]
    [Statement("8.2")]
    public async Task Every_element_that_can_fail_has_the_words_of_the_new_version()
    {
        var (one, two) = (Define(1, ""), Define(2, New));
        var renames = Migrations.RenamesOf(one, New);
        await using var bed = await WorkflowTestBed.CreateAsync([two, one], options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();
        var before = Elements(one, await bed.ReadAsync(id));
        await bed.MigrateAsync(id, renames);
        var after = Elements(two, await bed.ReadAsync(id));
        var words = new ElementWords(Succession.Of(one, two, renames));

        before.Select(item => (item.Method, words.Of(item.Element))).ShouldBe(after);
        before.Where(item => after.Contains(item)).Select(item => item.Method).ShouldBe(
            [nameof(Question.OfProcessStart), nameof(Question.OfFinish)], "nothing in their words has a name");
        before.Select(item => item.Method).Except(_others).ShouldBe(
            typeof(Question).GetMethods(BindingFlags.Static | BindingFlags.Public)
                .Where(method => method.ReturnType == typeof(Question) && method.Name is not (OfTheEvent or OfNoError))
                .Select(method => method.Name).Distinct(),
            ignoreOrder: true);
    }

    /// <summary>The words for each element, with the method that makes the question.</summary>
    private static List<(string Method, string Element)> Elements(ProcessDefinition definition, ProcessInstance process)
    {
        var (ask, pay) = (definition.ActivityArray[0], definition.ActivityArray[1]);
        var (asking, paying) = (process.ActivityList[0], process.ActivityList[1]);
        var task = (ClientEventDefinition)ask.EventArray[0];
        var (answering, calling) = (asking.Destinations[0], paying.Destinations[0]);
        return
        [
            (nameof(Question.OfLine), Question.OfLine(definition.LineArray.First(line => line.From is null), process).Element),
            (nameof(Question.OfLine), Question.OfLine(definition.LineArray.First(line => line.From is not null), asking, ask).Element),
            (nameof(Question.OfArrival), Question.OfArrival(ask, process).Element),
            (nameof(Question.OfProcessStart), Question.OfProcessStart(definition.StartRule!, process).Element),
            (nameof(Question.OfStart), Question.OfStart(ask, asking).Element),
            (nameof(Question.OfMilestone), Question.OfMilestone(ask, asking).Element),
            (nameof(Question.OfEscalation), Question.OfEscalation(definition.EscalationArray[0], null, process, null, null).Element),
            (nameof(Question.OfEscalation), Question.OfEscalation(ask.EscalationArray[0], null, process, ask, asking).Element),
            (nameof(Question.OfEscalation), Question.OfEscalation(task.EscalationArray[0], task.Name, process, ask, asking).Element),
            (nameof(Question.OfDestinations), Question.OfDestinations(ask, asking).Element),
            (nameof(Question.OfServerEvent), Question.OfServerEvent(pay.EventArray[0], pay, calling).Element),
            (nameof(Question.OfTask), Question.OfTask(task, ask, answering).Element),
            (nameof(Question.OfText), Question.OfText("data", task, ask, answering).Element),
            (nameof(Question.OfText), Question.OfText("URL", task, ask, answering).Element),
            (nameof(Question.OfActivity), Question.OfActivity(ask, answering).Element),
            (nameof(Question.OfFinish), Question.OfFinish(null, process).Element),
            ("outcome", Should.Throw<RuleFailure>(() => Question.OfActivity(ask, answering).IsTrue()).Element),
            ("server event", FailedElement.OfEvent(calling)),
            ("activity", $"activity '{ask.Name}'"),
        ];
    }

    /// <summary>Each kind of element that can fail. The rule of the outcome does.</summary>
    private static ProcessDefinition Define(int version, string prefix) => Orders.Define(process =>
    {
        process.Version(version).StartRule(Rule.Named("Always", _ => true)).Escalation($"{prefix}Late", TimeSpan.FromDays(1), then => then.Mails());
        var ask = process.Activity($"{prefix}Ask", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client($"{prefix}Decide", task => task
                .Action($"{prefix}Yes")
                .Escalation($"{prefix}Nudge", TimeSpan.FromDays(1), then => then.Mails()))
            .Outcome($"{prefix}Yes", Rule.Named("Broken", _ => throw new InvalidOperationException("broken")))
            .Escalation($"{prefix}Remind", TimeSpan.FromDays(1), then => then.Mails()));
        process.StartsWith(ask);
        process.StartsWith(process.Activity($"{prefix}Pay", activity => activity.Waits($"{prefix}Call")));
        ask.To(process.Activity($"{prefix}After"));
    });
}
