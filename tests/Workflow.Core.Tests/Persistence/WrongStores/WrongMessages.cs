using System.Collections.Concurrent;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Persistence.WrongStores;

internal sealed class RemovesMessagesBeforeTheCommit(IProcessStore asked) : WrongStore(asked)
{
    private readonly ConcurrentBag<(ProcessInstanceId From, int Number)> _received = [];

    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        foreach (var message in commit.ReceivedMessages)
        {
            _received.Add(message);
        }

        return base.CommitAsync(commit, cancellation);
    }

    public override async ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(MessageQuery query, CancellationToken cancellation) =>
        [.. (await base.FindMessagesAsync(query, cancellation)).Where(message => !_received.Contains((message.From, message.Number)))];
}

/// <summary>Commits with the messages of those named that are there.</summary>
internal abstract class ReceivesLess(IProcessStore asked) : WrongStore(asked)
{
    protected async ValueTask<IReadOnlyList<(ProcessInstanceId From, int Number)>> ThereAsync(Commit commit)
    {
        var found = await FindMessagesAsync(new MessageQuery { To = commit.ProcessInstance, Limit = 1_000 }, CancellationToken.None);
        return [.. commit.ReceivedMessages.Where(message => found.Any(other => other.From == message.From && other.Number == message.Number))];
    }
}

internal sealed class ReceivesMissingMessages(IProcessStore asked) : ReceivesLess(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        await base.CommitAsync(commit with { ReceivedMessages = await ThereAsync(commit) }, cancellation);
}

/// <summary>Refuses a commit only if it names one message, which is missing.</summary>
internal sealed class ReceivesSomeOfSeveralMessages(IProcessStore asked) : ReceivesLess(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => await base.CommitAsync(
        commit.ReceivedMessages.Count > 1 ? commit with { ReceivedMessages = await ThereAsync(commit) } : commit, cancellation);
}

internal sealed class StartsInstancesWithoutTheirMessage(IProcessStore asked) : ReceivesLess(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => await base.CommitAsync(
        commit.ExpectedVersion == 0 ? commit with { ReceivedMessages = await ThereAsync(commit) } : commit, cancellation);
}

internal sealed class LeavesTheMessageOfANewInstance(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        base.CommitAsync(commit.ExpectedVersion == 0 ? commit with { ReceivedMessages = [] } : commit, cancellation);
}

internal sealed class LooksForMessagesTooEarly(IProcessStore asked) : ReceivesLess(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        if (commit.ReceivedMessages.Count > 0 && (await ThereAsync(commit)).Count < commit.ReceivedMessages.Count)
        {
            throw new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, actual: 0);
        }

        await Task.Delay(1, cancellation);
        await base.CommitAsync(commit with { ReceivedMessages = await ThereAsync(commit) }, cancellation);
    }
}

internal sealed class ReceivesAfterSending(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(
        commit with { SentMessages = [.. commit.SentMessages.Where(message => !commit.ReceivedMessages.Contains((message.From, message.Number)))] },
        cancellation);
}

internal sealed class FindsTheMessagesOfEverybody(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(MessageQuery query, CancellationToken cancellation) =>
        base.FindMessagesAsync(query with { To = null }, cancellation);
}

internal sealed class FiltersThePageOfMessages(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(MessageQuery query, CancellationToken cancellation) =>
        [.. (await base.FindMessagesAsync(query with { To = null }, cancellation)).Where(message => query.To is null || message.To == query.To)];
}

internal sealed class BeginsThePagesOfMessagesAnew(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(MessageQuery query, CancellationToken cancellation) =>
        base.FindMessagesAsync(query with { After = null }, cancellation);
}

/// <summary>Takes the last message of a page for one that is there.</summary>
internal sealed class WantsTheLastMessageOfThePage(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(MessageQuery query, CancellationToken cancellation)
    {
        var all = await base.FindMessagesAsync(query with { After = null, Limit = 1_000 }, cancellation);
        var rest = query.After is { } last
            ? all.SkipWhile(message => new MessageKey(message.To, message.From, message.Number) != last).Skip(1)
            : all;
        return [.. rest.Take(query.Limit)];
    }
}

internal sealed class DiscardsNothing(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<bool> DiscardMessageAsync(MessageKey message, CancellationToken cancellation) => ValueTask.FromResult(true);
}

internal sealed class ReportsEveryDiscard(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<bool> DiscardMessageAsync(MessageKey message, CancellationToken cancellation) =>
        await base.DiscardMessageAsync(message, cancellation) || true;
}

internal sealed class DiscardsAllOfASender(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<bool> DiscardMessageAsync(MessageKey message, CancellationToken cancellation)
    {
        var isFound = false;
        foreach (var other in await FindMessagesAsync(new MessageQuery { To = message.To, Limit = 1_000 }, cancellation))
        {
            isFound |= other.From == message.From && await base.DiscardMessageAsync(message with { Number = other.Number }, cancellation);
        }

        return isFound;
    }
}

/// <summary>Keeps the messages for instances that are purged.</summary>
internal sealed class KeepsMessagesForNobody(IProcessStore asked) : WrongStore(asked)
{
    private IReadOnlyList<ProcessMessage> _kept = [];

    public override async ValueTask<int> PurgeAsync(DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation)
    {
        var before = await base.FindMessagesAsync(new MessageQuery { Limit = 1_000 }, cancellation);
        var purged = await base.PurgeAsync(endedBefore, definition, limit, cancellation);
        _kept = before;
        return purged;
    }

    public override async ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(MessageQuery query, CancellationToken cancellation) =>
        _kept.Count > 0 ? _kept : await base.FindMessagesAsync(query, cancellation);
}
