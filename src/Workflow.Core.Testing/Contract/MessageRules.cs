using Workflow.Core.Records;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How messages from one instance to another are kept.</summary>
internal static class MessageRules
{
    private const string Source = "IProcessStore.FindMessagesAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A message is found as it was sent, until it is received", "Commit.SentMessages", SendAsync),
        new("Messages come by receiver, sender and number, and no more than are asked for", Source, OrderAsync),
        new("A message goes with the commit in which it is received, and no other does", "Commit.ReceivedMessages", ReceiveAsync),
        new("A refused commit receives nothing", "Commit.ReceivedMessages", RefusedAsync),
        new("The bytes of a message are copied before the commit ends", "Commit", CopyAsync),
    ];

    private static async Task ExpectAsync(StoreTrial trial, string expected, int limit = 100) =>
        trial.Expect(expected, Shown.Messages(await trial.Store.FindMessagesAsync(limit, CancellationToken.None)), "the messages");

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

    private static async Task CopyAsync(StoreTrial trial)
    {
        byte[] content = [1, 2, 3];
        var to = await trial.AddAsync();
        var from = await trial.AddAsync(commit => commit with { SentMessages = [new ProcessMessage(commit.ProcessInstance, 1, to, content)] });

        Array.Clear(content);

        await ExpectAsync(trial, $"{from}/1>{to}=010203");
    }
}
