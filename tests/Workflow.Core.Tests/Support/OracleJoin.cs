namespace Workflow.Core.Tests.Support;

/// <summary>The joins that the oracle knows.</summary>
internal enum OracleJoin
{
    All,
    TakenBySplit,
    First,
    FirstOfSplit,
    AtLeast,
    AtLeastOfSplit,
    AtLeastThenExpireOthers,
    AtLeastOfSplitThenExpireOthers,
    AtLeastBlocking,
    AlongOneLine,
}
