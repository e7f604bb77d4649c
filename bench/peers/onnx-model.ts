/**
 * The smallest ONNX model that multiplies: C (M x N) = A (M x K) · B (K x N), f32.
 *
 * Protocol buffers by hand: a field is a tag (number << 3 | wire type), then a varint (type 0) or a
 * length and that many bytes (type 2). Field numbers are those of onnx.proto, named beside each.
 */
const FLOAT = 1;
const IR_VERSION = 8;
const OPSET = 13;

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
}

const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, content: readonly number[]): number[] => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...content,
];
const text = (field: number, value: string): number[] => bytes(field, [...new TextEncoder().encode(value)]);

/** ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1; Tensor: elem_type 1, shape 2; Shape: dim 1. */
function operand(name: string, rows: number, cols: number): number[] {
  const shape = [rows, cols].flatMap((size) => bytes(1, number(1, size)));
  return [...text(1, name), ...bytes(2, bytes(1, [...number(1, FLOAT), ...bytes(2, shape)]))];
}

/** Inputs `A` and `B`, output `C`. */
export function matmulModel(M: number, K: number, N: number): Uint8Array {
  // NodeProto: input 1, output 2, op_type 4.
  const node = [...text(1, 'A'), ...text(1, 'B'), ...text(2, 'C'), ...text(4, 'MatMul')];
  // GraphProto: node 1, name 2, input 11, output 12.
  const graph = [
    ...bytes(1, node),
    ...text(2, 'product'),
    ...bytes(11, operand('A', M, K)),
    ...bytes(11, operand('B', K, N)),
    ...bytes(12, operand('C', M, N)),
  ];
  // ModelProto: ir_version 1, graph 7, opset_import 8; OperatorSetIdProto: version 2.
  return Uint8Array.from([...number(1, IR_VERSION), ...bytes(7, graph), ...bytes(8, number(2, OPSET))]);
}
