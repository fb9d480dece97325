namespace Expenses;

/// <summary>What somebody claims.</summary>
/// <param name="Folio">What people call it.</param>
/// <param name="Purpose">What the money was spent for.</param>
/// <param name="Amount">How much it was.</param>
public sealed record Claim(string Folio, string Purpose, decimal Amount);
