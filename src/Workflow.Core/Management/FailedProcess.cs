using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Management;

/// <summary>A process instance in Error.</summary>
public sealed record FailedProcess
{
    /// <summary>The process instance.</summary>
    public required ProcessInstanceId ProcessInstance { get; init; }

    /// <summary>The name of its process definition.</summary>
    public required string Definition { get; init; }

    /// <summary>The version of its process definition.</summary>
    public required int DefinitionVersion { get; init; }

    /// <summary>The name that people call it by.</summary>
    public required string Folio { get; init; }

    /// <summary>The error; null when the instance cannot be read here, and <see cref="Problem"/> says why.</summary>
    public ProcessError? Error { get; init; }

    /// <summary>How often the code that failed was called; zero where a rule or a line failed.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the instance cannot be read here, for instance because its version is not deployed; null when it was read.</summary>
    public string? Problem { get; init; }

    internal static FailedProcess Of(ProcessRecord record, ProcessError error, int attempts) => Of(record) with { Error = error, Attempts = attempts };

    internal static FailedProcess Unreadable(ProcessRecord record, string problem) => Of(record) with { Problem = problem };

    private static FailedProcess Of(ProcessRecord record) => new()
    {
        ProcessInstance = record.Id, Definition = record.Definition, DefinitionVersion = record.DefinitionVersion, Folio = record.Folio,
    };
}
