using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Connections;

/// <content>Two queries that are sent as one.</content>
internal sealed partial class Session
{
    private readonly Dictionary<(Statement First, Statement Second), Statement> _joined = [];

    /// <summary>Runs two queries in one round trip: on PostgreSQL in a batch, on SQLite in one command.</summary>
    public async ValueTask<(List<TFirst> First, List<TSecond> Second)> ReadBothAsync<TFirst, TSecond>(
        BoundStatement first,
        Func<DbDataReader, TFirst> firstRow,
        BoundStatement second,
        Func<DbDataReader, TSecond> secondRow,
        CancellationToken cancellation)
    {
        if (!_isPostgreSql)
        {
            var joined = Joined(first, second);
            var command = Bind(joined, [.. first.Values, .. second.Values]);
            try
            {
                var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                return await BothAsync(rows, firstRow, secondRow, cancellation).ConfigureAwait(false);
            }
            finally
            {
                Done(joined, command);
            }
        }

        if (first.Statement.IsReused && second.Statement.IsReused)
        {
            var kept = Batch([first, second]);
            await kept.PrepareAsync().ConfigureAwait(false);
            var rows = await kept.Batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            return await BothAsync(rows, firstRow, secondRow, cancellation).ConfigureAwait(false);
        }

        var batch = NewBatch([first, second]);
        await using (batch.ConfigureAwait(false))
        {
            var rows = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            return await BothAsync(rows, firstRow, secondRow, cancellation).ConfigureAwait(false);
        }
    }

    private static async ValueTask<(List<TFirst> First, List<TSecond> Second)> BothAsync<TFirst, TSecond>(
        DbDataReader rows, Func<DbDataReader, TFirst> firstRow, Func<DbDataReader, TSecond> secondRow, CancellationToken cancellation)
    {
        await using (rows.ConfigureAwait(false))
        {
            var first = await RowsAsync(rows, firstRow, cancellation).ConfigureAwait(false);
            await rows.NextResultAsync(cancellation).ConfigureAwait(false);
            return (first, await RowsAsync(rows, secondRow, cancellation).ConfigureAwait(false));
        }
    }

    private static async ValueTask<List<T>> RowsAsync<T>(DbDataReader rows, Func<DbDataReader, T> row, CancellationToken cancellation)
    {
        var found = new List<T>();
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            found.Add(row(rows));
        }

        return found;
    }

    /// <summary>Both texts in one. The parameters of the second one are numbered behind those of the first.</summary>
    private Statement Joined(BoundStatement first, BoundStatement second)
    {
        var isReused = first.Statement.IsReused && second.Statement.IsReused;
        if (!isReused || !_joined.TryGetValue((first.Statement, second.Statement), out var joined))
        {
            var before = first.Values.Length;
            var behind = ParameterNumber().Replace(
                second.Statement.Text, found => Name(before + int.Parse(found.ValueSpan[1..], NumberStyles.None, CultureInfo.InvariantCulture)));
            joined = new Statement($"{first.Statement.Text};\n{behind}", isReused);
            if (isReused)
            {
                _joined.Add((first.Statement, second.Statement), joined);
            }
        }

        return joined;
    }

    [GeneratedRegex("""\$\d+""", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterNumber();
}
