using Microsoft.Extensions.Logging;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Writes to the log what a person should look at.</summary>
internal static class AlarmLog
{
    public static void Write(ILogger logger, ProcessInstanceId processInstance, in Alarm alarm)
    {
        switch (alarm.Kind)
        {
            case AlarmKind.Failed:
                Log.Failed(logger, processInstance.Value, alarm.Element, alarm.Message, alarm.Exception);
                break;
            case AlarmKind.Stalled:
                Log.Stalled(logger, processInstance.Value, alarm.Element);
                break;
            case AlarmKind.EndedWithoutOutcome:
                Log.EndedWithoutOutcome(logger, processInstance.Value, alarm.Element);
                break;
            case AlarmKind.SkippedWithoutOutcome:
                Log.SkippedWithoutOutcome(logger, processInstance.Value, alarm.Element);
                break;
            case AlarmKind.NoLineFollowed:
                Log.NoLineFollowed(logger, processInstance.Value, alarm.Element);
                break;
            case AlarmKind.UnknownRole:
                Log.UnknownRole(logger, processInstance.Value, alarm.Element, alarm.Message);
                break;
            case AlarmKind.GivenToNameOfRole:
                Log.GivenToNameOfRole(logger, processInstance.Value, alarm.Element, alarm.Message);
                break;
            default:
                WorkLog.RolesNotFollowed(logger, processInstance.Value, alarm.Element, alarm.Message, alarm.Exception);
                break;
        }
    }
}
