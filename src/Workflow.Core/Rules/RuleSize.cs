namespace Workflow.Core.Rules;

/// <summary>How large a rule is: counted while it is built, so that a rule that is too deep is never descended into.</summary>
internal readonly record struct RuleSize(int Nodes, int Depth)
{
    public const int MostNodes = 500;

    public const int GreatestDepth = 32;

    public static RuleSize Leaf { get; } = new(1, 1);

    public bool IsTooLarge => Nodes > MostNodes || Depth > GreatestDepth;

    public static RuleSize Above(params ReadOnlySpan<RuleSize> children)
    {
        var nodes = 1;
        var depth = 0;
        foreach (var child in children)
        {
            nodes = (int)Math.Min(int.MaxValue, (long)nodes + child.Nodes);
            depth = Math.Max(depth, child.Depth);
        }

        return new RuleSize(nodes, depth + 1);
    }

    public static RuleSize Above(ReadOnlySpan<Rule> children)
    {
        var nodes = 1;
        var depth = 0;
        foreach (var child in children)
        {
            nodes = (int)Math.Min(int.MaxValue, (long)nodes + child.Size.Nodes);
            depth = Math.Max(depth, child.Size.Depth);
        }

        return new RuleSize(nodes, depth + 1);
    }
}
