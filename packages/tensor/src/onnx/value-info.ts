import type { MessageInitShape } from '@bufbuild/protobuf';
import { onnxDtype } from '../dtype.js';
import type { Tensor } from '../tensor.js';
import type { ValueInfoProtoSchema } from './gen/onnx_pb.js';

/** A tensor's name and type as an ONNX file declares its inputs and outputs. */
export const valueInfo = (name: string, x: Tensor): MessageInitShape<typeof ValueInfoProtoSchema> => ({
  name,
  type: {
    value: {
      case: 'tensorType',
      value: {
        elemType: onnxDtype[x.dtype],
        shape: {
          dim: x.shape.map((d) => ({
            value:
              typeof d === 'number'
                ? { case: 'dimValue' as const, value: BigInt(d) }
                : { case: 'dimParam' as const, value: d },
          })),
        },
      },
    },
  },
});
