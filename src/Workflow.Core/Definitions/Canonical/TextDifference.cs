namespace Workflow.Core.Definitions.Canonical;

/// <summary>Something in which two canonical texts differ.</summary>
/// <param name="Element">Of which element, for example <c>'when' of line "Decide to Pay"</c>.</param>
/// <param name="Was">What stands.</param>
/// <param name="IsNow">What the other text has.</param>
internal sealed record TextDifference(string Element, string Was, string IsNow);
