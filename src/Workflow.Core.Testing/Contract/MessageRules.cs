using Workflow.Core.Persistence;
using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How messages from one instance to another are kept.</summary>
internal static class MessageRules
{
    private const string Source = "IProcessStore.FindMessagesAsync";
    private const string Received = "Commit.ReceivedMessages";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A message is found as it was sent, until it is received", "Commit.SentMessages", SendAsync),
        new("Messages come by receiver, sender and number, and no more than are asked for", Source, OrderAsync),
        new("A message goes with the commit in which it is received, and no other does", Received, ReceiveAsync),
        new("A refused commit receives nothing", Received, RefusedAsync),
        new("Messages are found by their receiver, and behind one that need not be there", Source, PagesAsync),
        new("A commit that receives a message which is not there is refused, and nothing of it is stored", Received, MissingAsync),
        new("A message is received once", Received, OnceAsync),
        new("A new instance receives the message that starts it, and is refused without it", Received, NewAsync),
        new("A message that takes the place of a received one in the same commit stays", Received, AgainAsync),
        new("A discarded message is gone, and the store says whether there was one", "IProcessStore.DiscardMessageAsync", DiscardAsync),
        new("The bytes of a message are copied before the commit ends", "Commit", CopyAsync),
    ];

    private static async Task ExpectAsync(StoreTrial trial, string expected, int limit = 100) =>
        trial.Expect(expected, Shown.Messages(await trial.Store.FindMessagesAsync(new() { Limit = limit }, CancellationToken.None)), "the messages");

    private static async Task SendAsync(StoreTrial trial)
    {
        var to = await trial.AddAsync();
        var from = await trial.AddAsync(
            commit => commit with { SentMessages = [Message(commit.ProcessInstance, 1, to, 1, 2), Message(commit.ProcessInstance, 2, to)] });
        await trial.CommitAsync(Next(from, 1));
        await trial.CommitAsync(Next(to, 1));

        await ExpectAsync(trial, $"{from}/1>{to}=0102 {from}/2>{to}=");
    }

    private static async Task OrderAsync(StoreTrial trial)
    {
        var numbers = await trial.ReserveAsync(3);
        var (one, two, three) = (numbers[0], numbers[1], numbers[2]);
        await trial.CommitAsync(New(three) with { SentMessages = [Message(three, 10, one, 1), Message(three, 9, one, 1), Message(three, 1, two, 1)] });
        await trial.CommitAsync(New(two) with { SentMessages = [Message(two, 11, one, 1), Message(two, 1, three, 1)] });

        await ExpectAsync(trial, $"{two}/11>{one}=01 {three}/9>{one}=01 {three}/10>{one}=01 {three}/1>{two}=01 {two}/1>{three}=01");
        await ExpectAsync(trial, $"{two}/11>{one}=01 {three}/9>{one}=01", limit: 2);
    }

    private static async Task ReceiveAsync(StoreTrial trial)
    {
        var to = await trial.AddAsync();
        var other = await trial.AddAsync();
        var from = await trial.AddAsync(commit => commit with
        {
            SentMessages = [Message(commit.ProcessInstance, 1, to, 1), Message(commit.ProcessInstance, 2, to, 1), Message(commit.ProcessInstance, 1, other, 1)],
        });

        await trial.CommitAsync(Next(to, 1) with { ReceivedMessages = [(from, 1)] });

        await ExpectAsync(trial, $"{from}/2>{to}=01 {from}/1>{other}=01");
    }

    private static async Task RefusedAsync(StoreTrial trial)
    {
        var to = await trial.AddAsync();
        var from = await trial.AddAsync(commit => commit with { SentMessages = [Message(commit.ProcessInstance, 1, to, 1)] });

        await trial.ExpectRefusedAsync(Next(to, 2) with { ReceivedMessages = [(from, 1)] });

        await ExpectAsync(trial, $"{from}/1>{to}=01");
    }

    private static async Task PagesAsync(StoreTrial trial)
    {
        var numbers = await trial.ReserveAsync(3);
        var (one, two, three) = (numbers[0], numbers[1], numbers[2]);
        await trial.CommitAsync(New(one) with { SentMessages = [Message(one, 1, two), Message(one, 2, two), Message(one, 3, three)] });
        await trial.CommitAsync(New(three) with { SentMessages = [Message(three, 1, one), Message(three, 1, two), Message(three, 10, two)] });
        var ofTwo = $"{one}/1>{two}= {one}/2>{two}= {three}/1>{two}= {three}/10>{two}=";

        foreach (var (query, expected) in ((MessageQuery, string)[])
        [
            (new() { Limit = 10 }, $"{three}/1>{one}= {ofTwo} {one}/3>{three}="),
            (new() { To = two, Limit = 10 }, ofTwo),
            (new() { To = two, Limit = 1 }, $"{one}/1>{two}="),
            (new() { To = new(three.Value + 1), Limit = 10 }, ""),
            (new() { After = new(two, one, 2), Limit = 10 }, $"{three}/1>{two}= {three}/10>{two}= {one}/3>{three}="),
            (new() { After = new(two, two, 7), Limit = 1 }, $"{three}/1>{two}="),
            (new() { After = new(three, one, 3), Limit = 10 }, ""),
            (new() { To = two, After = new(two, one, 1), Limit = 10 }, $"{one}/2>{two}= {three}/1>{two}= {three}/10>{two}="),
            (new() { To = two, After = new(two, three, 9), Limit = 10 }, $"{three}/10>{two}="),
            (new() { To = two, After = new(two, three, 10), Limit = 10 }, ""),
            (new() { To = two, After = new(one, three, 1), Limit = 10 }, ofTwo),
            (new() { To = two, After = new(three, one, 1), Limit = 10 }, ""),
        ])
        {
            trial.Expect(
                expected, Shown.Messages(await trial.Store.FindMessagesAsync(query, CancellationToken.None)), $"what {Shown.Query(query)} finds");
        }
    }

    private static async Task MissingAsync(StoreTrial trial)
    {
        var to = await trial.AddAsync();
        var other = await trial.AddAsync();
        var from = await trial.AddAsync(
            commit => commit with { SentMessages = [Message(commit.ProcessInstance, 1, to, 1), Message(commit.ProcessInstance, 2, other, 1)] });
        var before = await Shown.EverythingAsync(trial, to, other, from);

        foreach (var received in (IReadOnlyList<(ProcessInstanceId, int)>[])
            [[(from, 2)], [(from, 1), (from, 2)], [(from, 2), (from, 1)], [(other, 1)], [.. Enumerable.Range(1, 20).Select(number => (from, number))]])
        {
            await trial.ExpectRefusedAsync(Full(Next(to, 1), 3, "bob") with { ReceivedMessages = received }, actual: 1);
            await trial.ExpectRefusedAsync(Next(to, 1) with { Record = Completed(to, 1), ReceivedMessages = received }, actual: 1);
            await trial.ExpectRefusedAsync(Next(to, 1) with { ReceivedMessages = received, SentMessages = [Message(to, 7, to)] }, actual: 1);
        }

        trial.Expect(before, await Shown.EverythingAsync(trial, to, other, from), "everything in the store");
        await trial.CommitAsync(Full(Next(to, 1), 3, "bob") with { ReceivedMessages = [(from, 1), (from, 1)], SentMessages = [] });
        await ExpectAsync(trial, $"{from}/2>{other}=01");
    }

    private static async Task OnceAsync(StoreTrial trial)
    {
        var to = await trial.AddAsync();
        var from = await trial.AddAsync(
            commit => commit with { SentMessages = [Message(commit.ProcessInstance, 1, to, 1), Message(commit.ProcessInstance, 2, to, 1)] });
        await trial.CommitAsync(Next(to, 1) with { ReceivedMessages = [(from, 1)] });

        await trial.ExpectRefusedAsync(Next(to, 2) with { ReceivedMessages = [(from, 1)] }, actual: 2);
        await trial.ExpectRefusedAsync(Next(to, 2) with { Record = Record(to), ReceivedMessages = [(from, 1), (from, 2)] }, actual: 2);

        await ExpectAsync(trial, $"{from}/2>{to}=01");
        await trial.CommitAsync(Next(to, 2) with { Record = Record(to), ReceivedMessages = [(from, 2)] });
        await ExpectAsync(trial, "");
    }

    private static async Task NewAsync(StoreTrial trial)
    {
        var from = await trial.AddAsync();
        var to = await trial.ReserveAsync();
        var start = New(to) with { ReceivedMessages = [(from, 1)], Worklist = [Opened(Header(to, 1), "ann")] };
        await trial.ExpectRefusedAsync(start, actual: 0);
        trial.Expect(null, await trial.LoadOrNullAsync(to), "the refused instance");
        await trial.CommitAsync(Next(from, 1) with { SentMessages = [Message(from, 1, to, 1)] });

        await trial.CommitAsync(start);

        trial.Expect(1, (await trial.LoadAsync(to)).Version, "the version");
        trial.Expect($"{to}_1", await trial.TasksAsync("ann"), "the tasks");
        await ExpectAsync(trial, "");
        await trial.ExpectRefusedAsync(start, actual: 1);
    }

    private static async Task AgainAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { SentMessages = [Message(commit.ProcessInstance, 1, commit.ProcessInstance, 1)] });

        await trial.CommitAsync(Next(id, 1) with { ReceivedMessages = [(id, 1)], SentMessages = [Message(id, 1, id, 2)] });

        await ExpectAsync(trial, $"{id}/1>{id}=02");
    }

    private static async Task DiscardAsync(StoreTrial trial)
    {
        var (to, none) = (await trial.AddAsync(), CancellationToken.None);
        var from = await trial.AddAsync(
            commit => commit with { SentMessages = [Message(commit.ProcessInstance, 1, to, 1), Message(commit.ProcessInstance, 2, to, 1)] });

        trial.Expect(false, await trial.Store.DiscardMessageAsync(new(from, to, 1), none), "whether there was a message in the other direction");
        trial.Expect(false, await trial.Store.DiscardMessageAsync(new(to, from, 3), none), "whether there was a third message");
        await ExpectAsync(trial, $"{from}/1>{to}=01 {from}/2>{to}=01");
        trial.Expect(true, await trial.Store.DiscardMessageAsync(new(to, from, 1), none), "whether there was the first message");

        await ExpectAsync(trial, $"{from}/2>{to}=01");
        trial.Expect(false, await trial.Store.DiscardMessageAsync(new(to, from, 1), none), "whether there was the first message still");
        await trial.ExpectRefusedAsync(Next(to, 1) with { ReceivedMessages = [(from, 1)] }, actual: 1);
    }

    private static async Task CopyAsync(StoreTrial trial)
    {
        byte[] content = [1, 2, 3];
        var to = await trial.AddAsync();
        var from = await trial.AddAsync(commit => commit with { SentMessages = [new ProcessMessage(commit.ProcessInstance, 1, to, content)] });

        Array.Clear(content);

        await ExpectAsync(trial, $"{from}/1>{to}=010203");
    }
}
