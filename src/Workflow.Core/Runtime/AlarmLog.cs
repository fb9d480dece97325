using Microsoft.Extensions.Logging;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Logs what a person should look at, once it is stored.</summary>
internal static class AlarmLog
{
    public static void Write(EngineServices services, ProcessInstanceId id, List<Alarm> alarms)
    {
        foreach (var alarm in alarms)
        {
            Write(services.Logger, id, alarm, services.Options.HasNoResolver);
        }
    }

    private static void Write(ILogger logger, ProcessInstanceId id, in Alarm alarm, bool hasNoResolver)
    {
        switch (alarm.Kind)
        {
            case AlarmKind.Failed:
                Log.Failed(logger, id.Value, alarm.Element, alarm.Message, alarm.Exception);
                break;
            case AlarmKind.Stalled:
                Log.Stalled(logger, id.Value, alarm.Element);
                break;
            case AlarmKind.EndedWithoutOutcome:
                Log.EndedWithoutOutcome(logger, id.Value, alarm.Element);
                break;
            case AlarmKind.SkippedWithoutOutcome:
                Log.SkippedWithoutOutcome(logger, id.Value, alarm.Element);
                break;
            case AlarmKind.NoLineFollowed:
                Log.NoLineFollowed(logger, id.Value, alarm.Element);
                break;
            case AlarmKind.UnknownRole when hasNoResolver:
                Log.NoResolver(logger, id.Value, alarm.Element, alarm.Message);
                break;
            case AlarmKind.UnknownRole:
                Log.UnknownRole(logger, id.Value, alarm.Element, alarm.Message);
                break;
            case AlarmKind.NobodyInRole:
                Log.NobodyInRole(logger, id.Value, alarm.Element, alarm.Message);
                break;
            case AlarmKind.GivenToNameOfRole:
                Log.GivenToNameOfRole(logger, id.Value, alarm.Element, alarm.Message);
                break;
            case AlarmKind.BoundAgain:
                Log.BoundAgain(logger, id.Value, alarm.Element, alarm.Message);
                break;
            case AlarmKind.GotoRefused:
                Log.GotoRefused(logger, id.Value, alarm.Element);
                break;
            case AlarmKind.ExceptionPassed:
                Log.ExceptionPassed(logger, id.Value, alarm.Element, alarm.Message, alarm.Exception);
                break;
            case AlarmKind.ExceptionRuleFailed:
                Log.ExceptionRuleFailed(logger, id.Value, alarm.Element, alarm.Message, alarm.Exception);
                break;
            case AlarmKind.JoinUnfinished:
                Log.JoinUnfinished(logger, id.Value, alarm.Element, alarm.Message);
                break;
            case AlarmKind.SignalUnused:
                Log.SignalUnused(logger, id.Value, alarm.Element);
                break;
            case AlarmKind.EscalationNotArmed:
                Log.EscalationNotArmed(logger, id.Value, alarm.Element);
                break;
            default:
                WorkLog.RolesNotFollowed(logger, id.Value, alarm.Element, alarm.Message, alarm.Exception);
                break;
        }
    }
}
