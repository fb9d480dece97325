using Workflow.Core.Rules;

namespace Workflow.Core.Contexts;

/// <summary>The things that an exception rule may look at: what failed, and the data fields that it could read (statement 8.3). The compiler prevents
/// that it is kept.</summary>
public readonly ref struct FailureContext
{
    private readonly RuleContext _data;

    internal FailureContext(string element, string message, string exceptionType, Exception? exception, int attempts, in RuleScope scope)
    {
        Element = element;
        Message = message;
        ExceptionType = exceptionType;
        Exception = exception;
        Attempts = attempts;
        _data = new RuleContext(scope);
    }

    /// <summary>The kind and name of what failed, for example <c>server event 'Order the transfer' of 'Pay'</c>.</summary>
    public string Element { get; }

    /// <summary>The message of the exception.</summary>
    public string Message { get; }

    /// <summary>The name of the exception's type, without its namespace.</summary>
    public string ExceptionType { get; }

    /// <summary>The exception; a <see cref="TimeoutException"/> of the engine for code that took longer than it may. Null where nothing was thrown, for example
    /// when an escalation finds nobody to give a task to.</summary>
    public Exception? Exception { get; }

    /// <summary>How often the code of the event or escalation has been called; zero for a rule.</summary>
    public int Attempts { get; }

    /// <summary>The folio of the process instance; may be empty.</summary>
    public string Folio => _data.Folio;

    /// <summary>The text that the caller who started the process instance has attached, for example a tenant; null for none (statement 13.13).</summary>
    public string? AttachedText => _data.AttachedText;

    /// <summary>The user who started the process instance.</summary>
    public string Originator => _data.Originator;

    /// <summary>The value of a field. The rule of the process is asked about everything, so it should read fields of the process only.</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="field">A field that what failed can read.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataFieldException">The field does not exist there, is of another type, or has no value (statements 11.1 and 11.6).</exception>
    public T Get<T>(Field<T> field) => _data.Get(field);

    /// <summary>The value of a field that may have none.</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="field">A field that what failed can read.</param>
    /// <param name="value">The value, when there is one.</param>
    /// <returns>Whether the field has a value.</returns>
    /// <exception cref="DataFieldException">The field does not exist there or is of another type (statements 11.1 and 11.6).</exception>
    public bool TryGet<T>(Field<T> field, out T value) => _data.TryGet(field, out value);
}
