namespace Workflow.Core.Rules;

/// <summary>Works out an instant in C#, known by its name. It runs in place, must not block, and gives the same for the same data (statement 14.1).</summary>
/// <param name="context">The data that it may look at.</param>
/// <returns>The instant; null when there is none.</returns>
public delegate DateTimeOffset? InstantFunction(RuleContext context);
