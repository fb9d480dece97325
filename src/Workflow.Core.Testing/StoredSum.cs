using System.Security.Cryptography;
using System.Text;
using Workflow.Core.Persistence;

namespace Workflow.Core.Testing;

/// <summary>The stored bytes of a process instance, state and history, as one short text to compare.</summary>
/// <param name="ProcessInstance">The process instance.</param>
/// <param name="Sum">The sum over its bytes; empty when nothing is stored.</param>
internal readonly record struct StoredSum(ProcessInstanceId ProcessInstance, string Sum)
{
    public static async Task<StoredSum> OfAsync(IProcessStore store, ProcessInstanceId processInstance) =>
        await StoredBytes.TextOfAsync(store, processInstance).ConfigureAwait(false) is { } text
            ? new StoredSum(processInstance, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))))
            : new StoredSum(processInstance, "");
}
