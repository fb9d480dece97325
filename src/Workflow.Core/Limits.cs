namespace Workflow.Core;

/// <summary>Limits that no configuration moves.</summary>
internal static class Limits
{
    /// <summary>Characters of a name, a folio, a user or a correlation key.</summary>
    public const int NameLength = 256;

    /// <summary>Bytes of the value of a data field, a text in UTF-8.</summary>
    public const int FieldBytes = 1024 * 1024;

    /// <summary>Characters of what a task shows.</summary>
    public const int TextLength = 2_000;
}
