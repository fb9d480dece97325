namespace Workflow.Core.Definitions;

/// <summary>What somebody may do with the instances of a process.</summary>
/// <param name="Who">The user, group or role.</param>
/// <param name="Right">His rights, added up.</param>
internal readonly record struct ProcessGrant(Destination Who, ProcessRight Right);
