using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>One commit under way, and its outcome.</summary>
internal sealed class CommitJob(CommitPlan plan, CommitTexts texts, Periods periods, KnownRows? rows = null, NewestProcesses? newest = null) : WriterJob
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ConcurrencyException? _refusal;
    private BoundStatement? _period;
    private StoredRow? _after;
    private bool _hasEntered;
    private int _attempts;
    private int _waits;
    private long _waitsSince;

    public CommitPlan Plan => plan;

    public override bool IsBackground { get; } = plan.Commit.IsBackground;

    /// <summary>Called when the number of a new instance turns out to be in use, as after a restore.</summary>
    public Action? NumberTaken { get; set; }

    public ValueTask Completion => _done.Task.IsCompletedSuccessfully ? ValueTask.CompletedTask : new ValueTask(_done.Task);

    /// <summary>Whether an attempt was made whose outcome is not known.</summary>
    public bool IsUncertain { get; set; }

    /// <summary>The place of its first statement in the batch that was made last.</summary>
    public int Begin { get; private set; }

    public bool IsTold => _done.Task.IsCompleted;

    /// <summary>Adds the statements of the commit to those of a batch for PostgreSQL.</summary>
    /// <param name="batch">The statements.</param>
    /// <param name="now">The clock of the leases, as a parameter.</param>
    /// <returns>The place of the first one.</returns>
    public int AddTo(List<BoundStatement> batch, object now)
    {
        plan.BeginAttempt(++_attempts);
        Begin = batch.Count;
        _period = NotePeriod();
        if (_period is { } period)
        {
            batch.Add(period);
        }

        var place = batch.Count;
        var first = plan.IsStart ? texts.First.Start(plan.Commit, isIndexed: true) : texts.First.Step(plan.Commit);
        batch.Add(first.For(plan, now));
        var before = Known();
        _after = StoredRow.After(plan, before);
        for (var index = 0; index < plan.Steps.Count; index++)
        {
            if (IsNeeded(index, before))
            {
                batch.Add(plan.Steps[index]);
            }
        }

        return place;
    }

    public async ValueTask<StoredHead?> FindAsync(Session session) =>
        await session.ReadAsync(texts.Find, [plan.Commit.ProcessInstance.Value], StoredHead.From, CancellationToken.None).ConfigureAwait(false) is [var head]
            ? head
            : null;

    /// <summary>Runs it on SQLite. Nothing follows the first statement when that says that the commit does not fit.</summary>
    public override void Run(Session session, int together)
    {
        var isWritten = plan.IsStart ? Start(session, together) : Continue(session);
        if (!isWritten)
        {
            var version = session.Read(texts.FindVersion, row => row.GetInt64(0), plan.Commit.ProcessInstance.Value) is [var found] ? found : 0;
            _refusal = new ConcurrencyException(plan.Commit.ProcessInstance, plan.Commit.ExpectedVersion, version);
            return;
        }

        _refusal = null;
        _period = NotePeriod();
        if (_period is { } period)
        {
            session.Execute(period);
        }

        _hasEntered = plan.IsStart && newest is not null && newest.AreMany(plan.Commit.ProcessInstance);
        if (_hasEntered)
        {
            newest!.Enter(session, plan.Commit.ProcessInstance);
        }
    }

    /// <summary>Whether the job may be tried again although a lock was not given in time; counts from the first time on.</summary>
    public bool MayWaitForLock(TimeSpan longest)
    {
        if (_waits++ == 0)
        {
            _waitsSince = Environment.TickCount64;
        }

        return Environment.TickCount64 - _waitsSince < longest.TotalMilliseconds;
    }

    /// <summary>How long to wait outside of the connections before the next try for a lock.</summary>
    public TimeSpan PauseForLock => TimeSpan.FromMilliseconds(Math.Min(_waits * 100, 500));

    public override bool? IsStored(Session session)
    {
        if (_refusal is not null)
        {
            return true;
        }

        var head = session.Read(texts.Find, StoredHead.From, plan.Commit.ProcessInstance.Value) is [var found] ? found : null;
        return Verdict(head);
    }

    /// <summary>Whether the commit is stored, judged by the stored data of the instance; null when that does not tell.</summary>
    public bool? Verdict(StoredHead? head)
    {
        if (head is null)
        {
            return false;
        }

        return head.Has(plan.Id) ? true : head.KnowsAllSince(plan.Commit.ExpectedVersion) ? false : null;
    }

    public override void Succeed()
    {
        if (_refusal is not null)
        {
            Refuse(_refusal.Actual);
            return;
        }

        if (_period is { } period)
        {
            periods.Keep(period);
        }

        if (_hasEntered)
        {
            newest!.Keep(plan.Commit.ProcessInstance);
        }

        rows?.Keep(plan.Commit.ProcessInstance, _after);
        _done.SetResult();
    }

    /// <summary>The commit does not fit the stored version.</summary>
    public void Refuse(long version)
    {
        // The message that starts a sub-process names its number, so two engines may start it under the same one. That number was not given out twice.
        if (plan.IsStart && version > 0 && plan.Commit.ReceivedMessages.Count == 0)
        {
            NumberTaken?.Invoke();
        }

        _done.SetException(new ConcurrencyException(plan.Commit.ProcessInstance, plan.Commit.ExpectedVersion, version));
    }

    public override void Fail(Exception exception) => _done.SetException(exception);

    public override void LoseSight(Exception exception) => _done.SetException(new CommitOutcomeUnknownException(plan.Commit.ProcessInstance, exception));

    /// <summary>The result of <see cref="Run"/>: the refusal, or null when everything was written.</summary>
    public ConcurrencyException? Refusal => _refusal;

    /// <summary>The statement that notes when the instance was started, when there is one to run. An instance that waits for its start can begin at another
    /// instant later.</summary>
    private BoundStatement? NotePeriod() =>
        plan.Commit.Record is { } record && Known()?.StartedAt != record.StartedAt.UtcTicks ? periods.Note(record) : null;

    private StoredRow? Known() => plan.IsStart ? null : rows?.Find(plan);

    /// <summary>Searchable fields that are no more can only be there when there were some.</summary>
    private bool IsNeeded(int step, StoredRow? before) => step != plan.FieldsRemoval || before is null or { HasFields: true };

    private bool Start(Session session, int together)
    {
        if (!texts.Heads!.Start(session, plan, isIndexed: !NewestProcesses.StayOut(together)))
        {
            return false;
        }

        Follow(session, before: null, StoredRow.After(plan, before: null));
        return true;
    }

    private bool Continue(Session session)
    {
        if (texts.Heads!.Continue(session, plan, Known()) is not var (before, after))
        {
            return false;
        }

        Follow(session, before, after);
        return true;
    }

    /// <summary>Runs what follows the first statement.</summary>
    private void Follow(Session session, StoredRow? before, StoredRow? after)
    {
        _after = after;
        for (var index = 0; index < plan.Steps.Count; index++)
        {
            if (IsNeeded(index, before))
            {
                session.Execute(plan.Steps[index]);
            }
        }
    }
}
