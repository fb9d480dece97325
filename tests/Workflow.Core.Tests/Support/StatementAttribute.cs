namespace Workflow.Core.Tests.Support;

/// <summary>Names the numbered statement of the semantics that a test holds the library to, for instance 3.1.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
internal sealed class StatementAttribute(string number) : Attribute
{
    public string Number { get; } = number;
}
