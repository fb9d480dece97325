namespace Workflow.Core.Rules;

/// <summary>How the value of a <see cref="Number"/> is kept. Both numbers are whole when the two kinds together are.</summary>
internal enum NumberKind : byte
{
    /// <summary>In 64 bits.</summary>
    Whole = 0,

    /// <summary>As decimal.</summary>
    Decimal = 1,

    /// <summary>As double.</summary>
    Double = 2,
}
