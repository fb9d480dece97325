using System.Runtime.ExceptionServices;
using Workflow.Core.Client;
using Workflow.Core.Instances;

namespace Workflow.Core.Testing;

/// <summary>Calls a callback of the test once, and from then on repeats its effects. A callback may draw random numbers or read a clock, and would then have
/// other effects in a replay.</summary>
internal static class RecordedValues
{
    public static Action<ProcessStart>? Of(Action<ProcessStart>? begin) => begin is null ? null : Once(
        begin,
        start =>
        {
            var (folio, attached, changes) = (start.FolioText, start.AttachedText, start.Changes);
            return repeated =>
            {
                repeated.Folio(folio);
                if (attached is not null)
                {
                    repeated.Attach(attached);
                }

                Repeat(changes, (name, value) => repeated.Set(name, value));
            };
        });

    public static Action<Answer>? Of(Action<Answer>? answer) => answer is null ? null : Once(
        answer,
        given =>
        {
            var changes = given.Changes;
            return repeated => Repeat(changes, (name, value) => repeated.Set(name, value));
        });

    public static Action<ServerItemFinish>? Of(Action<ServerItemFinish>? result) => result is null ? null : Once(
        result,
        given =>
        {
            var changes = given.Changes;
            return repeated => Repeat(changes, (name, value) => repeated.Set(name, value));
        });

    private static Action<T> Once<T>(Action<T> callback, Func<T, Action<T>> read)
    {
        Action<T>? repeat = null;
        return values =>
        {
            if (repeat is not null)
            {
                repeat(values);
                return;
            }

            try
            {
                callback(values);
                repeat = read(values);
            }
            catch (Exception exception)
            {
                var thrown = ExceptionDispatchInfo.Capture(exception);
                repeat = _ => thrown.Throw();
                throw;
            }
        };
    }

    private static void Repeat(IReadOnlyList<FieldChange> changes, Action<string, FieldValue> set)
    {
        foreach (var change in changes)
        {
            set(change.Name, change.Value);
        }
    }
}
