namespace Cases.Playing;

/// <summary>Where the engine does not do what it must.</summary>
/// <param name="Case">The case, or what else it is about.</param>
/// <param name="What">The kind of difference.</param>
/// <param name="Transcript">The engine's account of the case; empty where there is no case.</param>
public sealed record Difference(string Case, string What, string Transcript = "");
