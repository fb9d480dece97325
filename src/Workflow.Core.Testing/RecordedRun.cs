using Workflow.Core.Definitions;
using Workflow.Core.Runtime;

namespace Workflow.Core.Testing;

/// <summary>The commands given through a test bed with their instants, and what the code of the server events did: given these, the engine does the same again,
/// byte for byte (statement 14.1).</summary>
/// <remarks>Commands are recorded in the order in which they were given; a recording is faithful when each was given after the one before had
/// returned.</remarks>
public sealed class RecordedRun
{
    private readonly ProcessDefinition[] _definitions;
    private readonly Action<WorkflowOptions>? _configure;
    private readonly IReadOnlyList<RecordedStep> _steps;
    private readonly IReadOnlyDictionary<(string Key, int Attempt), RecordedResult> _results;

    internal RecordedRun(
        ProcessDefinition[] definitions,
        Action<WorkflowOptions>? configure,
        IReadOnlyList<RecordedStep> steps,
        IReadOnlyDictionary<(string Key, int Attempt), RecordedResult> results)
    {
        _definitions = definitions;
        _configure = configure;
        _steps = steps;
        _results = results;
    }

    /// <summary>How many commands were recorded.</summary>
    public int Count => _steps.Count;

    /// <summary>Gives the same commands at the same instants to a new engine with a store of its own. The code of server events is not called; what it did is
    /// repeated. Commands that were refused are refused again.</summary>
    /// <returns>The test bed of the replay, to be compared with the one that was recorded.</returns>
    public async Task<WorkflowTestBed> ReplayAsync()
    {
        var bed = await WorkflowTestBed.CreateAsync(_definitions, _configure, new ServerEventRecorder(_results)).ConfigureAwait(false);
        foreach (var step in _steps)
        {
            bed.Clock.Set(step.At);
            try
            {
                await step.Repeat(bed).ConfigureAwait(false);
            }
            catch (WorkflowException)
            {
                // A refusal changes nothing; when the recorded run was not refused here, what is stored differs, and the comparison says so.
            }
        }

        return bed;
    }
}
