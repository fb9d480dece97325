using Workflow.Core.Definitions;
using Workflow.Core.Runtime;

namespace Workflow.Core.Testing;

/// <summary>The commands given through a test bed with their instants, and the effects of the server events' code. With these the engine does the same again,
/// byte for byte (statement 14.1).</summary>
/// <remarks>Commands are recorded in the order in which they were given; a recording is faithful when each was given after the one before had
/// returned.</remarks>
public sealed class RecordedRun
{
    private readonly ProcessDefinition[] _definitions;
    private readonly Action<WorkflowOptions>? _configure;
    private readonly IReadOnlyList<RecordedStep> _steps;
    private readonly IReadOnlyList<double> _drawn;
    private readonly IReadOnlyDictionary<(string Key, int Attempt), RecordedResult> _results;

    internal RecordedRun(
        ProcessDefinition[] definitions,
        Action<WorkflowOptions>? configure,
        IReadOnlyList<RecordedStep> steps,
        IReadOnlyDictionary<(string Key, int Attempt), RecordedResult> results,
        IReadOnlyList<double> drawn)
    {
        _drawn = drawn;
        _definitions = definitions;
        _configure = configure;
        _steps = steps;
        _results = results;
    }

    /// <summary>How many commands were recorded.</summary>
    public int Count => _steps.Count;

    /// <summary>Gives the same commands at the same instants to a new engine with a store of its own. The replay does not call the code of server events. It
    /// repeats the effects of that code and of callbacks. Commands that were refused are refused again.</summary>
    /// <returns>The test bed of the replay, to be compared with the one that was recorded.</returns>
    /// <exception cref="WorkflowTestException">The replay differs from the recorded run. A command throws another exception, or only one of the two throws. Or
    /// the replay calls other code, or a command stores other bytes. The bytes are compared only if the recorded test bed made its own store.</exception>
    public async Task<WorkflowTestBed> ReplayAsync()
    {
        var recorder = new CodeRecorder(_results, _drawn);
        var bed = await WorkflowTestBed.CreateAsync(_definitions, _configure, recorder).ConfigureAwait(false);
        try
        {
            for (var index = 0; index < _steps.Count; index++)
            {
                await RepeatAsync(bed, recorder, index).ConfigureAwait(false);
            }

            return bed;
        }
        catch
        {
            await bed.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task RepeatAsync(WorkflowTestBed bed, CodeRecorder recorder, int index)
    {
        var step = _steps[index];
        bed.Clock.Set(step.At);
        Exception? thrown = null;
        try
        {
            await step.Repeat(bed).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Any exception of a command is compared with the one that was recorded.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            thrown = exception;
        }

        var how = recorder.Parted
            ?? (thrown?.GetType() == step.Thrown
                ? HowStoredOtherwise(step, bed.LastStep)
                : $"It {Words(thrown?.GetType())}, and the recorded run {Words(step.Thrown)}.");
        if (how is null)
        {
            return;
        }

        throw new WorkflowTestException(
            $"The replay differs from the recorded run at command {(index + 1).Invariant()}, {step.What}. {how} "
            + "Look for causes that are neither recorded nor the same each time: named predicates, the resolver, working hours that "
            + "were replaced, the store, direct use of the engine, "
            + "and concurrent commands.",
            thrown);
    }

    /// <summary>Which of the instances that a command concerned is stored otherwise; null when none is, or nothing is known of it.</summary>
    private static string? HowStoredOtherwise(RecordedStep recorded, RecordedStep repeated)
    {
        if (recorded.Stored is not { } expected || repeated.Stored is not { } stored)
        {
            return null;
        }

        var other = expected.Except(stored).Concat(stored.Except(expected)).Select(sum => sum.ProcessInstance).FirstOrDefault();
        return other == default ? null : $"It stored other bytes of process instance {other} than the recorded run.";
    }

    private static string Words(Type? thrown) => thrown is null ? "threw nothing" : $"threw a {thrown.Name}";
}
