using Workflow.Core;

namespace Expenses;

/// <summary>The order that the bank received.</summary>
/// <param name="Key">The same whenever the same is ordered again.</param>
/// <param name="Serial">Under which it has to be reported.</param>
/// <param name="Amount">How much is to be paid.</param>
public sealed record TransferOrder(string Key, SerialNumber Serial, decimal Amount);
