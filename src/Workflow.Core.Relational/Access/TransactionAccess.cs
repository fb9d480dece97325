using System.Data;
using System.Data.Common;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Commits;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Access;

/// <summary>A transaction of the host: everything goes there, and the host says when it ends.</summary>
internal sealed class TransactionAccess : StoreAccess
{
    private static readonly Statement _keep = new("SAVEPOINT workflow_core", isReused: false);
    private static readonly Statement _return = new("ROLLBACK TO SAVEPOINT workflow_core", isReused: false);
    private static readonly Statement _letGo = new("RELEASE SAVEPOINT workflow_core", isReused: false);

    private readonly DbTransaction _transaction;
    private readonly Session _session;
    private readonly TableNames _tables;
    private readonly StoreAccess _outside;
    private readonly CommitNames _names = new();

    public TransactionAccess(
        DbTransaction transaction, TableNames tables, RelationalStoreOptions options, StoreAccess outside, CommitTexts texts, NumberBlock numbers)
    {
        _transaction = transaction;
        _tables = tables;
        _outside = outside;
        Texts = texts;
        Numbers = numbers;
        _session = new Session(transaction.Connection!, tables, options, transaction)
        {
            Clock = options.Clock ?? (tables.IsPostgreSql ? null : TimeProvider.System),
        };
    }

    /// <summary>The connection of a transaction that is under way; null for one that has ended. Drivers say so in different ways: some have no connection then,
    /// some throw, and some do so only when they are asked for the isolation.</summary>
    public static DbConnection? ConnectionOf(DbTransaction transaction)
    {
        try
        {
            _ = transaction.IsolationLevel;
            return transaction.Connection is { State: not (ConnectionState.Closed or ConnectionState.Broken) } connection ? connection : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public override CommitTexts Texts { get; }

    public override StoreIdentity Identity => _outside.Identity;

    public override T ReadNow<T>(Func<Session, T> read) => _outside.ReadNow(read);

    public override NumberBlock Numbers { get; }

    public override async ValueTask<T> ReadAsync<T>(Func<Session, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        RefuseEnded();
        try
        {
            return await read(_session, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception)
            when (Failures.IsOutsideOfTransaction(exception) || (exception is InvalidOperationException && ConnectionOf(_transaction) is null))
        {
            // It ended meanwhile, or the driver noticed it only now.
            throw Ended(exception);
        }
        catch (Exception exception) when (Failures.IsOfDatabase(exception) && !cancellation.IsCancellationRequested)
        {
            throw Failures.Explain(exception);
        }
    }

    /// <summary>A write that fails half-way is rolled back, so that the host can continue its transaction.</summary>
    public override ValueTask<T> WriteAsync<T>(Func<Session, CancellationToken, ValueTask<T>> write, CancellationToken cancellation) => ReadAsync(
        async (session, token) =>
        {
            await session.ExecuteAsync(_keep, [], token).ConfigureAwait(false);
            try
            {
                var result = await write(session, token).ConfigureAwait(false);
                await session.ExecuteAsync(_letGo, [], CancellationToken.None).ConfigureAwait(false);
                return result;
            }
            catch
            {
                await TakeBackAsync().ConfigureAwait(false);
                throw;
            }
        },
        cancellation);

    public override ValueTask<T> WriteLongAsync<T>(Func<Session, CancellationToken, ValueTask<T>> write, CancellationToken cancellation) =>
        WriteAsync(write, cancellation);

    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        // Notes made in a transaction that is rolled back are gone, so the notes of this transaction are its own.
        var plan = new CommitPlan(commit, _names.Of(commit), Texts, _tables.IsPostgreSql);
        var job = new CommitJob(plan, Texts, new Periods(Texts, isOfHost: true), newest: _tables.IsPostgreSql ? null : new NewestProcesses(_tables));
        if (_tables.IsPostgreSql)
        {
            await CommitAsync(job, cancellation).ConfigureAwait(false);
            return;
        }

        await WriteAsync(
            (session, _) =>
            {
                job.Run(session, together: 1);
                return ValueTask.FromResult(true);
            },
            cancellation).ConfigureAwait(false);
        if (job.Refusal is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>The source of numbers as long as the store has some left. A number that was given out is not given out again when the host rolls back. SQLite
    /// lets one write at a time, which is the host now, so there more have to come from its transaction.</summary>
    public override async ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation)
    {
        RefuseEnded();
        if (_tables.IsPostgreSql)
        {
            return await _outside.ReserveAsync(cancellation).ConfigureAwait(false);
        }

        return Numbers.Next() is { } ready ? ready : await WriteAsync(Numbers.ReserveOneAsync, cancellation).ConfigureAwait(false);
    }

    public override ValueTask EnsureReadyAsync(CancellationToken cancellation)
    {
        RefuseEnded();
        return ValueTask.CompletedTask;
    }

    /// <summary>The connection and the transaction stay the host's.</summary>
    public override ValueTask DisposeAsync() => _session.DisposeAsync();

    private async ValueTask CommitAsync(CommitJob job, CancellationToken cancellation) => await ReadAsync(
        async (session, token) =>
        {
            var statements = new List<BoundStatement> { new(_keep, []) };
            var place = job.AddTo(statements, session.Now);
            statements.Add(new BoundStatement(_letGo, []));
            var batch = session.NewBatch(statements);
            await using (batch.ConfigureAwait(false))
            {
                try
                {
                    await batch.ExecuteNonQueryAsync(token).ConfigureAwait(false);
                }
                catch (Exception exception) when (Failures.IsRefusal(exception))
                {
                    await TakeBackAsync().ConfigureAwait(false);
                    if (Failures.IsDuplicateKey(exception) && await IsRequestTakenAsync(job.Plan.Commit, session, token).ConfigureAwait(false))
                    {
                        throw await RefusalAsync(job, session, token).ConfigureAwait(false);
                    }

                    throw;
                }

                return batch.BatchCommands[place].RecordsAffected == 1 ? true : throw await RefusalAsync(job, session, token).ConfigureAwait(false);
            }
        },
        cancellation).ConfigureAwait(false);

    private async ValueTask<ConcurrencyException> RefusalAsync(CommitJob job, Session session, CancellationToken cancellation)
    {
        var head = await job.FindAsync(session).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return new ConcurrencyException(job.Plan.Commit.ProcessInstance, job.Plan.Commit.ExpectedVersion, head?.Version ?? 0);
    }

    private async ValueTask<bool> IsRequestTakenAsync(Commit commit, Session session, CancellationToken cancellation) =>
        commit.Request is { } request
        && (await session.ReadAsync(Texts.HasRequest, [StoredText.Of(request.Key)], _ => true, cancellation).ConfigureAwait(false)).Count > 0;

    private async ValueTask TakeBackAsync()
    {
        try
        {
            await _session.ExecuteAsync(_return, [], CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (Failures.IsOfDatabase(exception))
        {
            // The whole transaction is gone, and the half-done write with it.
        }
    }

    private void RefuseEnded()
    {
        if (ConnectionOf(_transaction) is null)
        {
            throw Ended(innerException: null);
        }
    }

    private static InvalidOperationException Ended(Exception? innerException) => new(
        "The transaction has ended: it was committed, rolled back or disposed of, or its connection was closed. The command did nothing. Begin another "
            + "transaction, and ask for Within again.",
        innerException);
}
