namespace Workflow.Core.Tests.Exhaustive;

/// <summary>The command of a user on the task of the destination at a place: Open, Release, or an action.</summary>
internal readonly record struct PeopleStep(int Place, string User, string Verb)
{
    public override string ToString() => $"{User} {Verb} {Place + 1}";
}
