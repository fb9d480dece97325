using Workflow.Core.Scheduling;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Scheduling;

/// <summary>A step that fails is kept with all steps behind it, and has changed nothing.</summary>
[TestFixture]
internal sealed class SuspendedStepTests
{
    private static readonly string[] _places = ["start", "preceding", "destination", "event", "activity", "line", "arrival", "finish"];

    private static IEnumerable<TestCaseData> Failures =>
    [
        new("start", "line rule of 'Start to Gather'", new[] { Step("FollowLine", 0, 0, "Start to Gather"), Step("FollowLine", 0, 0, "Start to Beside") }),
        new(
            "preceding", "preceding rule of 'Gather'",
            new[] { Step("EnterActivity", 0, 0, "Start to Gather"), Step("EnterActivity", 0, 0, "Start to Beside") }),
        new("destination", "destination rule of 'Gather'", new[] { Step("PlanDestinations", 1), Step("PlanDestinations", 2) }),
        new("event", "succeeding rule of event 'Ask' of 'Gather'", new[] { Step("ServerEventDone", 1, 1) }),
        new("activity", "succeeding rule of 'Gather'", new[] { Step("SucceedActivity", 1, 1) }),
        new(
            "line", "line rule of 'Gather to After'",
            new[] { Step("FollowLine", 1, 0, "Gather to After"), Step("FollowLine", 1, 0, "Gather to Never"), Step("ForgetActivity", 1) }),
        new("arrival", "preceding rule of 'After'", new[] { Step("EnterActivity", 1, 0, "Gather to After") }),
        new("finish", "finish rule", new[] { Step("FinishProcess", 0) }),
    ];

    [TestCaseSource(nameof(Failures))]
    [Statement("8.1")]
    [Statement("8.2")]
    public void The_failing_step_and_those_behind_it_are_kept(string place, string element, object steps)
    {
        var drive = Run(place);

        drive.Process.StoredStatus.ShouldBe(ProcessInstanceStatus.Error);
        drive.Process.Suspended.ShouldBe((SuspendedStep[])steps);
        foreach (var step in drive.Process.Suspended)
        {
            var operation = SuspendedSteps.Read(drive.Episode.Definition, drive.Process, step).ShouldNotBeNull();
            SuspendedSteps.Of(drive.Episode.Definition, operation).ShouldBe(step);
        }
        var error = drive.Process.Error.ShouldNotBeNull();
        error.Element.ShouldBe(element);
        error.Message.ShouldBe($"trouble in {place}");
        error.ExceptionType.ShouldBe(nameof(InvalidOperationException));
        error.At.ShouldBe(drive.Now);
        drive.Episode.Alarms.ShouldHaveSingleItem().Kind.ShouldBe(AlarmKind.Failed);
    }

    [TestCase("Dance", 1, 1, "")]
    [TestCase("3", 1, 0, "")]
    [TestCase("FollowLine", 0, 0, "Gather to After")]
    [TestCase("FollowLine", 1, 0, "Start to Gather")]
    [TestCase("FollowLine", 9, 0, "Start to Gather")]
    [TestCase("EnterActivity", 0, 0, "Start to Nowhere")]
    [TestCase("GotoActivity", 0, 0, "Nowhere")]
    [TestCase("PlanDestinations", 9, 0, "")]
    [TestCase("StartEvent", 1, 9, "")]
    [TestCase("StartEvent", 2, 1, "")]
    [TestCase("UseMembers", 1, 0, "")]
    [Statement("8.2")]
    public void A_stored_step_that_leads_nowhere_is_no_operation(string verb, int activity, int destination, string element)
    {
        var drive = Run("event");

        SuspendedSteps.Read(drive.Episode.Definition, drive.Process, new SuspendedStep(verb, activity, destination, element)).ShouldBeNull();
    }

    [TestCase("GotoActivity", 0, 0, "After")]
    [TestCase("LeaveStart", 0, 0, "")]
    [TestCase("StartEvent", 1, 1, "")]
    [TestCase("AskForRoles", 1, 0, "")]
    [Statement("8.2")]
    public void A_stored_step_is_read_back_as_the_operation_it_was(string verb, int activity, int destination, string element)
    {
        var drive = Run("event");
        var step = new SuspendedStep(verb, activity, destination, element);

        SuspendedSteps.Of(drive.Episode.Definition, SuspendedSteps.Read(drive.Episode.Definition, drive.Process, step).ShouldNotBeNull()).ShouldBe(step);
    }

    /// <summary>A twin is stopped by its limit of operations right in front of the step that fails: both have to stand at the same place.</summary>
    [TestCaseSource(nameof(_places))]
    [Statement("8.2")]
    public async Task Nothing_has_changed_in_front_of_the_failing_step(string place)
    {
        var failed = Run(place);
        var twin = Run(place, limit: failed.Episode.Operations - 1);
        var facts = failed.Episode.Journal.Count;
        twin.Episode.Journal.Count.ShouldBe(facts);

        Comparable(twin).ShouldBe(Comparable(failed));

        await failed.CommitAsync();
        await failed.ReloadAsync();
        Comparable(failed).ShouldBe(
            Comparable(twin).Replace("v0", "v1", StringComparison.Ordinal).Replace("facts 0", $"facts {facts}", StringComparison.Ordinal));
    }

    [TestCase(WhenUnresolved.Fail, true, "SucceedActivity")]
    [TestCase(WhenUnresolved.Fail, false, "ServerEventDone")]
    [Statement("0.3")]
    [Statement("8.2")]
    public void A_failure_by_policy_keeps_the_step_that_asked(WhenUnresolved policy, bool byActivity, string verb)
    {
        var drive = new Drive(Trouble.Define(policy), byActivity ? null : Trouble.FalseAt("event")).Start();
        while (drive.Process.StoredStatus is ProcessInstanceStatus.Active)
        {
            drive.Return();
        }

        drive.Process.Suspended.ShouldHaveSingleItem().Verb.ShouldBe(verb);
        drive.Process.Error.ShouldNotBeNull().Message.ShouldStartWith("Its succeeding rule is false and no answer is left");
    }

    [Test]
    [Statement("8.2")]
    public void Code_that_throws_leaves_no_step_and_no_written_field()
    {
        var drive = new Drive(Trouble.Definition).Start();
        var before = drive["Gather"].Fields.Get<int>("Shared");

        drive.Throw("broken");

        drive.Process.Suspended.ShouldBeEmpty();
        drive["Gather"].Fields.Get<int>("Shared").ShouldBe(before);
        drive["Gather"].Destinations[0].Event.ShouldNotBeNull().Status.ShouldBe(EventInstanceStatus.Failed);
        drive["Gather"].Destinations[1].Event.ShouldNotBeNull().Status.ShouldBe(EventInstanceStatus.Planned);
        drive.Process.NextEventCall().ShouldNotBeNull("what was planned stays planned");
    }

    /// <summary>Every element that a suspended step names is found again after a reload.</summary>
    [TestCaseSource(nameof(_places))]
    [Statement("8.2")]
    public async Task The_elements_of_a_suspended_step_are_stored(string place)
    {
        var drive = Run(place);
        await drive.CommitAsync();
        await drive.ReloadAsync();

        foreach (var step in drive.Process.Suspended.Where(step => step.ActivityInstance != 0 && step.Verb != "EnterActivity"))
        {
            var activity = drive.Process.ActivityList.SingleOrDefault(activity => activity.Id == step.ActivityInstance).ShouldNotBeNull($"{step}");
            (step.Destination == 0 || activity.FindDestination(step.Destination) is not null).ShouldBeTrue($"{step}");
        }
    }

    /// <summary>Returns every call as it comes, with the answer that completes Gather, as long as the instance is Active.</summary>
    private static Drive Run(string place, int limit = 20_000)
    {
        var drive = new Drive(Trouble.Definition, Trouble.ThrowAt(place), operationLimit: limit).Start();
        while (drive.Process.StoredStatus is ProcessInstanceStatus.Active && drive.Process.NextEventCall() is { } next)
        {
            drive.Return(context => context.Set(
                next.Activity.Name == "Gather" ? "Done" : "Amount", next.Activity.Name == "Gather" ? FieldValue.From(true) : FieldValue.Null));
        }

        return drive;
    }

    /// <summary>The image without the error's own words and the step that only the one that failed has counted.</summary>
    private static string Comparable(Drive drive) => string.Join('\n', InstanceImage.Of(drive.Process, drive.Definition).Split('\n')
        .Select(line => line.StartsWith("error", StringComparison.Ordinal) ? line[line.IndexOf("suspended", StringComparison.Ordinal)..] : line)
        .Select(line => line.Contains(" steps ", StringComparison.Ordinal)
            ? line.Replace($"steps {drive.Process.AutomaticSteps} ", "", StringComparison.Ordinal)
            : line));

    private static SuspendedStep Step(string verb, int activity, int destination = 0, string element = "") => new(verb, activity, destination, element);
}
