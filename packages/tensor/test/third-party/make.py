"""Networks as people make them in PyTorch, exported to ONNX, with what PyTorch and ONNX Runtime compute with them.

    python make.py [folder]

wants torch, onnx, onnxscript and onnxruntime (made with torch 2.15, onnx 1.23, onnxscript 0.7, onnxruntime 1.31). Weights are
random but seeded. Each `<name>.onnx` comes with `<name>.json`: inputs, PyTorch's outputs, ONNX Runtime's outputs, and PyTorch's
gradient of sum(outputs * weights) for the first input.
"""

import base64
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn
from torch.nn import functional as F

warnings.filterwarnings("ignore")


class Vgg(nn.Module):
    """VGG (Simonyan and Zisserman 2014): 3x3 convolutions, max pooling, three dense layers with dropout."""

    def __init__(self):
        super().__init__()
        layers, channels = [], 3
        for width in (6, "pool", 8, 8, "pool", 12, 12, "pool"):
            if width == "pool":
                layers.append(nn.MaxPool2d(2, 2))
            else:
                layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU(inplace=True)]
                channels = width
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d((2, 2))
        self.classifier = nn.Sequential(
            nn.Linear(12 * 4, 32), nn.ReLU(True), nn.Dropout(), nn.Linear(32, 24), nn.ReLU(True), nn.Dropout(), nn.Linear(24, 10)
        )

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


class Block(nn.Module):
    """The basic block of ResNet-18 (He et al. 2015)."""

    def __init__(self, channels, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.downsample = (
            nn.Sequential(nn.Conv2d(channels, width, 1, stride, bias=False), nn.BatchNorm2d(width)) if stride != 1 else nn.Identity()
        )

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(out)) + self.downsample(x))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(6)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = nn.Sequential(Block(6, 6, 1), Block(6, 6, 1))
        self.layer2 = nn.Sequential(Block(6, 10, 2), Block(10, 10, 1))
        self.layer3 = nn.Sequential(Block(10, 16, 2))
        self.fc = nn.Linear(16, 7)

    def forward(self, x):
        x = self.maxpool(F.relu(self.bn1(self.conv1(x))))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1))


class ConvBn(nn.Module):
    def __init__(self, channels, width, **options):
        super().__init__()
        self.conv = nn.Conv2d(channels, width, bias=False, **options)
        self.bn = nn.BatchNorm2d(width, eps=0.001)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)), inplace=True)


class Inception(nn.Module):
    """The blocks of Inception-v3 (Szegedy et al. 2015): resized and rescaled input, parallel branches, factorized convolutions."""

    def __init__(self):
        super().__init__()
        self.stem = ConvBn(3, 6, kernel_size=3, stride=2)
        self.b1 = ConvBn(6, 4, kernel_size=1)
        self.b5 = nn.Sequential(ConvBn(6, 4, kernel_size=1), ConvBn(4, 6, kernel_size=5, padding=2))
        self.b3 = nn.Sequential(ConvBn(6, 4, kernel_size=1), ConvBn(4, 6, kernel_size=3, padding=1))
        self.pool = ConvBn(6, 4, kernel_size=1)
        self.d3 = ConvBn(20, 8, kernel_size=3, stride=2)
        self.d7 = nn.Sequential(
            ConvBn(20, 5, kernel_size=1),
            ConvBn(5, 5, kernel_size=(1, 7), padding=(0, 3)),
            ConvBn(5, 6, kernel_size=(7, 1), padding=(3, 0)),
            ConvBn(6, 6, kernel_size=3, stride=2),
        )
        self.fc = nn.Linear(34, 8)

    def forward(self, x):
        x = F.interpolate(x, size=(25, 25), mode="bilinear", align_corners=False)
        channels = [torch.unsqueeze(x[:, i], 1) * s + t for i, s, t in ((0, 0.458, -0.03), (1, 0.448, -0.088), (2, 0.45, -0.188))]
        x = self.stem(torch.cat(channels, 1))
        x = F.max_pool2d(x, kernel_size=3, stride=2, ceil_mode=True)
        pooled = self.pool(F.avg_pool2d(x, kernel_size=3, stride=1, padding=1))
        x = torch.cat([self.b1(x), self.b5(x), self.b3(x), pooled], 1)
        pooled = F.avg_pool2d(F.max_pool2d(x, kernel_size=3, stride=2), 1)
        x = torch.cat([self.d3(x), self.d7(x), pooled], 1)
        x = F.dropout(F.adaptive_avg_pool2d(x, (1, 1)), training=self.training)
        return self.fc(torch.flatten(x, 1))


class Shapes(nn.Module):
    """What exporters write around shapes, bounds and normalizations."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 8, 3, stride=2)
        self.group = nn.GroupNorm(2, 8)
        self.instance = nn.InstanceNorm2d(8, affine=True)
        self.depthwise = nn.Conv2d(8, 8, 3, padding=2, dilation=2, groups=8)
        self.up = nn.ConvTranspose2d(8, 8, 3, stride=2, padding=1, output_padding=1)
        self.shuffle = nn.PixelShuffle(2)
        self.prelu = nn.PReLU(2)
        self.layer = nn.LayerNorm(12)
        self.query = nn.Linear(12, 12)
        self.last = nn.Linear(12, 3)

    def forward(self, x):
        x = F.pad(x, (1, 2, 0, 1), mode="reflect")
        x = F.relu6(self.group(self.conv(x)))
        x = F.hardswish(self.instance(self.depthwise(x)))
        x = torch.clamp(self.up(x), -0.5, 0.75)
        x = F.pad(x, (1, 1, 1, 1), value=0.25)
        x = F.avg_pool2d(x, 3, 2, padding=1, ceil_mode=True, count_include_pad=False)
        x = self.prelu(self.shuffle(x))
        x = F.interpolate(x, scale_factor=2, mode="nearest")
        x = F.avg_pool2d(x, 3, 2, padding=1, ceil_mode=True, count_include_pad=True)
        x = F.max_pool2d(x, 2, 2, ceil_mode=True)
        first, second = torch.chunk(x, 2, 1)
        x = torch.cat([first * torch.sigmoid(second), second - first.mean((2, 3), keepdim=True)], 1)
        n, c, h, w = x.shape
        x = x.reshape(n, c, h * w)[:, :, :12]
        x = self.layer(x)
        attention = torch.softmax(torch.matmul(self.query(x), x.transpose(1, 2)) / 12**0.5, -1)
        x = F.gelu(torch.matmul(attention, x)) + F.elu(x) + F.softplus(x)
        return self.last(x.view(x.size(0), -1, 12)), x.amax((1, 2)) + torch.logsumexp(x, (1, 2))


class Enlarge(nn.Module):
    """Fully convolutional: any height and width that is a multiple of 4 (an SRResNet cut short)."""

    def __init__(self):
        super().__init__()
        self.head = nn.Conv2d(3, 8, 5, padding=2)
        self.down = nn.Conv2d(8, 8, 4, stride=2, padding=1)
        self.bn = nn.BatchNorm2d(8)
        self.up = nn.ConvTranspose2d(8, 8, 4, stride=2, padding=1)
        self.shuffle = nn.Conv2d(8, 12, 3, padding=1)

    def forward(self, x):
        y = F.leaky_relu(self.head(x), 0.2)
        z = F.leaky_relu(self.bn(self.down(y)), 0.2)
        y = y + self.up(z)
        y = F.pixel_shuffle(self.shuffle(y), 2)
        return torch.tanh(y + F.interpolate(x, scale_factor=2, mode="nearest"))


def numbers(x):
    array = np.ascontiguousarray(x.detach().numpy() if isinstance(x, torch.Tensor) else x, dtype="<f4")
    return {"shape": list(array.shape), "base64": base64.b64encode(array.tobytes()).decode()}


def prepare(model, seed):
    torch.manual_seed(seed)
    model = model()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.running_mean, -0.3, 0.3)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.3, 0.3)
    return model.eval()


def make(folder, name, model, shape, opset, dynamic={0: "N"}, dynamo=False, seed=1, sizes=None):
    model = prepare(model, seed)
    file = folder / f"{name}.onnx"
    x = torch.rand(shape) * 2 - 1
    if dynamo:
        # dynamo traces the batch at the size given, and takes a size of 1 for a constant.
        torch.onnx.export(
            model, (x,), file, dynamo=True, opset_version=opset, input_names=["x"], external_data=False,
            dynamic_shapes=({axis: torch.export.Dim(label) for axis, label in dynamic.items()},) if dynamic else None,
        )
    else:
        torch.onnx.export(
            model, (x,), file, dynamo=False, opset_version=opset, input_names=["x"], dynamic_axes={"x": dynamic},
            # Keeps BatchNormalization nodes, which are folded into convolutions otherwise.
            training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False,
        )
    loaded = onnx.load(file)
    loaded.doc_string = ""
    for node in loaded.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.checker.check_model(loaded, full_check=True)
    onnx.save(loaded, file)
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    cases = []
    for size in sizes or [shape]:
        x = (torch.rand(size) * 2 - 1).requires_grad_()
        outputs = model(x)
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        weights = [torch.rand(y.shape) + 0.5 for y in outputs]
        (gradient,) = torch.autograd.grad(sum((y * w).sum() for y, w in zip(outputs, weights)), x)
        found = session.run(None, {"x": x.detach().numpy()})
        worst = max(float(np.abs(a - b.detach().numpy()).max()) for a, b in zip(found, outputs))
        assert worst < 1e-4, (name, worst)
        cases.append(
            {
                "x": numbers(x), "torch": [numbers(y) for y in outputs], "runtime": [numbers(y) for y in found],
                "weights": [numbers(w) for w in weights], "gradient": numbers(gradient),
            }
        )
    (folder / f"{name}.json").write_text(json.dumps({"opset": opset, "cases": cases}) + "\n")
    operators = sorted({node.op_type for node in loaded.graph.node})
    print(name, file.stat().st_size, "bytes,", len(loaded.graph.node), "nodes:", *operators)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    image = (2, 3, 16, 16)
    make(folder, "vgg-17", Vgg, image, 17)
    make(folder, "vgg-20-dynamo", Vgg, image, 20, dynamo=True)
    make(folder, "resnet-17", ResNet, (2, 3, 32, 32), 17)
    make(folder, "resnet-21-dynamo", ResNet, (2, 3, 32, 32), 21, dynamo=True)
    make(folder, "inception-17", Inception, (2, 3, 20, 20), 17)
    make(folder, "inception-18-dynamo", Inception, (2, 3, 20, 20), 18, dynamo=True)
    for opset in (13, 15, 16, 17, 18, 19, 20):
        make(folder, f"shapes-{opset}", Shapes, (2, 4, 11, 9), opset, seed=opset)
    make(folder, "shapes-21-dynamo", Shapes, (2, 4, 11, 9), 21, dynamo=True, seed=21)
    sizes = [(2, 3, 8, 12), (1, 3, 12, 8)]
    make(folder, "enlarge-17", Enlarge, (2, 3, 8, 8), 17, {0: "N", 2: "H", 3: "W"}, sizes=sizes)


main()
