namespace Workflow.Core.Rules;

/// <summary>A condition in C#, for <see cref="Rule.Named"/>.</summary>
/// <param name="context">The things that it may look at. The context can be neither kept nor captured nor used after waiting.</param>
/// <returns>Whether the condition holds.</returns>
public delegate bool Predicate(RuleContext context);
