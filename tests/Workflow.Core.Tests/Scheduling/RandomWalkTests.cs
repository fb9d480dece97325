using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;
using Workflow.Core.Formats;

namespace Workflow.Core.Tests.Scheduling;

/// <summary>Steps of every kind in any order. The commits hold the whole instance, and a loaded instance equals the one in memory.</summary>
[TestFixture]
internal sealed class RandomWalkTests
{
    private static readonly string[] _places = ["", "", "", "start", "preceding", "destination", "event", "activity", "line", "arrival", "finish"];

    [Test]
    [Statement("14.1")]
    [Statement("14.2")]
    public async Task Store_and_memory_agree_after_every_commit([Seeds(60)] int seed)
    {
        var chance = new Mutations((ulong)seed);
        var drive = Started(chance);

        for (var count = 0; count < 25 && drive.Process.StoredStatus is ProcessInstanceStatus.Active; count++)
        {
            await drive.CommitAsync();
            (await drive.StoredAsync()).ShouldHavePartsOf(Drive.PartsOf(drive.Process, drive.Definition));
            var before = InstanceImage.Of(drive.Process, drive.Definition);
            if (chance.Next(3) == 0)
            {
                await drive.ReloadAsync();
                InstanceImage.Of(drive.Process, drive.Definition).ShouldBe(before);
            }

            Move(drive, chance);
        }

        await drive.CommitAsync();
        (await drive.StoredAsync()).ShouldHavePartsOf(Drive.PartsOf(drive.Process, drive.Definition));
    }

    /// <summary>However an owner ends, its timers end with it, and no others. A new way to end need not handle them.</summary>
    [Test]
    [Statement("14.2")]
    public async Task Timers_end_with_their_owners_and_stay_with_all_others([Seeds(60)] int seed)
    {
        var chance = new Mutations((ulong)seed);
        var drive = Started(chance);
        IReadOnlyList<TimerOwner> planted = [];

        for (var count = 0; count < 40 && drive.Process.StoredStatus is ProcessInstanceStatus.Active; count++)
        {
            PlantedTimers.Plant(drive.Process);
            planted = PlantedTimers.AtWork(drive.Process);
            if (chance.Next(3) > 0)
            {
                await drive.CommitAsync();
            }

            Move(drive, chance);
            await drive.CommitAsync();
            planted = await PlantedTimers.CheckAsync(drive.Store, drive.Process, planted);
            await drive.ReloadAsync();
            planted = await PlantedTimers.CheckAsync(drive.Store, drive.Process, planted);
        }
    }

    /// <summary>The walks are worth something only if owners of each kind end in them in every way.</summary>
    [Test]
    public void The_walks_end_owners_in_every_way()
    {
        var ended = new HashSet<JournalKind>();
        for (var seed = 1; seed <= 60; seed++)
        {
            var chance = new Mutations((ulong)seed);
            var drive = Started(chance);
            for (var count = 0; count < 40 && drive.Process.StoredStatus is ProcessInstanceStatus.Active; count++)
            {
                Move(drive, chance);
            }

            ended.UnionWith(Facts(drive));
        }

        JournalKind[] ends =
        [
            JournalKind.EventCompleted, JournalKind.EventExpired, JournalKind.DestinationCompleted, JournalKind.DestinationExpired,
            JournalKind.ActivityCompleted, JournalKind.ActivityExpired, JournalKind.ProcessCompleted, JournalKind.ProcessError,
        ];
        ends.Except(ended).ShouldBeEmpty();
    }

    /// <summary>An input that is refused leaves everything as it is.</summary>
    [Test]
    [Statement("7.3")]
    public void A_refused_finish_changes_nothing([Range(-1, 6)] int destination, [Values] bool wrongField)
    {
        var drive = new Drive(Trouble.Definition).Start().Return().Wait();
        var before = InstanceImage.Of(drive.Process, drive.Definition);
        var facts = drive.Episode.Journal.Count;
        FieldChange[] changes = wrongField ? [new FieldChange("Amount", FieldValue.From(1m)), new FieldChange("Nothing", FieldValue.Null)] : [];

        var refusal = drive.Apply(new Input.FinishServerItem(destination, "bank", changes));

        if (refusal is not null)
        {
            InstanceImage.Of(drive.Process, drive.Definition).ShouldBe(before);
            drive.Episode.Journal.Count.ShouldBe(facts);
        }

        (refusal is null).ShouldBe(!wrongField && destination is >= 1 and <= 4);
    }

    private static Drive Started(Mutations chance)
    {
        var policy = Enum.GetValues<WhenUnresolved>()[chance.Next(5)];
        var (trouble, falsehood) = (_places[chance.Next(_places.Length)], _places[chance.Next(_places.Length)]);
        return new Drive(Trouble.Define(policy), fields =>
        {
            Trouble.ThrowAt(trouble)(fields);
            Trouble.FalseAt(falsehood)(fields);
        }).Start();
    }

    private static IEnumerable<JournalKind> Facts(Drive drive) =>
        JournalReader.Read(drive.Episode.Journal.End(drive.Process.Id, 1).Span, drive.Process.Id, 1).Select(entry => entry.Kind);

    private static void Move(Drive drive, Mutations chance)
    {
        var open = drive.Process.ActivityList
            .SelectMany(activity => activity.Destinations)
            .Where(destination => destination.Event is { ParkedFinish: null, Status: EventInstanceStatus.Waiting or EventInstanceStatus.Planned })
            .ToList();
        if (open.Count > 0 && chance.Next(4) == 0)
        {
            drive.Finish(open[chance.Next(open.Count)].Id, new FieldChange("Amount", FieldValue.From((decimal)chance.Next(10))));
        }
        else if (drive.Process.NextEventCall() is { Activity.Name: var activity })
        {
            Call(drive, activity, chance);
        }
    }

    private static void Call(Drive drive, string activity, Mutations chance)
    {
        switch (chance.Next(8))
        {
            case 0: drive.Throw("thrown"); break;
            case 1: drive.Wait("key"); break;
            case 2: drive.Wait(); break;
            case 3: drive.Call().InterruptEvent(); break;
            case 4 when activity == "Gather": drive.Return(context => context.Set(Trouble.Shared, chance.Next(100))); break;
            default:
                drive.Return(
                    context => context.Set(activity == "Gather" ? "Done" : "Amount", activity == "Gather" ? FieldValue.From(true) : FieldValue.Null));
                break;
        }
    }
}
