namespace Workflow.Core.Testing;

/// <summary>A process store breaks a rule of the <see cref="ProcessStoreContract"/>. The message names the rule, what it expects and what was found.</summary>
public sealed class StoreContractException : WorkflowException
{
    internal StoreContractException(StoreRule rule, string broken, Exception? innerException = null)
        : base($"The store breaks the rule '{rule.Name}' ({rule.Source}): {broken}", innerException) =>
        Rule = rule;

    /// <summary>The rule that is broken.</summary>
    public StoreRule Rule { get; }
}
