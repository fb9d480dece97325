namespace Expenses;

/// <summary>The data of a claim.</summary>
/// <param name="Folio">The name that people call it by.</param>
/// <param name="Purpose">The purpose that the money was spent for.</param>
/// <param name="Amount">How much it was.</param>
public sealed record Claim(string Folio, string Purpose, decimal Amount);
