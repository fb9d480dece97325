using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>All statements but those of commits.</summary>
internal sealed class Statements(TableNames tables)
{
    public ProcessQueries Processes { get; } = new(tables);

    public ServerItemQueries ServerItems { get; } = new(tables);

    public TaskQueries Tasks { get; } = new(tables);

    public TaskLoads TaskLoads { get; } = new(tables);

    public ProcessLoads ProcessLoads { get; } = new(tables);

    public TimerQueries Timers { get; } = new(tables);

    public MessageStatements Messages { get; } = new(tables);

    public NewsStatements News { get; } = new(tables);

    public ClaimStatements Claims { get; } = new(tables);

    public AbsenceStatements Absences { get; } = new(tables);

    public DefinitionStatements Definitions { get; } = new(tables);

    public CountStatements Counts { get; } = new(tables);

    public PurgeStatements Purges { get; } = new(tables);

    public RestoreStatements Restores { get; } = new(tables);
}
