using System.Text;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Snapshots;

[TestFixture]
internal sealed class SnapshotRoundTripTests
{
    private static IEnumerable<string> Names => Samples.Names;

    [TestCaseSource(nameof(Names))]
    [Statement("14.1")]
    public void Bytes_are_read_as_they_were_written(string sample)
    {
        var drive = Samples.All[sample]();
        var parts = Drive.PartsOf(drive.Process, drive.Definition);

        var read = Drive.Load(parts, drive.Definition);

        InstanceImage.Of(read, drive.Definition).ShouldBe(InstanceImage.Of(drive.Process, drive.Definition));
        Drive.PartsOf(read, drive.Definition).ShouldHavePartsOf(parts);
    }

    /// <summary>A commit carries what changed, and what changed is everything that is new: nothing of the instance may be missing in the store.</summary>
    [TestCaseSource(nameof(Names))]
    [Statement("8.2")]
    public async Task A_commit_holds_the_whole_instance(string sample)
    {
        var drive = Samples.All[sample]();

        await drive.CommitAsync();

        (await drive.StoredAsync()).ShouldHavePartsOf(Drive.PartsOf(drive.Process, drive.Definition));
    }

    [TestCaseSource(nameof(Names))]
    [Statement("13.8")]
    public async Task No_type_of_the_language_is_named_in_what_is_stored(string sample)
    {
        var drive = Samples.All[sample]();
        await drive.CommitAsync();

        var history = await drive.Store.ReadJournalAsync(drive.Process.Id, after: 0, limit: 100, CancellationToken.None);
        var pieces = (await drive.StoredAsync()).Parts.Select(part => part.Content).Concat(history.Select(piece => piece.Content));
        foreach (var text in pieces.Select(piece => Encoding.UTF8.GetString(piece.Span)))
        {
            text.ShouldNotContain("Workflow.Core");
            text.ShouldNotContain("System.");
            text.ShouldNotContain("Version=");
        }
    }

    [Test]
    [Statement("8.5")]
    public async Task Running_is_never_stored()
    {
        foreach (var sample in Samples.All.Values)
        {
            var drive = sample();
            await drive.CommitAsync();
            Drive.Load(await drive.StoredAsync(), drive.Definition).StoredStatus.ShouldNotBe(ProcessInstanceStatus.Running);
        }
    }

    /// <summary>The samples are worth something only if every status occurs in them.</summary>
    [Test]
    public void The_samples_cover_every_status_that_can_be_stored()
    {
        var processes = Samples.All.Values.Select(sample => sample().Process).ToList();
        var activities = processes.SelectMany(process => process.Activities).ToList();
        var destinations = activities.SelectMany(activity => activity.Destinations).ToList();

        Enum.GetValues<ProcessInstanceStatus>().Except(processes.Select(process => process.Status)).ShouldBeEmpty();
        Enum.GetValues<ActivityInstanceStatus>().Except(activities.Select(activity => activity.Status)).ShouldBe([ActivityInstanceStatus.Expired]);
        Enum.GetValues<DestinationStatus>().Except(destinations.Select(destination => destination.Status)).ShouldBeEmpty();
        Enum.GetValues<EventInstanceStatus>()
            .Except(destinations.Where(destination => destination.Event is not null).Select(destination => destination.Event!.Status))
            .ShouldBe([EventInstanceStatus.Completed, EventInstanceStatus.Expired]);
        destinations.ShouldContain(destination => destination.Event != null && destination.Event.ParkedFinish != null);
        destinations.ShouldContain(destination => destination.Slots.Count == 2);
        destinations.ShouldContain(destination => !destination.InstanceData.IsNull);
        activities.ShouldContain(activity => activity.CompletedBy != null);
    }

    [TestCaseSource(nameof(Names))]
    public void A_damaged_part_with_a_fitting_checksum_is_refused_or_can_be_read_and_written(string sample)
    {
        var drive = Samples.All[sample]();
        var parts = Drive.PartsOf(drive.Process, drive.Definition);
        var mutations = new Mutations((ulong)sample.Length);

        for (var count = 0; count < 2_000; count++)
        {
            var damaged = Damage(parts, mutations);
            try
            {
                var read = Drive.Load(damaged, drive.Definition);
                var again = Drive.Load(Drive.PartsOf(read, drive.Definition), drive.Definition);
                InstanceImage.Of(again, drive.Definition).ShouldBe(InstanceImage.Of(read, drive.Definition));
            }
            catch (WorkflowException exception) when (exception is StoredFormatException or Core.Runtime.ProcessDefinitionNotFoundException)
            {
                // Refused, as it should be when the bytes say nothing.
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void A_part_that_is_cut_short_is_refused_at_every_length(string sample)
    {
        var drive = Samples.All[sample]();
        var parts = Drive.PartsOf(drive.Process, drive.Definition).Parts.ToList();

        for (var index = 0; index < parts.Count; index++)
        {
            var content = Piece.Opened(parts[index].Content.Span);
            for (var length = 0; length < content.Length; length++)
            {
                List<StoredPart> cut = [.. parts];
                cut[index] = parts[index] with { Content = Piece.Sealed(content.AsSpan(0, length), Drive.Id, parts[index].Key) };
                Should.Throw<WorkflowException>(() => Drive.Load(new StoredProcess(1, 0, cut), drive.Definition), $"part {parts[index].Key}, length {length}");
            }
        }
    }

    private static StoredProcess Damage(StoredProcess stored, Mutations mutations)
    {
        List<StoredPart> parts = [.. stored.Parts];
        var index = mutations.Next(parts.Count);
        parts[index] = parts[index] with { Content = Piece.Sealed(mutations.Of(Piece.Opened(parts[index].Content.Span), from: 2), Drive.Id, parts[index].Key) };
        return stored with { Parts = parts };
    }
}
