namespace Workflow.Core;

/// <summary>A data field was used in a way its definition does not allow: it does not exist here, the value has another type, or a value that is needed is
/// missing (statements 11.1, 11.2 and 11.6). Nothing was stored.</summary>
public sealed class DataFieldException : WorkflowException
{
    internal DataFieldException(string field, string message)
        : base(message) => Field = field;

    /// <summary>The name of the data field.</summary>
    public string Field { get; }

    /// <param name="field">The name that no field has.</param>
    /// <param name="owner">Whose fields were looked at, in words.</param>
    /// <param name="names">The names of those fields.</param>
    internal static DataFieldException Unknown(string field, string owner, IReadOnlyList<string> names) => new(
        field,
        $"'{Names.Shown(field)}' is not a data field of {owner} (statement 11.1). {NearestName.Proposal(field, names)} "
        + "Correct the name, or add it to the definition with Fields(...).");

    internal static DataFieldException Unknown(string field, FieldTable table) => Unknown(field, table.Owner, table.Names);

    internal static DataFieldException WrongType(string field, string expected, string actual) =>
        new(field, $"'{field}' holds {expected} and cannot be used as {actual} (statement 11.6). Give a value of the field's own type.");

    internal static DataFieldException NoValue(string field) =>
        new(field, $"'{field}' has no value. Set it first, give it an initial value, or read it with TryGet (statement 11.2).");

    internal static DataFieldException TooLarge(string field) =>
        new(field, $"The value of '{field}' has more than {Limits.FieldBytes.Invariant()} bytes (statement 14.8). Keep large content outside, and a reference to it in the data field.");

    internal static DataFieldException MissingAtStart(string field, string process) =>
        new(field, $"'{process}' cannot be started without a value for '{field}', which its definition requires at start (statement 11.2). Set it in the start.");
}
