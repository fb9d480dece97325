namespace Cases;

/// <summary>The input cannot be used; the message says why, and what to do about it.</summary>
public sealed class BadInputException : Exception
{
    public BadInputException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
