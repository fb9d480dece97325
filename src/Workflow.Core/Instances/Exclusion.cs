namespace Workflow.Core.Instances;

/// <summary>A user whom the destination rule leaves out, fixed when the activity was planned (statement 4.10). It binds the user no matter how the task reaches
/// them.</summary>
/// <param name="User">The name of the user.</param>
/// <param name="Set">The destination set that leaves the user out; the first, where several do. Where questions by name are asked again,
/// each is there.</param>
/// <param name="Through">The roles and groups that another set names without leaving the user out. A member of one of them is not bound. Where questions by
/// name are asked again, the user is there as long as another set names them.</param>
internal sealed record Exclusion(string User, string Set, IReadOnlyList<Destination> Through);
