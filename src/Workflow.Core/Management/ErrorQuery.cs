using Workflow.Core.Instances;

namespace Workflow.Core.Management;

/// <summary>The instances in Error to find, in the order of their numbers (statement 13.10). A property that is null does not restrict.</summary>
public sealed record ErrorQuery
{
    /// <summary>The name of the process definition.</summary>
    public string? Definition { get; init; }

    /// <summary>The element that failed, as <see cref="ProcessError.Element"/> names it; case counts.</summary>
    public string? Element { get; init; }

    /// <summary>The name of the type of the exception, as <see cref="ProcessError.ExceptionType"/> has it; case counts.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>The last instance of the page before; null for the first page.</summary>
    public ProcessInstanceId? After { get; init; }

    /// <summary>How many to return at most: 1 to 500.</summary>
    public int Limit { get; init; } = 100;

    internal bool Matches(FailedProcess failed) =>
        (Element is null || failed.Error?.Element == Element) && (ExceptionType is null || failed.Error?.ExceptionType == ExceptionType);
}
