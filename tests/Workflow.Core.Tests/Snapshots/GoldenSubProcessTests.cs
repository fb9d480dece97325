using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Rules;
using Workflow.Core.Snapshots;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Families;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Parents, sub-processes and the messages between them are read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenSubProcessTests
{
    private static readonly ProcessInstanceId One = new(1);

    private static ProcessDefinition Waiting => Parent(
        child => child.Exchange(X, In).Receive(Out, Y).EndWithParent(), activity => activity.PlanPerSlot(Slots.Number(2)).SucceedingRule(Answers.AllGiven));

    [Test]
    [Statement("13.8")]
    [Statement("7.3")]
    public async Task A_parent_that_version_21_has_stored_is_read_and_takes_up_the_end_that_it_has_kept()
    {
        var lines = await GoldenFile.LinesAsync("21", "parent.txt", async () =>
        {
            await using var writing = await BedAsync(Waiting, ChildWithTask);
            var id = await writing.StartParentAsync();
            var children = await writing.ChildrenAsync(id);
            await writing.Admin().StopAsync(id);
            await writing.DoAsync(children[0], 4);
            return await GoldenFile.StoredAsync(writing, id);
        });
        await using var bed = await BedAsync(Waiting, ChildWithTask);
        await GoldenFile.StoreAsync(bed, lines, definition: "Parent");
        (await bed.TranscriptAsync(One)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.ReadAsync(One)).Activities[0].Destinations.Select(destination => destination.Event?.SubProcess).ShouldBe(
            [new SubProcess(new ProcessInstanceId(2), "Child", 1), new SubProcess(new ProcessInstanceId(3), "Child", 1)]);

        await bed.Admin().ResumeAsync(One);
        (await bed.YAsync(One)).ShouldBe(4);
        await bed.Admin().DeleteAsync(One);

        var left = await bed.Store.FindMessagesAsync(new MessageQuery { Limit = 10 }, CancellationToken.None);
        left.ShouldHaveSingleItem().To.ShouldBe(new ProcessInstanceId(3));
        MessageReader.Read(left[0]).ShouldBeOfType<FamilyMessage.ParentEnded>();
    }

    [Test]
    [Statement("13.8")]
    [Statement("7.7")]
    public async Task Messages_that_version_21_has_stored_are_read_and_written_again_as_they_were()
    {
        var lines = await GoldenFile.LinesAsync("21", "messages.txt", async () =>
        {
            await using var writing = await BedAsync(Waiting, ChildWithTask);
            var parent = (await writing.Engine.As("dora").StartAsync("Parent")).Id;
            var all = (await MessagesAsync(writing)).ToList();
            await writing.SettleAsync();
            var children = await writing.ChildrenAsync(parent);
            await writing.Engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(children[0], 1), "Do", answer => answer.Set(Out, 4));
            all.AddRange(await MessagesAsync(writing));
            await writing.Admin().DeleteAsync(parent);
            all.AddRange((await MessagesAsync(writing)).Where(message => message.From == parent));
            return string.Concat(all.Select(message =>
                $"{message.To.Value.Invariant()} {message.From.Value.Invariant()} {message.Number.Invariant()} {Convert.ToHexString(message.Content.Span)}\n"));
        });

        var kinds = new List<Type>();
        foreach (var words in lines.Select(line => line.Split(' ')))
        {
            var numbers = words.Take(3).Select(word => int.Parse(word, System.Globalization.CultureInfo.InvariantCulture)).ToList();
            var message = new ProcessMessage(new ProcessInstanceId(numbers[1]), numbers[2], new ProcessInstanceId(numbers[0]), Convert.FromHexString(words[3]));
            var read = MessageReader.Read(message);
            kinds.Add(read.GetType());
            var writer = new PartWriter();
            var piece = MessageWriter.Write(writer, message.From, read);
            Convert.ToHexString(writer.Memory(piece).Span).ShouldBe(words[3]);
        }

        kinds.Distinct().ShouldBe([typeof(FamilyMessage.Started), typeof(FamilyMessage.Ended), typeof(FamilyMessage.ParentEnded)], ignoreOrder: true);
    }

    [Test]
    [Statement("13.8")]
    public async Task A_damaged_message_and_one_in_the_place_of_another_are_refused()
    {
        await using var bed = await BedAsync(Waiting, ChildWithTask);
        await bed.Engine.As("dora").StartAsync("Parent");
        var message = (await MessagesAsync(bed))[0];
        Should.Throw<StoredFormatException>(() => MessageReader.Read(message with { To = new ProcessInstanceId(99) }));
        Should.Throw<StoredFormatException>(() => MessageReader.Read(message with { Number = 3 }));
        for (var place = 0; place < message.Content.Length; place++)
        {
            var damaged = message.Content.ToArray();
            damaged[place] ^= 0x10;
            Should.Throw<StoredFormatException>(() => MessageReader.Read(message with { Content = damaged }), $"byte {place.Invariant()}");
        }
    }

    [Test]
    [Statement("13.8")]
    [Statement("7.7")]
    public async Task A_sub_process_keeps_its_parent_over_restarts()
    {
        await using var bed = await BedAsync(Waiting, ChildWithTask);
        var parent = await bed.StartParentAsync();
        var before = await bed.ReadAsync((await bed.ChildrenAsync(parent))[0]);
        await bed.RestartAsync();
        var after = await bed.ReadAsync(before.Id);

        after.Parent.ShouldNotBeNull();
        (after.Parent.Serial, after.Parent.Activity, after.Parent.Event, after.Parent.Depth, after.Parent.EventInstance).ShouldBe(
            (before.Parent!.Serial, "Call", "Start it", 1, 1));
        (after.Parent.Waits, after.Parent.EndsWithIt).ShouldBe((true, true));
        after.Parent.Returned.ShouldBe([new ReturnedField("In", "In"), new ReturnedField("Out", "Out")]);
    }

    private static ValueTask<IReadOnlyList<ProcessMessage>> MessagesAsync(WorkflowTestBed bed) =>
        bed.Store.FindMessagesAsync(new MessageQuery { Limit = 100 }, CancellationToken.None);
}
