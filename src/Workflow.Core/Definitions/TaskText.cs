using System.Globalization;

namespace Workflow.Core.Definitions;

/// <summary>A text that a task shows, with <c>{SerialNumber}</c> and <c>{ProcessInstance}</c> standing for the task's own (statement 1.1).</summary>
internal static class TaskText
{
    public const string SerialNumber = "{SerialNumber}";
    public const string ProcessInstance = "{ProcessInstance}";

    public static string Of(string template, SerialNumber serial) => template
        .Replace(SerialNumber, serial.ToString(), StringComparison.Ordinal)
        .Replace(ProcessInstance, serial.ProcessInstance.Value.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
