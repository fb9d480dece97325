using System.Globalization;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Sql;

/// <summary>The conditions of partial indexes. A statement repeats them word by word, since SQLite uses such an index only then.</summary>
internal static class Conditions
{
    /// <summary>On SQLite the newest instances, and their tasks, are not in the indexes of questions that go through all.</summary>
    public const string IsIndexed = "is_indexed = 1";

    public const string IsNewest = "is_indexed = 0";

    /// <summary>Everything but Completed (3) and Deleted, which has the same number in this column: <see cref="ShownStatus"/>.</summary>
    public const string IsLive = "shown <> 3";

    public const string HasEnded = "shown = 3";

    /// <summary>Running (1), Error (4) and Stopped (5), which few instances are at a time.</summary>
    public const string IsRare = "shown <> 2 AND shown <> 3";

    public const string IsClaimable = "has_pending = 1 AND set_aside IS NULL";

    public const string IsOwned = "owner IS NOT NULL";

    public const string IsSetAside = "set_aside IS NOT NULL";

    public const string HasFolio = "folio <> ''";

    /// <summary>An instance that another one has started as a sub-process.</summary>
    public const string HasParent = "parent IS NOT NULL";

    /// <summary>A part of an instance.</summary>
    public const string IsPart = "kind = 0";

    /// <summary>A piece of an instance's history.</summary>
    public const string IsHistory = "kind = 1";

    public const string IsOpen = "is_open = 1";

    /// <summary>Somebody whom a task was for, or who took part in it.</summary>
    public const string IsFormer = "is_open = 0 AND kind <> 0";

    /// <summary>The row of a task that is open.</summary>
    public const string IsOpenTask = "kind = 0 AND ended = 0";

    public const string IsWaiting = "status = 1";

    public const string HasCorrelationKey = "correlation_key IS NOT NULL";

    /// <summary>Whether nobody holds a lease at an instant. One that ends later than any that can be taken then was taken before
    /// the clock was set back, and is void.</summary>
    /// <param name="alias">The text before the columns.</param>
    /// <param name="instant">The instant.</param>
    public static string IsFree(string alias, string instant) => $"({alias}owner IS NULL OR {HasRunOut(alias, instant)})";

    /// <summary>Whether a lease has run out, or is void.</summary>
    public static string HasRunOut(string alias, string instant) =>
        string.Create(CultureInfo.InvariantCulture, $"({alias}leased_until <= {instant} OR {alias}leased_until > {instant} + {ProcessLease.Longest.Ticks})");

    /// <summary>Whether an instance is not put off at an instant.</summary>
    public static string IsNotPutOff(string alias, string instant) =>
        string.Create(
            CultureInfo.InvariantCulture, $"({alias}put_off_until <= {instant} OR {alias}put_off_until > {instant} + {ProcessLease.LongestPutOff.Ticks})");

    /// <summary>The name of the commit that a row carries, without the number of its attempt.</summary>
    /// <param name="column">The column.</param>
    /// <param name="isPostgreSql">On which database.</param>
    public static string NameOfCommit(string column, bool isPostgreSql) =>
        isPostgreSql ? $"split_part({column}, '~', 1)" : $"substr({column}, 1, instr({column} || '~', '~') - 1)";
}
