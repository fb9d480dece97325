using Cases.Data;
using Cases.Paper;
using Workflow.Core;

namespace Cases.Playing;

/// <summary>A case on its way: what paper says of it beside the process instance that replays it.</summary>
public sealed class CaseRun(CaseLog log, RecordedCase recorded, int number)
{
    public CaseLog Log => log;

    public RecordedCase Recorded => recorded;

    /// <summary>Which case of its log it is, from 0: what it falls to a lane by.</summary>
    public int Number => number;

    /// <summary>The case on paper, there from the first step to the last.</summary>
    public PaperRun? Paper { get; private set; }

    /// <summary>The process instance; none before the first step.</summary>
    public ProcessInstanceId? Instance { get; private set; }

    /// <summary>How many steps are done.</summary>
    public int Position { get; private set; }

    /// <summary>The instant of the last step that is done; none before the first.</summary>
    public DateTimeOffset? Reached => Position > 0 ? recorded.Steps[Position - 1].At : null;

    /// <summary>Where the engine did something else; the case is not gone on with.</summary>
    public Difference? Difference { get; set; }

    /// <summary>Whether steps are due.</summary>
    public bool IsOpen => Difference is null && Position < recorded.Steps.Count;

    /// <summary>Whether there is a process instance that has not come to its end.</summary>
    public bool IsAlive => Instance is not null && (IsOpen || recorded.End != RecordedCase.Completed);

    /// <summary>How many of the steps that are done were escalations, which nobody took.</summary>
    public int Fired => recorded.Steps.Take(Position).Count(step => step.IsEscalation);

    public void Begin(ProcessInstanceId instance)
    {
        Instance = instance;
        Paper = new PaperRun(log.Paper, log.Form, recorded);
    }

    /// <summary>A step is done; it is done on paper too.</summary>
    public void Take(RecordedStep step)
    {
        Paper!.Take(step);
        Position++;
        if (Position == recorded.Steps.Count)
        {
            Paper = null;
        }
    }

    /// <summary>An earlier run has taken the case to its end.</summary>
    public void BeDone(ProcessInstanceId instance)
    {
        Instance = instance;
        Position = recorded.Steps.Count;
    }
}
