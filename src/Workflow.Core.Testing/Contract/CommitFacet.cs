using Workflow.Core.Persistence;

namespace Workflow.Core.Testing.Contract;

/// <summary>Adds things of one kind to a commit.</summary>
/// <param name="commit">The commit.</param>
/// <param name="number">The number of the commit on its instance, from 2 on: what was added before has smaller ones.</param>
/// <param name="facts">How many facts the history holds.</param>
/// <returns>The commit with these things.</returns>
internal delegate Commit CommitFacet(Commit commit, int number, long facts);
