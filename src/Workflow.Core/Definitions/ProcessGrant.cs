namespace Workflow.Core.Definitions;

/// <summary>The rights of somebody to the instances of a process.</summary>
/// <param name="Who">The user, group or role.</param>
/// <param name="Right">The rights, added up.</param>
internal readonly record struct ProcessGrant(Destination Who, ProcessRight Right);
