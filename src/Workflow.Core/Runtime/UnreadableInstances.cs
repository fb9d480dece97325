using System.Collections.Concurrent;
using Workflow.Core.Formats;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>Reports once what cannot be read while others are read beside it. It sets aside an instance that no version of the library can read (statement
/// 14.7b).</summary>
internal sealed class UnreadableInstances(EngineServices services)
{
    /// <summary>How many are remembered, so that they are not reported with each page.</summary>
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<object, bool> _reported = new();

    /// <summary>Reports an instance, and sets it aside. That must not keep the caller from what they asked for, so a store that fails is only logged.</summary>
    public async ValueTask ReportAsync(ProcessInstanceId id, StoredFormatException problem)
    {
        if (problem.IsFromNewerVersion)
        {
            LeaveToNewer(id, problem);
            return;
        }

        if (!IsNew(id))
        {
            return;
        }

        // A mark that is written inside a transaction of the host would end with it; an engine outside meets the instance too.
        if (services.LeavesCalls)
        {
            ReadingLog.NotShown(services.Logger, id.Value, problem.Message);
            return;
        }

        try
        {
            await services.Options.Store.SetAsideAsync(id, problem.Message, services.Stopping).ConfigureAwait(false);
            WorkLog.SetAside(services.Logger, id.Value, problem.Message);
        }
#pragma warning disable CA1031 // The list that was asked for is there all the same.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _reported.TryRemove(id, out _);
            ReadingLog.NotSetAside(services.Logger, id.Value, exception);
        }
    }

    /// <summary>Reports an instance that a command could not read. Work that nobody waits for reports it itself.</summary>
    public ValueTask ReportAsync(ProcessInstanceId id, Command? command, Exception exception) =>
        command is { Work: null } && exception is StoredFormatException problem ? ReportAsync(id, problem) : ValueTask.CompletedTask;

    /// <summary>Reports an instance that a newer version of the library has written. It is left to engines that can read it.</summary>
    public void LeaveToNewer(ProcessInstanceId id, StoredFormatException problem)
    {
        if (IsNew((id, nameof(LeaveToNewer))))
        {
            WorkLog.LeftToNewer(services.Logger, id.Value, problem.Message);
        }
    }

    /// <summary>Reports that the tasks of a definition cannot be shown.</summary>
    public void Report(ProcessDefinitionNotFoundException problem)
    {
        if (IsNew(new DefinitionVersion(problem.Definition, problem.Version ?? 0)))
        {
            ReadingLog.TasksNotShown(services.Logger, problem.Definition, problem.Version ?? 0);
        }
    }

    /// <summary>Reports that an instance is listed without its searchable fields. The instance itself may be sound, so it is not set aside.</summary>
    public void ReportFields(ProcessInstanceId id, string problem)
    {
        if (IsNew((id, nameof(ReportFields))))
        {
            ReadingLog.FieldsNotShown(services.Logger, id.Value, problem);
        }
    }

    /// <summary>Reports that the absence of a user cannot be read, so that nobody gets their tasks.</summary>
    public void ReportAbsence(string user, string problem)
    {
        if (IsNew(user))
        {
            ReadingLog.AbsenceNotRead(services.Logger, user, problem);
        }
    }

    /// <summary>Reports that the resolver does not name a user's roles and groups, so that worklists show only the tasks that name the user directly.</summary>
    public void ReportMemberships(string user, DestinationResolverException problem)
    {
        if (IsNew((user, nameof(ReportMemberships))))
        {
            ReadingLog.MembershipsNotKnown(services.Logger, user, problem.Message, problem);
        }
    }

    /// <summary>The resolver again names a user's roles and groups; the next failure is reported again.</summary>
    public void MembershipsKnown(string user)
    {
        if (!_reported.IsEmpty)
        {
            _reported.TryRemove((user, nameof(ReportMemberships)), out _);
        }
    }

    /// <summary>Nothing is reported by a call that is only rehearsed. The call itself will report it.</summary>
    private bool IsNew(object what)
    {
        if (services.IsRehearsing)
        {
            return false;
        }

        if (_reported.Count >= MostRemembered)
        {
            _reported.Clear();
        }

        return _reported.TryAdd(what, true);
    }
}
