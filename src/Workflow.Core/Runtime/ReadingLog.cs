using Microsoft.Extensions.Logging;

namespace Workflow.Core.Runtime;

/// <summary>The log messages about things that cannot be read while others are read beside them.</summary>
internal static partial class ReadingLog
{
    [LoggerMessage(12, LogLevel.Error, "Process instance {ProcessInstance} cannot be read and could not be set aside. The engine tries again when it next "
        + "meets it.")]
    public static partial void NotSetAside(ILogger logger, long processInstance, Exception exception);

    [LoggerMessage(13, LogLevel.Error, "Process instance {ProcessInstance} cannot be read, and its tasks are not shown. {Message}")]
    public static partial void NotShown(ILogger logger, long processInstance, string message);

    [LoggerMessage(14, LogLevel.Warning, "Tasks of version {Version} of the process definition '{Definition}' are not shown to users, because it is not "
        + "deployed on this host. Deploy it. Administrators see the tasks marked.")]
    public static partial void TasksNotShown(ILogger logger, string definition, int version);

    [LoggerMessage(15, LogLevel.Error, "The absence of '{User}' cannot be read, so their tasks are shared with nobody until it is set again. {Message}")]
    public static partial void AbsenceNotRead(ILogger logger, string user, string message);

    [LoggerMessage(16, LogLevel.Error, "Process instance {ProcessInstance} is listed without its searchable fields. {Message}")]
    public static partial void FieldsNotShown(ILogger logger, long processInstance, string message);

    [LoggerMessage(19, LogLevel.Error, "The roles and groups of '{User}' are unknown. Until they are known, lists show only the tasks, "
        + "instances and server items that name the user directly. {Message}")]
    public static partial void MembershipsNotKnown(ILogger logger, string user, string message, Exception exception);
}
