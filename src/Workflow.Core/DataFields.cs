namespace Workflow.Core;

/// <summary>The values of the data fields of one scope: a process instance, an activity instance, an activity instance destination or a slot
/// (statement 11.1).</summary>
/// <remarks>Copies share one array until the first write, so a copy for each destination and each slot costs nothing until it differs.</remarks>
public sealed class DataFields
{
    private readonly FieldTable _table;
    private FieldValue[] _values;
    private bool _isShared;

    /// <summary>Starts from the initial values of the definition.</summary>
    internal DataFields(FieldTable table)
        : this(table, table.Initial)
    {
    }

    private DataFields(FieldTable table, FieldValue[] shared)
    {
        _table = table;
        _values = shared;
        _isShared = true;
    }

    /// <summary>The names of the fields, in definition order.</summary>
    public IReadOnlyList<string> Names => _table.Names;

    internal FieldTable Table => _table;

    /// <summary>The initial values of the same fields; for reading only.</summary>
    internal DataFields Initial => _table.InitialFields;

    /// <summary>The value of a field.</summary>
    /// <param name="name">The field's name; case counts.</param>
    /// <returns>The value; <see cref="FieldValue.Null"/> when it has none.</returns>
    /// <exception cref="DataFieldException">There is no such field in this scope (statement 11.1).</exception>
    public FieldValue this[string name]
    {
        get
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            var ordinal = _table.OrdinalOf(name);
            return ordinal >= 0 ? _values[ordinal] : throw DataFieldException.Unknown(name, _table);
        }
    }

    internal ref readonly FieldValue this[int ordinal] => ref _values[ordinal];

    /// <summary>The value of a field as a C# value.</summary>
    /// <typeparam name="T">The C# type of the field.</typeparam>
    /// <param name="name">The field's name; case counts.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataFieldException">There is no such field, it has no value, or it is of another type (statements 11.1, 11.6).</exception>
    public T Get<T>(string name)
    {
        var value = this[name];
        return value.TryGet<T>(out var result) ? result : throw ReadFailure<T>(name, value);
    }

    /// <summary>The initial values of a scope that begins. Where there are no fields nothing could be written, so all scopes of the table share them.</summary>
    internal static DataFields InitialOf(FieldTable table) => table.Count == 0 ? table.InitialFields : new DataFields(table);

    internal static DataFieldException ReadFailure<T>(string name, in FieldValue value) => value.IsNull
        ? DataFieldException.NoValue(name)
        : DataFieldException.WrongType(name, new FieldShape(value.Type, value.IsList).ToString(), FieldShape.Of<T>().ToString());

    internal void Set(int ordinal, in FieldValue value)
    {
        if (_isShared)
        {
            _values = _values.AsSpan().ToArray();
            _isShared = false;
        }

        _values[ordinal] = value;
    }

    /// <summary>An independent copy of the values as they are now.</summary>
    internal DataFields Copy()
    {
        _isShared = true;
        return new DataFields(_table, _values);
    }
}
