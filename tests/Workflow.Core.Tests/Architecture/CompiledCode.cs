using System.Reflection;
using System.Reflection.Emit;

namespace Workflow.Core.Tests.Architecture;

/// <summary>Reads the instructions of compiled methods: exact where the source text only lets one guess.</summary>
internal static class CompiledCode
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> _opCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(opCode => opCode.Value);

    public static IEnumerable<MethodBase> MethodsOf(Type type) => type.GetMembers(Declared).OfType<MethodBase>();

    /// <summary>Every method, field and type the instructions of a method name, in order.</summary>
    public static IEnumerable<MemberInfo> MembersUsedBy(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } instructions)
        {
            yield break;
        }

        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var position = 0; position < instructions.Length;)
        {
            short value = instructions[position++];
            if (value == 0xFE)
            {
                value = unchecked((short)(0xFE00 | instructions[position++]));
            }

            var operand = _opCodes[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return method.Module.ResolveMember(BitConverter.ToInt32(instructions, position), typeArguments, methodArguments)!;
            }

            position += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(instructions, position)),
                _ => 4,
            };
        }
    }

    /// <summary>Every type a type refers to: what it is made from, its signatures, its variables and its instructions.</summary>
    public static IEnumerable<Type> TypesUsedBy(Type type)
    {
        IEnumerable<Type?> direct =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetFields(Declared).Select(field => field.FieldType),
            .. MethodsOf(type).SelectMany(TypesUsedBy),
        ];
        return direct.SelectMany(Parts).Distinct();
    }

    private static IEnumerable<Type?> TypesUsedBy(MethodBase method) =>
    [
        (method as MethodInfo)?.ReturnType,
        .. method.GetParameters().Select(parameter => parameter.ParameterType),
        .. method.GetMethodBody()?.LocalVariables.Select(variable => variable.LocalType) ?? [],
        .. MembersUsedBy(method).SelectMany(member => member switch
        {
            Type used => [used],
            MethodInfo { IsGenericMethod: true } used => [used.DeclaringType, used.ReturnType, .. used.GetGenericArguments()],
            MethodInfo used => [used.DeclaringType, used.ReturnType],
            FieldInfo used => [used.DeclaringType, used.FieldType],
            _ => new[] { member.DeclaringType },
        }),
    ];

    /// <summary>A list of arrays of slots is a list and a slot.</summary>
    private static IEnumerable<Type> Parts(Type? type) => type switch
    {
        null or { IsGenericParameter: true } => [],
        { HasElementType: true } => Parts(type.GetElementType()),
        { IsGenericType: true, IsGenericTypeDefinition: false } => [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)],
        _ => [type],
    };
}
