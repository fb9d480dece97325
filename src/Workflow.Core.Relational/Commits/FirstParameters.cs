using System.Globalization;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>The parameters that can stand in the first statement of a commit. A statement has the parameters that its text asks for, numbered as it asks, and
/// no others: each costs time in every commit.</summary>
internal sealed class FirstParameters(TableNames tables)
{
    /// <summary>Stands for the record that a new instance should have. Most likely such a commit does not fit. The database decides.</summary>
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

    private readonly Dictionary<string, string> _numbers = [];
    private readonly List<Func<CommitPlan, object, object>> _values = [];

    public string Instance => Of(nameof(Instance), static plan => plan.Commit.ProcessInstance.Value);

    public string ExpectedVersion => Of(nameof(ExpectedVersion), static plan => plan.Commit.ExpectedVersion);

    public string Epoch => Of(nameof(Epoch), static plan => plan.Commit.Epoch);

    /// <summary>The commit that the row has to carry; empty for any.</summary>
    public string LastCommit => Of(nameof(LastCommit), static plan => plan.LastCommit);

    /// <summary>The engine that commits.</summary>
    public string Engine => Of(nameof(Engine), static plan => StoredText.Of(plan.Commit.Owner));

    /// <summary>The engine that is to hold the instance from now on; null for none.</summary>
    public string LeaseOwner => Of(nameof(LeaseOwner), static plan => StoredText.OrNull(plan.Commit.Lease?.Owner));

    public string LeaseDuration => Of(nameof(LeaseDuration), static plan => plan.Commit.Lease?.Duration.Ticks ?? 0L);

    /// <summary>The clock of the leases.</summary>
    public string Now => tables.Now(Of(nameof(Now), static (_, now) => now));

    public string Mark => Of(nameof(Mark), static plan => plan.Mark);

    public string HasPendingCall => Of(nameof(HasPendingCall), static plan => plan.Commit.HasPendingCall ? 1 : 0);

    /// <summary>The idempotency key; null for none.</summary>
    public string RequestKey => Of(nameof(RequestKey), static plan => StoredText.OrNull(plan.Commit.Request?.Key));

    /// <summary>The messages that the commit receives, each once: an array of JSON with pairs of sender and number.</summary>
    public string Received => Of(nameof(Received), static plan => Pairs(plan.Commit));

    public string JournalCount => Of(nameof(JournalCount), static plan => plan.JournalCount);

    /// <summary>The status as others see it, of a commit with a record.</summary>
    public string Shown => Of(nameof(Shown), static plan => ShownStatus.Of(Record(plan).Status, plan.Commit.HasPendingCall));

    public string Status => Of(nameof(Status), static plan => (int)Record(plan).Status);

    public string EndedAt => Of(nameof(EndedAt), static plan => Record(plan).EndedAt?.UtcTicks ?? Rows.None);

    public string Error => Of(nameof(Error), static plan => StoredText.OrNull(Record(plan).Error));

    public string Fields => Of(nameof(Fields), static plan => PackedFields.Write(Record(plan).Fields));

    public string Definition => Of(nameof(Definition), static plan => StoredText.Of(Record(plan).Definition));

    public string DefinitionVersion => Of(nameof(DefinitionVersion), static plan => Record(plan).DefinitionVersion);

    public string Folio => Of(nameof(Folio), static plan => StoredText.Of(Record(plan).Folio));

    public string Originator => Of(nameof(Originator), static plan => StoredText.Of(Record(plan).Originator));

    public string OriginatorKey => Of(nameof(OriginatorKey), static plan => StoredText.Key(Record(plan).Originator));

    public string StartedAt => Of(nameof(StartedAt), static plan => Record(plan).StartedAt.UtcTicks);

    public string Parent => Of(nameof(Parent), static plan => Record(plan).Parent is { } parent ? parent.Value : TypedNull.Number);

    /// <summary>Makes a statement with a text that asked here for what it needs.</summary>
    public FirstStatement Statement(string text) => new(text, _values);

    private static string Pairs(Commit commit) =>
        $"[{string.Join(',', commit.ReceivedMessages.Distinct().Select(message => $"[{message.From},{message.Number.Invariant()}]"))}]";

    private static ProcessRecord Record(CommitPlan plan) => plan.Commit.Record ?? _nothing;

    private string Of(string name, Func<CommitPlan, object> value) => Of(name, (plan, _) => value(plan));

    private string Of(string name, Func<CommitPlan, object, object> value)
    {
        if (!_numbers.TryGetValue(name, out var number))
        {
            _values.Add(value);
            number = string.Create(CultureInfo.InvariantCulture, $"${_values.Count}");
            _numbers.Add(name, number);
        }

        return number;
    }
}
