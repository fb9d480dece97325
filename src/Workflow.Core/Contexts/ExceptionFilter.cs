namespace Workflow.Core.Contexts;

/// <summary>Says whether code that has failed is called again (statement 13.2). It runs in place, must not block, and says the same for the
/// same data.</summary>
/// <param name="failure">What failed, and the data that it had.</param>
/// <returns>Whether the code is called again.</returns>
/// <example><code>failure => failure.Exception is HttpRequestException</code></example>
public delegate bool ExceptionFilter(FailureContext failure);
