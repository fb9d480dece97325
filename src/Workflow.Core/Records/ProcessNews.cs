using Workflow.Core.Instances;

namespace Workflow.Core.Records;

/// <summary>News that an engine tells its host (statement 13.12): a commit has changed a process instance, or the host is to look anew. News never has the
/// value of a data field, a folio, or another text that somebody has entered.</summary>
public abstract record ProcessNews
{
    private ProcessNews()
    {
    }

    /// <summary>A commit is stored, and has changed a process instance.</summary>
    public sealed record Changed : ProcessNews
    {
        /// <summary>The process instance.</summary>
        public required ProcessInstanceId ProcessInstance { get; init; }

        /// <summary>The name of its process definition.</summary>
        public required string Definition { get; init; }

        /// <summary>The version of its process definition.</summary>
        public required int DefinitionVersion { get; init; }

        /// <summary>The number of the commit among all commits of the instance: 1 for the first. News that comes twice has the same number.</summary>
        public required long Number { get; init; }

        /// <summary>The status with the commit. <see cref="ProcessInstanceStatus.Running"/> does not occur: such an instance is Active.</summary>
        public required ProcessInstanceStatus Status { get; init; }

        /// <summary>The status before the commit; null if the instance began with it.</summary>
        public ProcessInstanceStatus? StatusBefore { get; init; }

        /// <summary>Whether the status is another one than before, or the instance is new.</summary>
        public bool IsStatusChanged => Status != StatusBefore;

        /// <summary>The changes of its tasks, in order.</summary>
        public IReadOnlyList<TaskNews> Tasks { get; init; } = [];

        /// <summary>The changes of its server items, in order.</summary>
        public IReadOnlyList<ServerItemNews> ServerItems { get; init; } = [];

        /// <summary>Whether timers were armed or removed, or have fired.</summary>
        public bool AreTimersChanged { get; init; }
    }

    /// <summary>Something may have changed of which no other news tells. The host looks anew at what it shows. Once it has taken this news, it is told of
    /// further changes again.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record LookAnew(LookAnewReason Reason) : ProcessNews;
}
