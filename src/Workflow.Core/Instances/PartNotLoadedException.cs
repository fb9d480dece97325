namespace Workflow.Core.Instances;

/// <summary>Something has asked an instance for a part that is not loaded. The turn begins anew with the whole instance, so no caller ever sees it.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "It never leaves the turn.")]
internal sealed class PartNotLoadedException() : Exception("A part of the process instance is needed that is not loaded.");
