namespace Workflow.Core.Scheduling;

/// <summary>The steps that the scheduler can take. The names are stored when an instance goes into Error, so they do not change.</summary>
internal enum Verb
{
    LeaveStart,
    Leave,
    FollowLine,
    ForgetActivity,
    EnterActivity,
    GotoActivity,
    PlanDestinations,
    UseMembers,
    StartEvent,
    ServerEventDone,
    AnswerGiven,
    AskForRoles,
    FollowRoles,
    CompleteDestination,
    SucceedActivity,
    FinishProcess,
    AwaitStart,
    BeginActivity,
    FireEscalation,
    RepeatEscalation,
    AskJoin,
    AwaitTurn,
    TakeTurn,
    AskMilestone,
    SubProcessEnded,
}
