namespace Workflow.Core.Definitions.Canonical;

/// <summary>Something in which two canonical texts differ.</summary>
/// <param name="Element">Of which element, for example <c>'when' of line "Decide to Pay"</c>.</param>
/// <param name="Was">The text that stands.</param>
/// <param name="IsNow">The text that the other has instead.</param>
internal sealed record TextDifference(string Element, string Was, string IsNow);
