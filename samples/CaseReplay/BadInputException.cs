namespace Cases;

/// <summary>What somebody gave cannot be used; the message says what, and what to do about it.</summary>
public sealed class BadInputException : Exception
{
    public BadInputException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
