namespace Cases.Playing;

/// <summary>Where the engine does not do what it must.</summary>
/// <param name="Case">The case, or what else it is about.</param>
/// <param name="What">What is different.</param>
/// <param name="Transcript">What the engine says happened in the case; empty where there is no case.</param>
public sealed record Difference(string Case, string What, string Transcript = "");
