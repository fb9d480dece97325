namespace Workflow.Core;

/// <summary>A data field was used in a way that its definition does not allow. The field does not exist here, the value has another type, or a needed value is
/// missing (statements 11.1, 11.2 and 11.6). Nothing was stored.</summary>
public sealed class DataFieldException : WorkflowException
{
    internal DataFieldException(string field, string statement, string message)
        : base(message)
    {
        Field = field;
        Statement = statement;
    }

    /// <summary>The name of the data field.</summary>
    public string Field { get; }

    /// <param name="field">The name that no field has.</param>
    /// <param name="owner">The owner of the fields that were searched, in words.</param>
    /// <param name="names">The names of those fields.</param>
    internal static DataFieldException Unknown(string field, string owner, IReadOnlyList<string> names) => new(
        field,
        "11.1",
        $"'{Names.Printable(field)}' is not a data field of {owner}. {NearestName.Proposal(field, names)} "
        + "Correct the name, or add it to the definition with Fields(...).");

    internal static DataFieldException Unknown(string field, FieldTable table) => Unknown(field, table.Owner, table.Names);

    internal static DataFieldException WrongType(string field, string expected, string actual) =>
        new(field, "11.6", $"'{field}' holds {expected} and cannot be used as {actual}. Give a value of the field's own type.");

    internal static DataFieldException NoValue(string field) =>
        new(field, "11.2", $"'{field}' has no value. Set it first, give it an initial value, or read it with TryGet.");

    internal static DataFieldException TooLarge(string field) =>
        new(field, "14.8", $"The value of '{field}' has more than {Limits.FieldBytes.Invariant()} bytes. Store large content elsewhere, and keep a reference "
            + $"to it in the data field.");

    internal static DataFieldException MissingAtStart(string field, string process) =>
        new(field, "11.2", $"'{process}' cannot be started without a value for '{field}', which its definition requires at start. Set it in the start.");
}
