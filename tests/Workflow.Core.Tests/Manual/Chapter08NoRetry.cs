using System.Text.RegularExpressions;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>No message advises what this version cannot do: an instance in Error stays there.</summary>
[TestFixture]
public sealed partial class Chapter08NoRetry
{
    public const string Said = "This instance stays in Error, because this version of the library has no retry. Start another instance instead.";

    private static readonly ProcessField<string> Approver = new("Approver");
    private static readonly ProcessField<int> Count = new("Count");

    private static TestCaseData Case(string says, Action<ActivityBuilder> work) => new TestCaseData(work).SetArgDisplayNames(says);

    private static IEnumerable<TestCaseData> Errors()
    {
        yield return Case("nobody", work => work.Destinations(to => to.Users(Approver)).Chooses());
        yield return Case("everybody left out", work => work.Destinations(to => to.Users("A").Originator().Except("A").ExceptOriginator()).Chooses());
        yield return Case("no slot", work => work.Destinations(to => to.Users("A")).PlanJustOnce(Slots.Number(Count)).Chooses());
        yield return Case("a role that the resolver does not know", work => work.Destinations(to => to.Role("Managers").ResolvedToUsers()).Chooses());
        yield return Case("a rule that can no longer become true",
            work => work.Once(1, 1).Chooses().Outcome("Approve", Answers.AtLeast(2) == "Approve").WhenUnresolved(WhenUnresolved.Fail));
    }

    [TestCaseSource(nameof(Errors))]
    [Statement("8.6")]
    public async Task An_error_says_that_the_instance_stays_in_it(Action<ActivityBuilder> work)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(work, Approver, Count));
        var id = await bed.BeginAsync();
        if (await bed.StatusAsync(id) is not ProcessInstanceStatus.Error)
        {
            await bed.ActAsync("A", "Approve");
        }

        (await bed.ReadAsync(id)).Error.ShouldNotBeNull().Message.ShouldEndWith(Said);
    }

    [Test]
    [Statement("8.6")]
    public async Task So_does_the_refusal_of_a_command()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Broken", process =>
        {
            process.Managed();
            process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
            process.StartsWith(process.Activity("Break", activity => activity.Server("Throw", _ => throw new InvalidOperationException("no money"))));
        }));
        var id = await bed.BeginAsync();

        var refusal = await Should.ThrowAsync<ProcessInstanceInErrorException>(() => bed.FinishAsync(new SerialNumber(id, 1)));

        refusal.Message.ShouldContain("It stays in Error, because this version of the library has no retry");
        refusal.Message.ShouldEndWith("no money");
    }

    /// <summary>A message that says "retry" can only say that there is none, as long as there is none.</summary>
    [Test]
    [Statement("8.6")]
    public void No_message_advises_to_retry()
    {
        var texts = SourceTree.AllOfSrc
            .SelectMany(file => file.Text.Split('\n').Select(line => (file.Path, Line: line)))
            .Where(found => !found.Line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(found => Texts().Matches(found.Line).Select(text => $"{found.Path}: {text.Value}"))
            .ToList();

        texts.Count.ShouldBeGreaterThan(1_000);
        texts.Where(text => Retries().IsMatch(text) && !text.Contains("has no retry", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Texts();

    [GeneratedRegex(@"\bretr(?:y|ied|ies)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Retries();
}
