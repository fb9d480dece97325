using System.Globalization;

namespace Workflow.Core.Client;

/// <summary>A server item expired before it was finished, because its activity went on without it (statement 3.12). Nothing was changed.</summary>
public sealed class ServerItemExpiredException : WorkflowException
{
    internal ServerItemExpiredException(SerialNumber serial, DateTimeOffset? at)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The server item {serial} expired at {at:u}: its activity ended without it. The history of process instance {serial.ProcessInstance} says why."))
    {
        Statement = "3.12";
        Serial = serial;
        ExpiredAt = at;
    }

    /// <summary>The serial number.</summary>
    public SerialNumber Serial { get; }

    /// <summary>When it expired.</summary>
    public DateTimeOffset? ExpiredAt { get; }
}
