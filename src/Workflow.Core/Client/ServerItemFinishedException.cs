using System.Globalization;

namespace Workflow.Core.Client;

/// <summary>A server item was finished before; it cannot be finished twice (statement 7.3). Nothing was changed.</summary>
public sealed class ServerItemFinishedException : WorkflowException
{
    internal ServerItemFinishedException(SerialNumber serial, string? by, DateTimeOffset? at)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The server item {serial} was finished by '{by}' at {at:u} and cannot be finished twice. If this was a repetition of that finish, nothing is "
                + $"left to do."))
    {
        Statement = "7.3";
        Serial = serial;
        FinishedBy = by;
        FinishedAt = at;
    }

    /// <summary>The serial number.</summary>
    public SerialNumber Serial { get; }

    /// <summary>The user who finished it.</summary>
    public string? FinishedBy { get; }

    /// <summary>When it was finished.</summary>
    public DateTimeOffset? FinishedAt { get; }
}
