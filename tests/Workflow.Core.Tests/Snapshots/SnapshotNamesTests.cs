using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Stored elements are bound to a definition by names.</summary>
[TestFixture]
internal sealed class SnapshotNamesTests
{
    private static readonly ProcessField<int> _first = new("First", initial: 1);
    private static readonly ProcessField<string> _second = new("Second");
    private static readonly ActivityField<int> _shared = new("Shared", initial: 1);
    private static readonly ActivityField<string> _other = new("Other");
    private static readonly DestinationField<int> _own = new("Own", initial: 1);
    private static readonly DestinationField<string> _more = new("More");

    private static readonly string[] _events = ["Ask", "Tell"];

    private static readonly ProcessDefinition _original = Define();

    [Test]
    [Statement("13.8")]
    public void The_same_elements_in_another_order_read_the_same_parts()
    {
        var other = Define(isReversed: true);
        var process = Sample();
        var parts = Drive.PartsOf(process, _original);

        var read = Drive.Load(parts, other);

        InstanceImage.Of(read, other).ShouldBe(InstanceImage.Of(process, _original));
        read.Activities.Select(activity => activity.Ordinal).ShouldBe([1]);
        read.Fields.Get<int>("First").ShouldBe(12);
        read.Fields.Get<string>("Second").ShouldBe("second");
        Drive.PartsOf(read, other).Parts.Count.ShouldBe(parts.Parts.Count);
    }

    [TestCase("Ask")]
    [TestCase("Tell")]
    [Statement("13.8")]
    public void An_event_that_is_missing_is_refused_and_named(string missing) => Refusal(Define(without: missing)).ShouldContain($"'{missing}'");

    [TestCase("First")]
    [TestCase("Second")]
    [TestCase("Shared")]
    [TestCase("Other")]
    [TestCase("Own")]
    [TestCase("More")]
    [TestCase("Work")]
    [Statement("13.8")]
    public void A_field_or_an_activity_that_is_missing_is_refused_and_named(string missing) => Refusal(Define(without: missing)).ShouldContain($"'{missing}'");

    [Test]
    [Statement("13.8")]
    public void A_field_of_another_type_is_refused_and_named()
    {
        var other = ProcessDefinition.Define("Names", process =>
        {
            process.Fields(new ProcessField<long>("First"), _second);
            process.StartsWith(process.Activity("Work"));
        });

        Refusal(other).ShouldContain("'First'");
    }

    /// <summary>Only a value that is stored needs its field.</summary>
    [Test]
    [Statement("13.8")]
    public void A_field_without_any_value_need_not_be_there()
    {
        var drive = new Drive(_original).Start();
        var other = Define(without: "Second");

        InstanceImage.Of(Drive.Load(Drive.PartsOf(drive.Process, _original), other), other).ShouldNotContain("Second");
    }

    [Test]
    [Statement("11.2")]
    public void A_field_that_was_not_there_begins_with_its_initial_value()
    {
        var before = Define(without: "First");
        var drive = new Drive(before).Start();

        Drive.Load(Drive.PartsOf(drive.Process, before), _original).Fields.Get<int>("First").ShouldBe(1);
    }

    [Test]
    [Statement("11.2")]
    public void A_value_that_was_taken_away_stays_away_although_there_is_an_initial_one()
    {
        var drive = new Drive(_original).Start();
        drive.Return(context => context.Set("First", FieldValue.Null));

        Drive.Load(Drive.PartsOf(drive.Process, _original), _original).Fields["First"].IsNull.ShouldBeTrue();
    }

    [Test]
    public void A_stored_instance_without_a_header_is_refused()
    {
        var parts = Drive.PartsOf(Sample(), _original).Parts;

        Should.Throw<StoredFormatException>(() => Drive.Load(new StoredProcess(1, 0, []), _original)).Message.ShouldContain("no header");
        Should.Throw<StoredFormatException>(() => Drive.Load(new StoredProcess(1, 0, [.. parts.Skip(1)]), _original)).Message.ShouldContain("no header");
    }

    [Test]
    public void A_destination_without_its_activity_instance_is_refused_and_named()
    {
        var parts = Drive.PartsOf(Sample(), _original).Parts;

        Should.Throw<StoredFormatException>(() => Drive.Load(new StoredProcess(1, 0, [parts[0], .. parts.Skip(2)]), _original))
            .Message.ShouldContain("activity instance 1");
    }

    [Test]
    public void A_part_under_the_key_of_another_is_refused()
    {
        var parts = Drive.PartsOf(Sample(), _original).Parts;
        var exchanged = new[] { parts[0], parts[1] with { Content = parts[2].Content }, parts[2] with { Content = parts[1].Content } };

        Should.Throw<StoredFormatException>(() => Drive.Load(new StoredProcess(1, 0, exchanged), _original)).Message.ShouldContain("place of another");
    }

    [Test]
    [Statement("8.7")]
    public void A_version_that_is_not_deployed_is_named() =>
        Should.Throw<Core.Runtime.ProcessDefinitionNotFoundException>(() => Drive.Load(Drive.PartsOf(Sample(), _original))).Message.ShouldContain("Names");

    private static string Refusal(ProcessDefinition definition) =>
        Should.Throw<StoredFormatException>(() => Drive.Load(Drive.PartsOf(Sample(), _original), definition)).Message;

    /// <summary>Every field has a value, the event Ask waits and Tell comes next.</summary>
    private static ProcessInstance Sample() => new Drive(_original).Start().Return(context =>
    {
        context.Set(_first, 12);
        context.Set(_second, "second");
        context.Set(_shared, 13);
        context.Set(_other, "other");
        context.Set(_own, 14);
        context.Set(_more, "more");
        context.WaitUntilFinished("key");
    }).Process;

    private static ProcessDefinition Define(bool isReversed = false, string without = "") => ProcessDefinition.Define("Names", process =>
    {
        process.Fields(Ordered<Field>([_first, _second], field => field.Name));
        var activities = Ordered(["Work", "Rest"], name => name);
        foreach (var name in activities)
        {
            process.Activity(name, activity =>
            {
                activity.Fields(Ordered<Field>([_shared, _other, _own, _more], field => field.Name));
                foreach (var item in _events.Where(item => item != without))
                {
                    activity.Server(item, static _ => { });
                }
            });
        }

        process.StartsWith(activities.Contains("Work") ? "Work" : "Rest");

        T[] Ordered<T>(T[] elements, Func<T, string> nameOf) => [.. (isReversed ? elements.Reverse() : elements).Where(element => nameOf(element) != without)];
    });
}
