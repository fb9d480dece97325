using Workflow.Core.Instances;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>The values of the first statement of a commit, in the order of <see cref="CommitTexts"/>. A statement that sets less takes the first of them.</summary>
internal static class FirstValues
{
    /// <summary>How many there are without a record.</summary>
    public const int OfState = 11;

    /// <summary>How many there are when what the instance is found by stays as it is.</summary>
    public const int OfRecord = 16;

    private const int All = 22;

    /// <summary>In the place of the record that a new instance should have: most likely such a commit does not fit, which is for the database to say.</summary>
    private static readonly ProcessRecord _nothing = new()
    {
        Id = default,
        Definition = "",
        DefinitionVersion = 0,
        Folio = "",
        Originator = "",
        Status = ProcessInstanceStatus.Active,
        StartedAt = DateTimeOffset.UnixEpoch,
    };

    public static object[] Of(CommitPlan plan, object now)
    {
        var commit = plan.Commit;
        var record = commit.Record ?? (plan.IsStart ? _nothing : null);
        var values = new object[record is null ? OfState : All];
        values[0] = commit.ProcessInstance.Value;
        values[1] = commit.ExpectedVersion;
        values[2] = commit.Epoch;
        values[3] = StoredText.OrNull(commit.Lease?.Owner);
        values[4] = StoredText.Of(commit.Owner);
        values[5] = now;
        values[6] = commit.Lease?.Duration.Ticks ?? 0L;
        values[7] = plan.Mark;
        values[8] = commit.HasPendingCall ? 1 : 0;
        values[9] = StoredText.OrNull(commit.Request?.Key);
        values[10] = plan.JournalCount;
        if (record is not null)
        {
            values[11] = plan.Shown ?? (int)record.Status;
            Record(record, values);
        }

        return values;
    }

    private static void Record(ProcessRecord record, object[] values)
    {
        values[12] = (int)record.Status;
        values[13] = record.EndedAt?.UtcTicks ?? Rows.None;
        values[14] = StoredText.OrNull(record.Error);
        values[15] = PackedFields.Write(record.Fields);
        values[16] = StoredText.Of(record.Definition);
        values[17] = record.DefinitionVersion;
        values[18] = StoredText.Of(record.Folio);
        values[19] = StoredText.Of(record.Originator);
        values[20] = StoredText.Key(record.Originator);
        values[21] = record.StartedAt.UtcTicks;
    }
}
