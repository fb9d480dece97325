using System.Data.Common;
using System.Runtime.CompilerServices;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Connections;

/// <summary>A batch that is sent again and again with other values.</summary>
internal sealed class KeptBatch(DbBatch batch)
{
    private bool _isPrepared;

    public DbBatch Batch => batch;

    /// <summary>Prepares its statements on the connection, once.</summary>
    public async Task PrepareAsync()
    {
        if (!_isPrepared)
        {
            await batch.PrepareAsync().ConfigureAwait(false);
            _isPrepared = true;
        }
    }

    /// <summary>Two batches are the same when they have the same statements in the same order.</summary>
    public sealed class OfSameStatements : IEqualityComparer<IReadOnlyList<BoundStatement>>
    {
        public bool Equals(IReadOnlyList<BoundStatement>? left, IReadOnlyList<BoundStatement>? right)
        {
            if (left!.Count != right!.Count)
            {
                return false;
            }

            for (var index = 0; index < left.Count; index++)
            {
                if (left[index].Statement != right[index].Statement)
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(IReadOnlyList<BoundStatement> statements)
        {
            var hash = default(HashCode);
            for (var index = 0; index < statements.Count; index++)
            {
                hash.Add(RuntimeHelpers.GetHashCode(statements[index].Statement));
            }

            return hash.ToHashCode();
        }
    }
}
